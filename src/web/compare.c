/* What changed from one run to another, and the form that asks for two. */
#include <string.h>

#include "web/view.h"

/* From the path, or from the form. Both 0: none were asked for. */
static int take_runs(struct view *view, int64_t *before, int64_t *after, struct err *err)
{
	const char *from = target_get(&view->target, "from");
	const char *to = target_get(&view->target, "to");

	*before = from != NULL ? target_number(from, strlen(from)) : view->id;
	*after = to != NULL ? target_number(to, strlen(to)) : view->other;
	if ((*before == 0) != (*after == 0) || ((from != NULL || to != NULL) && *before == 0))
		return err_set(err, ERR_FORMAT, "from and to are ids of runs");
	return 0;
}

static void add_option(cJSON *list, const struct run *run, int64_t chosen)
{
	cJSON *row = object_row(list);

	object_number(row, "id", (double)run->id);
	object_text(row, "label", run->label);
	object_flag(row, "chosen", run->id == chosen);
}

/* The newest runs to choose from; unless others are asked for, the newest and the one before. */
static int add_form(struct view *view, cJSON *tree, int64_t before, int64_t after, struct err *err)
{
	cJSON *from = object_list(tree, "from_options"), *to = object_list(tree, "to_options");
	struct run **runs;
	size_t count;

	if (store_runs_newest(
		    view->mem, view->site->options.store, 0, VIEW_ROWS, &runs, &count, err) < 0)
		return -1;
	if (before == 0 && count > 1) {
		before = runs[1]->id;
		after = runs[0]->id;
	}
	for (size_t i = 0; i < count; i++) {
		add_option(from, runs[i], before);
		add_option(to, runs[i], after);
	}
	object_flag(tree, "has_form", count > 1);
	return 0;
}

static void add_classes(struct view *view, cJSON *tree, const struct comparison *comparison)
{
	cJSON *row;

	cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, "causes"))
	{
		const char *change = cJSON_GetStringValue(cJSON_GetObjectItem(row, "change"));

		object_flag(row, "is_bad", strcmp(change, "appeared") == 0);
		object_flag(row, "is_good", strcmp(change, "vanished") == 0);
		view_cause(view, row, cJSON_GetStringValue(cJSON_GetObjectItem(row, "cause")));
	}
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, "changed"))
	{
		const char *change = cJSON_GetStringValue(cJSON_GetObjectItem(row, "change"));

		object_flag(row, "is_bad", strcmp(change, "broken") == 0);
		object_flag(row, "is_good", strcmp(change, "fixed") == 0);
	}
	object_flag(tree, "any_causes", comparison->cause_count > 0);
	object_flag(tree, "any_changed", comparison->test_count > comparison->still_failing);
}

static int add_comparison(
	struct view *view, cJSON *tree, int64_t before_id, int64_t after_id, struct err *err)
{
	struct store *store = view->site->options.store;
	struct diagnosis *before, *after;
	struct comparison comparison;
	cJSON *part;

	if (store_run_diagnosis(view->mem, store, before_id, &before, err) < 0 ||
		store_run_diagnosis(view->mem, store, after_id, &after, err) < 0)
		return -1;
	compare_runs(view->mem, before, after, &comparison);
	part = comparison_tree(view->mem, before->run, after->run, &comparison);
	cJSON_DeleteItemFromObject(part, "schema_version");
	view_take(tree, part);
	if (!view->json)
		add_classes(view, tree, &comparison);
	view->title = mem_printf(
		view->mem, "From run %lld to run %lld", (long long)before_id, (long long)after_id);
	return 0;
}

int web_compare(struct view *view, cJSON *tree, struct err *err)
{
	int64_t before, after;

	view->title = "Compare runs";
	if (take_runs(view, &before, &after, err) < 0)
		return -1;
	if (!view->json) {
		object_flag(tree, "has_comparison", before != 0);
		if (!view->is_static && add_form(view, tree, before, after, err) < 0)
			return -1;
	}
	return before != 0 ? add_comparison(view, tree, before, after, err) : 0;
}
