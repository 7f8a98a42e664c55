/* The first page: what is broken now, why, since when, and what to do. */
#include "web/view.h"

#define OPEN_ROWS 8

/* NEWEST is NULL where there is no run. Failures without an incident are not "nothing". */
static const char *headline(struct view *view, size_t count, bool more, const struct run *newest)
{
	if (newest == NULL)
		return "The history has no run yet";
	if (count == 0 && newest->counts.failed + newest->counts.errors > 0)
		return "The newest run failed, and no cause is known";
	if (count == 0)
		return "Nothing is broken";
	return mem_printf(view->mem, "%zu%s incident%s %s open", count, more ? " and more" : "",
		count == 1 ? "" : "s", count == 1 ? "is" : "are");
}

static int add_runs(struct view *view, cJSON *tree, const struct run **newest, struct err *err)
{
	struct run **runs;
	size_t count;
	cJSON *list;

	if (store_runs_newest(
		    view->mem, view->site->options.store, 0, VIEW_RUNS, &runs, &count, err) < 0)
		return -1;
	list = object_list(tree, "newest");
	*newest = count > 0 ? runs[0] : NULL;
	if (count > 0)
		view_run_row(view, list, runs[0]);
	/* time goes to the right */
	list = object_list(tree, "runs");
	for (size_t i = count; i > 0; i--)
		view_run_row(view, list, runs[i - 1]);
	object_flag(tree, "has_runs", count > 0);
	object_flag(
		tree, "fails", count > 0 && runs[0]->counts.failed + runs[0]->counts.errors > 0);
	return 0;
}

/* Only here the why and the action are read in full, and so worth their marks. */
static void add_incident(struct view *view, cJSON *list, const struct store_incident *item)
{
	cJSON *row;

	view_incident_row(view, list, item);
	row = cJSON_GetArrayItem(list, (int)object_count(list) - 1);
	if (view->json)
		return;
	object_text(row, "why_rich", item->why != NULL ? html_rich(view->mem, item->why) : NULL);
	object_text(row, "action_rich",
		item->action != NULL ? html_rich(view->mem, item->action) : NULL);
}

int web_home(struct view *view, cJSON *tree, struct err *err)
{
	const struct store_incident_filter filter = {
		.open = true, .since = TIME_NONE, .limit = OPEN_ROWS + 1
	};
	struct store_incident *items;
	const struct run *newest;
	size_t count, shown;
	cJSON *list;

	if (store_incidents(view->mem, view->site->options.store, &filter, &items, &count, err) < 0)
		return -1;
	shown = count < OPEN_ROWS ? count : OPEN_ROWS;
	list = object_list(tree, "incidents");
	for (size_t i = 0; i < shown; i++)
		add_incident(view, list, &items[i]);
	object_flag(tree, "more", count > shown);
	if (add_runs(view, tree, &newest, err) < 0)
		return -1;
	view->title = headline(view, shown, count > shown, newest);
	object_text(tree, "headline", view->title);
	object_flag(tree, "any", count > 0);
	return 0;
}
