/* Searching evidence and causes. */
#include "web/view.h"

int web_search(struct view *view, cJSON *tree, struct err *err)
{
	const char *text = target_get(&view->target, "q");
	struct store_match *matches;
	size_t count = 0, shown;
	cJSON *list = object_list(tree, "matches");

	view->title = text != NULL ? mem_printf(view->mem, "Search: %s", text) : "Search";
	object_text(tree, "q", text);
	if (text != NULL && store_search(view->mem, view->site->options.store, text, VIEW_ROWS + 1,
				    &matches, &count, err) < 0)
		return -1;
	shown = count < VIEW_ROWS ? count : VIEW_ROWS;
	for (size_t i = 0; i < shown; i++) {
		view_incident_row(view, list, &matches[i].incident);
		object_text(cJSON_GetArrayItem(list, (int)i), "match", matches[i].text);
	}
	object_flag(tree, "more", count > shown);
	if (!view->json) {
		object_flag(tree, "any", count > 0);
		object_flag(tree, "none", text != NULL && count == 0);
	}
	return 0;
}
