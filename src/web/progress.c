/* Where a loop of fixing has got to. */
#include <string.h>

#include "web/view.h"

#define TURNS_MAX 20 /* each is read whole; of more the newest are told */

/* The loop of a label, of the runs between two, or that of the newest run. */
static int choose(struct view *view, struct store_loop *loop, struct err *err)
{
	const char *label = target_get(&view->target, "label");

	if (view->id == 0)
		return store_loop_newest(view->mem, view->site->options.store, label, loop, err);
	if (view->id > view->other)
		return err_set(err, ERR_FORMAT, "the first of these runs comes behind the other");
	*loop = (struct store_loop){
		.from = view->id, .to = view->other, .label = label, .any_label = label == NULL
	};
	return 0;
}

/* Labels of the newest runs, each once, to choose from. */
static int add_labels(struct view *view, cJSON *tree, const char *chosen, struct err *err)
{
	cJSON *list = object_list(tree, "labels"), *row;
	struct run **runs;
	size_t count;

	if (store_runs_newest(
		    view->mem, view->site->options.store, 0, VIEW_ROWS, &runs, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		bool known = runs[i]->label == NULL;

		cJSON_ArrayForEach(row, list) known |=
			!known && strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(row, "name")),
					  runs[i]->label) == 0;
		if (known)
			continue;
		row = object_row(list);
		object_text(row, "name", runs[i]->label);
		object_flag(row, "chosen", chosen != NULL && strcmp(chosen, runs[i]->label) == 0);
	}
	object_flag(tree, "has_labels", object_count(list) > 1);
	return 0;
}

/* Colours, and links to rules that there are. */
static void add_classes(struct view *view, cJSON *tree, const struct render_turns *turns)
{
	static const char *const lists[] = { "fixed", "replaced", "not_reached", "issues", NULL };
	cJSON *row, *list = cJSON_GetObjectItem(tree, "turns");

	for (size_t i = 0; i < turns->count; i++)
		object_flag(cJSON_GetArrayItem(list, (int)i), "is_good",
			loop_is_green(turns->items[i]));
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, "services")) object_flag(row, "is_bad",
		strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(row, "health")),
			loop_health_name(LOOP_FAILING)) == 0);
	for (size_t i = 0; lists[i] != NULL; i++)
		cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, lists[i]))
		{
			view_cause(
				view, row, cJSON_GetStringValue(cJSON_GetObjectItem(row, "cause")));
		}
}

static int add_turns(struct view *view, cJSON *tree, const struct store_loop *loop, struct err *err)
{
	const struct web_options *options = &view->site->options;
	struct render_turns turns = { .capabilities = options->capabilities,
		.capability_count = options->capability_count };
	cJSON *part;

	if (store_turns(view->mem, options->store, loop, &turns.items, &turns.count, &turns.earlier,
		    err) < 0)
		return -1;
	part = progress_tree(view->mem, &turns, !view->json);
	cJSON_DeleteItemFromObject(part, "schema_version");
	view_take(tree, part);
	view->title = mem_printf(view->mem, "Progress from run %lld to run %lld",
		(long long)turns.items[0]->run->id,
		(long long)turns.items[turns.count - 1]->run->id);
	if (view->json)
		return 0;
	add_classes(view, tree, &turns);
	object_flag(tree, "has_turns", true);
	return 0;
}

int web_progress(struct view *view, cJSON *tree, struct err *err)
{
	struct store_loop loop;
	struct run **newest;
	size_t any;

	view->title = "Progress";
	if (store_runs_newest(view->mem, view->site->options.store, 0, 1, &newest, &any, err) < 0)
		return -1;
	if (any == 0)
		return 0;
	if (choose(view, &loop, err) < 0)
		return -1;
	loop.limit = TURNS_MAX;
	if (add_turns(view, tree, &loop, err) < 0)
		return -1;
	return view->json || view->is_static ? 0 : add_labels(view, tree, loop.label, err);
}
