/* Lists of incidents, a part at a time: each says where the next begins. */
#include <string.h>

#include "web/view.h"

/* "RUN:ID", the last row of the part before. */
static int take_before(const char *text, struct store_incident_filter *filter, struct err *err)
{
	size_t length = strcspn(text, ":");

	filter->before_run = target_number(text, length);
	if (text[length] == ':')
		filter->before_id = target_number(text + length + 1, strlen(text + length + 1));
	if (filter->before_run == 0 || filter->before_id == 0)
		return err_set(err, ERR_FORMAT, "before is a run and an incident, such as 12:34");
	return 0;
}

static int take_filter(struct view *view, struct store_incident_filter *filter, struct err *err)
{
	const char *before = target_get(&view->target, "before");

	if (filter_read(view, filter, err) < 0)
		return -1;
	filter->limit = VIEW_ROWS + 1;
	return before != NULL ? take_before(before, filter, err) : 0;
}

static int add_form(
	struct view *view, cJSON *tree, const struct store_incident_filter *filter, struct err *err)
{
	view->title = filter->open ? "Open incidents" : "Incidents";
	object_flag(tree, "is_open", filter->open);
	return filter_form(view, tree, filter, "incidents", err);
}

int web_incidents(struct view *view, cJSON *tree, struct err *err)
{
	struct store_incident_filter filter;
	struct store_incident *items;
	size_t count, shown;
	cJSON *list;

	if (take_filter(view, &filter, err) < 0 ||
		store_incidents(
			view->mem, view->site->options.store, &filter, &items, &count, err) < 0)
		return -1;
	shown = count < VIEW_ROWS ? count : VIEW_ROWS;
	list = object_list(tree, "incidents");
	for (size_t i = 0; i < shown; i++)
		view_incident_row(view, list, &items[i]);
	if (count > shown)
		view->next = mem_printf(view->mem, "%lld:%lld",
			(long long)items[shown - 1].history.last_run,
			(long long)items[shown - 1].id);
	view_next(view, tree, "incidents");
	if (view->json)
		return 0;
	object_flag(tree, "any", count > 0);
	return add_form(view, tree, &filter, err);
}
