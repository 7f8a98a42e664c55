/* The rules: all causes, and what the rules say of one. */
#include <string.h>

#include "web/view.h"

#define RULES_MAX 2000

static void add_head(struct view *view, cJSON *row, const struct cause *cause)
{
	object_text(row, "cause", cause->id);
	object_text(row, "title", title_of(view->mem, cause, NULL));
	object_text(row, "kind", cause_kind_name(cause->kind));
	object_text(row, "layer", cause->layer);
	object_text(row, "severity", cause_severity_name(cause->severity));
	object_flag(row, "retired", cause->retired);
	view_cause(view, row, cause->id);
}

int web_rules(struct view *view, cJSON *tree, struct err *err)
{
	const struct rules *rules = view->site->options.rules;
	size_t count = rules_cause_count(rules), shown = count < RULES_MAX ? count : RULES_MAX;
	cJSON *list = object_list(tree, "rules");

	(void)err;
	view->title = "Rules";
	object_number(tree, "count", (double)count);
	object_number(tree, "left_out", (double)(count - shown));
	object_text(tree, "rules_sha256", rules_sha256(rules));
	for (size_t i = 0; i < shown; i++)
		add_head(view, object_row(list), rules_cause(rules, i));
	return 0;
}

static void add_edge(
	struct view *view, cJSON *list, const struct edge *edge, const struct cause *other)
{
	cJSON *row = object_row(list);
	char *same = mem_strdup(view->mem, "");
	char within[WHEN_TEXT];

	add_head(view, row, other);
	for (size_t i = 0; i < edge->same_count; i++)
		same = mem_printf(view->mem, "%s%s%s", same, i > 0 ? ", " : "", edge->same[i]);
	object_text(row, "same", same[0] != '\0' ? same : NULL);
	object_text(row, "within", when_format_duration(edge->within, within));
	object_flag(row, "implied", edge->implied);
}

static void add_edges(struct view *view, cJSON *tree, const struct cause *cause)
{
	cJSON *list = object_list(tree, "because");

	for (size_t i = 0; i < cause->because_count; i++)
		add_edge(view, list, cause->because[i], cause->because[i]->cause);
	list = object_list(tree, "explains");
	for (size_t i = 0; i < cause->explains_count; i++)
		add_edge(view, list, cause->explains[i], cause->explains[i]->effect);
	if (view->json)
		return;
	object_flag(tree, "has_because", cause->because_count > 0);
	object_flag(tree, "has_explains", cause->explains_count > 0);
}

static void add_texts(cJSON *tree, const char *key, const char *const *texts)
{
	size_t count = 0;

	while (texts != NULL && texts[count] != NULL)
		count++;
	object_texts(tree, key, texts, count);
}

int web_rule(struct view *view, cJSON *tree, struct err *err)
{
	const struct cause *cause = rules_find(view->site->options.rules, view->name);

	if (cause == NULL)
		return err_set(err, ERR_NOT_FOUND, "no rule has the cause %s", view->name);
	view->title = cause->id;
	add_head(view, tree, cause);
	object_text(tree, "leaf", cause->leaf);
	view_rich(view, tree, "why", cause->why);
	view_rich(view, tree, "fix", cause->fix);
	view_rich(view, tree, "prevent", cause->prevent);
	view_rich(view, tree, "detect", cause->detect);
	view_rich(view, tree, "done_when", cause->done_when);
	view_rich(view, tree, "impact", cause->impact);
	object_flag(tree, "observed", cause->when != NULL);
	object_format(tree, "place", "%s:%u", path_base(cause->place.file), cause->place.line);
	add_texts(tree, "references", cause->references);
	add_texts(tree, "tags", cause->tags);
	add_edges(view, tree, cause);
	if (!view->json)
		object_text(tree, "query", target_encode(view->mem, cause->id));
	return 0;
}
