/* Searching evidence and causes. */
#include <string.h>

#include "web/view.h"

static int take_query(struct view *view, struct store_query *query, struct err *err)
{
	const char *before = target_get(&view->target, "before");

	query->text = target_get(&view->target, "q");
	query->before = before != NULL ? target_number(before, strlen(before)) : 0;
	if (before != NULL && query->before == 0)
		return err_set(err, ERR_FORMAT, "before is what the page before ended with");
	if (filter_read(view, &query->filter, err) < 0)
		return -1;
	query->filter.limit = VIEW_ROWS;
	return 0;
}

static void add_matches(
	struct view *view, cJSON *tree, const struct store_match *matches, size_t count)
{
	cJSON *list = object_list(tree, "matches");

	for (size_t i = 0; i < count; i++) {
		view_incident_row(view, list, &matches[i].incident);
		object_text(cJSON_GetArrayItem(list, (int)i), "match", matches[i].text);
	}
}

int web_search(struct view *view, cJSON *tree, struct err *err)
{
	struct store_query query = { 0 };
	struct store_match *matches = NULL;
	size_t count = 0;
	int64_t next = 0;

	if (take_query(view, &query, err) < 0)
		return -1;
	view->title =
		query.text != NULL ? mem_printf(view->mem, "Search: %s", query.text) : "Search";
	object_text(tree, "q", query.text);
	if (query.text != NULL && store_search(view->mem, view->site->options.store, &query,
					  &matches, &count, &next, err) < 0)
		return -1;
	add_matches(view, tree, matches, count);
	if (next != 0)
		view->next = mem_printf(view->mem, "%lld", (long long)next);
	view_next(view, tree, "search");
	object_flag(tree, "more", next != 0);
	if (view->json)
		return 0;
	object_flag(tree, "any", count > 0);
	object_flag(tree, "none", query.text != NULL && count == 0 && next == 0);
	return filter_form(view, tree, &query.filter, "search", err);
}
