/* Which causes come back: each with a spark line over the newest runs. */
#include "web/view.h"

#define CAUSES_MAX 100
#define BAR_STEP 6 /* pixels from bar to bar */
#define BAR_HEIGHT 24

/* Of the runs from the oldest: one bar each, the highest for the greatest count of this cause. */
static void add_spark(cJSON *row, const struct store_cause *item, size_t run_count)
{
	cJSON *bars = object_list(row, "bars");
	uint64_t most = 1;

	for (size_t i = 0; i < run_count; i++)
		most = item->seen[i] > most ? item->seen[i] : most;
	for (size_t i = 0; i < run_count; i++) {
		uint64_t seen = item->seen[run_count - 1 - i];
		unsigned height =
			seen == 0 ? 1
				  : 4 + (unsigned)((double)seen / (double)most * (BAR_HEIGHT - 4));
		cJSON *bar = object_row(bars);

		object_number(bar, "x", (double)(i * BAR_STEP));
		object_number(bar, "y", BAR_HEIGHT - height);
		object_number(bar, "height", height);
		object_flag(bar, "seen", seen > 0);
	}
	object_number(row, "width", (double)(run_count * BAR_STEP));
}

static void add_seen(cJSON *row, const struct store_cause *item, size_t run_count)
{
	cJSON *list = object_list(row, "seen");

	for (size_t i = run_count; i > 0; i--)
		if (!cJSON_AddItemToArray(
			    list, mem_check(cJSON_CreateNumber((double)item->seen[i - 1]))))
			mem_check(NULL);
}

/* The newest incident with this cause: where to read on. */
static int add_newest(struct view *view, cJSON *row, const char *cause, struct err *err)
{
	const struct store_incident_filter filter = {
		.cause = cause, .since = TIME_NONE, .limit = 1
	};
	struct store_incident *items;
	size_t count;
	cJSON *list;

	if (store_incidents(view->mem, view->site->options.store, &filter, &items, &count, err) < 0)
		return -1;
	list = object_list(row, "newest");
	if (count > 0)
		view_incident_row(view, list, &items[0]);
	return 0;
}

static int add_cause(struct view *view, cJSON *row, const struct store_cause *item,
	size_t run_count, struct err *err)
{
	size_t runs = 0;

	for (size_t i = 0; i < run_count; i++)
		runs += item->seen[i] > 0;
	object_text(row, "cause", item->cause->id);
	object_text(row, "title", title_of(view->mem, item->cause, NULL));
	object_text(row, "layer", item->cause->layer);
	object_text(row, "severity", cause_severity_name(item->cause->severity));
	object_number(row, "total", (double)item->total);
	object_number(row, "in_runs", (double)runs);
	if (view->json) {
		add_seen(row, item, run_count);
	} else {
		view_cause(view, row, item->cause->id);
		object_text(row, "query", target_encode(view->mem, item->cause->id));
		add_spark(row, item, run_count);
	}
	return add_newest(view, row, item->cause->id, err);
}

int web_causes(struct view *view, cJSON *tree, struct err *err)
{
	struct store *store = view->site->options.store;
	struct store_cause *causes;
	struct run **runs;
	size_t run_count, count, shown;
	cJSON *list;

	if (store_runs_newest(view->mem, store, 0, VIEW_RUNS, &runs, &run_count, err) < 0 ||
		store_causes(view->mem, store, runs, run_count, &causes, &count, err) < 0)
		return -1;
	view->title = "Causes";
	shown = count < CAUSES_MAX ? count : CAUSES_MAX;
	object_number(tree, "run_count", (double)run_count);
	object_number(tree, "left_out", (double)(count - shown));
	list = object_list(tree, "causes");
	for (size_t i = 0; i < shown; i++)
		if (add_cause(view, object_row(list), &causes[i], run_count, err) < 0)
			return -1;
	object_flag(tree, "any", count > 0);
	return 0;
}
