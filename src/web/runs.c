/* Runs: the list, and one with all that was found in it. */
#include <string.h>

#include "web/view.h"

#define TESTS_MAX 200

static int take_before(struct view *view, int64_t *out, struct err *err)
{
	const char *before = target_get(&view->target, "before");

	*out = before != NULL ? target_number(before, strlen(before)) : 0;
	if (before != NULL && *out == 0)
		return err_set(err, ERR_FORMAT, "before is the id of a run");
	return 0;
}

int web_runs(struct view *view, cJSON *tree, struct err *err)
{
	struct run **runs;
	size_t count, shown;
	int64_t before;
	cJSON *list;

	if (take_before(view, &before, err) < 0 ||
		store_runs_newest(view->mem, view->site->options.store, before, VIEW_ROWS + 1,
			&runs, &count, err) < 0)
		return -1;
	shown = count < VIEW_ROWS ? count : VIEW_ROWS;
	view->title = "Runs";
	list = object_list(tree, "runs");
	for (size_t i = 0; i < shown; i++)
		view_run_row(view, list, runs[i]);
	if (count > shown)
		view->next = mem_printf(view->mem, "%lld", (long long)runs[shown - 1]->id);
	view_next(view, tree, "runs");
	if (!view->json)
		object_flag(tree, "any", count > 0);
	return 0;
}

static int read_run(struct view *view, int64_t id, struct diagnosis **out, struct err *err)
{
	return store_run_diagnosis(view->mem, view->site->options.store, id, out, err);
}

int web_run_json(struct view *view, char **out, size_t *length, struct err *err)
{
	const struct render_options options = view_render_options(view);
	struct diagnosis *diagnosis;

	if (read_run(view, view->id, &diagnosis, err) < 0)
		return -1;
	return render(view->mem, diagnosis, RENDER_JSON, &options, out, length, err);
}

/* Those that failed come first. */
static void add_tests(struct view *view, cJSON *tree, const struct run *run)
{
	cJSON *list = object_list(tree, "all_tests");
	size_t shown = 0;

	for (int bad = 1; bad >= 0; bad--)
		for (size_t i = 0; i < run->test_count && shown < TESTS_MAX; i++) {
			const struct test *test = run->tests[i];
			cJSON *row;

			if ((test->outcome >= OUTCOME_FAILED) != bad)
				continue;
			row = object_row(list);
			object_text(row, "test", test->name);
			object_text(row, "query", target_encode(view->mem, test->name));
			object_text(row, "outcome", outcome_name(test->outcome));
			object_text(row, "message", test->message);
			object_flag(row, "is_bad", bad);
			shown++;
		}
	object_flag(tree, "has_tests", shown > 0);
	object_number(tree, "tests_left_out", (double)(run->test_count - shown));
}

/* The run before it, to compare with. */
static int add_neighbour(struct view *view, cJSON *tree, struct err *err)
{
	struct run **runs;
	size_t count;

	if (store_runs_newest(
		    view->mem, view->site->options.store, view->id, 1, &runs, &count, err) < 0)
		return -1;
	if (count > 0)
		object_number(tree, "before", (double)runs[0]->id);
	return 0;
}

int web_run(struct view *view, cJSON *tree, struct err *err)
{
	const struct render_options options = view_render_options(view);
	struct diagnosis *diagnosis;
	const struct run *run;
	cJSON *row;

	if (read_run(view, view->id, &diagnosis, err) < 0)
		return -1;
	run = diagnosis->run;
	view->title = mem_printf(view->mem, "Run %lld%s%s", (long long)run->id,
		run->label != NULL ? " " : "", run->label != NULL ? run->label : "");
	view_take(tree, render_tree(diagnosis, RENDER_HTML, &options));
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, "incidents"))
	{
		view_cause(view, row, cJSON_GetStringValue(cJSON_GetObjectItem(row, "who")));
	}
	object_number(tree, "id", (double)run->id);
	view_run_row(view, object_list(tree, "this"), run);
	add_tests(view, tree, run);
	return add_neighbour(view, tree, err);
}
