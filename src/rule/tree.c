/* YAML as a tree: libyaml's events, with bounds on size, nesting and aliases. */
#include "rule/tree.h"

#include <string.h>
#include <uthash.h>
#include <yaml.h>

struct anchor {
	const char *name;
	struct tree *tree;
	UT_hash_handle hh;
};

struct builder {
	TALLOC_CTX *mem;
	const char *file;
	yaml_parser_t parser;
	struct anchor *anchors; /* of the document at hand */
	size_t aliased; /* nodes that aliases have added up to, in the whole file */
	struct rule_list *problems;
};

static struct place place_of(const struct builder *builder, yaml_mark_t mark)
{
	return (struct place){ .file = builder->file,
		.line = (unsigned)mark.line + 1,
		.column = (unsigned)mark.column + 1 };
}

/* libyaml tells faults of encoding by offset only, without a mark. */
static void report_parser(struct builder *builder)
{
	const yaml_parser_t *parser = &builder->parser;
	const char *problem = parser->problem != NULL ? parser->problem : "no YAML";
	yaml_mark_t mark = parser->problem_mark;

	if (parser->error == YAML_READER_ERROR)
		mark = parser->mark;
	if (parser->context != NULL)
		rule_error(builder->problems, place_of(builder, mark), "YAML: %s, %s",
			parser->context, problem);
	else
		rule_error(builder->problems, place_of(builder, mark), "YAML: %s", problem);
}

/* 0, or -1 where the text is no YAML; the event is the caller's to delete. */
static int next_event(struct builder *builder, yaml_event_t *event)
{
	if (yaml_parser_parse(&builder->parser, event))
		return 0;
	report_parser(builder);
	return -1;
}

static void remember(struct builder *builder, const yaml_char_t *name, struct tree *tree)
{
	struct anchor *anchor, *old;

	if (name == NULL)
		return;
	anchor = mem_new(builder->mem, struct anchor);
	anchor->name = mem_strdup(anchor, (const char *)name);
	anchor->tree = tree;
	HASH_REPLACE_STR(builder->anchors, name, anchor, old);
}

static void forget_anchors(struct builder *builder)
{
	HASH_CLEAR(hh, builder->anchors);
}

static struct tree *alias_tree(struct builder *builder, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct place place = place_of(builder, event->start_mark);
	struct anchor *anchor;

	HASH_FIND_STR(builder->anchors, name, anchor);
	if (anchor == NULL) {
		rule_error(builder->problems, place, "YAML: no anchor \"%s\" before this", name);
		return NULL;
	}
	builder->aliased += anchor->tree->weight;
	if (builder->aliased > RULE_TREE_WEIGHT) {
		rule_error(builder->problems, place, "YAML: aliases add up to more than %d nodes",
			RULE_TREE_WEIGHT);
		return NULL;
	}
	return anchor->tree;
}

static struct tree *new_tree(struct builder *builder, enum tree_kind kind, yaml_mark_t mark)
{
	struct tree *tree = mem_new(builder->mem, struct tree);

	tree->kind = kind;
	tree->weight = 1;
	tree->place = place_of(builder, mark);
	return tree;
}

static bool is_null(const char *text)
{
	return text[0] == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
}

static struct tree *scalar_tree(struct builder *builder, const yaml_event_t *event)
{
	struct tree *tree = new_tree(builder, TREE_SCALAR, event->start_mark);
	const char *text = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;

	tree->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		      event->start_mark.line == event->end_mark.line;
	tree->text = mem_strndup(builder->mem, text, length);
	tree->null = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && is_null(tree->text);
	if (memchr(text, '\0', length) != NULL)
		rule_error(builder->problems, tree->place, "a NUL character cannot be used");
	remember(builder, event->data.scalar.anchor, tree);
	return tree;
}

static void append(struct tree *tree, struct tree *item)
{
	tree->items = mem_grow(tree, tree->items, tree->count, sizeof(struct tree *));
	tree->items[tree->count++] = item;
	tree->weight += item->weight;
}

static struct tree *build(struct builder *builder, yaml_event_t *event, unsigned depth);

/* Children up to the END event. Returns 0, or -1 after a fault that ends the reading. */
static int fill(struct builder *builder, struct tree *tree, yaml_event_type_t end, unsigned depth)
{
	for (;;) {
		yaml_event_t event;
		struct tree *item;

		if (next_event(builder, &event) < 0)
			return -1;
		if (event.type == end) {
			yaml_event_delete(&event);
			return 0;
		}
		item = build(builder, &event, depth + 1);
		yaml_event_delete(&event);
		if (item == NULL)
			return -1;
		if (tree->kind == TREE_MAP && tree->count % 2 == 0 && item->kind != TREE_SCALAR)
			rule_error(builder->problems, item->place, "a key must be one word");
		append(tree, item);
	}
}

static struct tree *build_branch(struct builder *builder, yaml_event_t *event, unsigned depth)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	struct tree *tree = new_tree(builder, map ? TREE_MAP : TREE_LIST, event->start_mark);

	if (depth >= RULE_TREE_DEPTH) {
		rule_error(builder->problems, tree->place, "YAML: nested deeper than %d",
			RULE_TREE_DEPTH);
		return NULL;
	}
	if (fill(builder, tree, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT, depth) < 0)
		return NULL;
	/* only now: an alias inside of its own anchor would be a circle */
	remember(builder,
		map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor, tree);
	return tree;
}

/* The tree that begins with EVENT; NULL after a fault that ends the reading. */
static struct tree *build(struct builder *builder, yaml_event_t *event, unsigned depth)
{
	if (event->type == YAML_ALIAS_EVENT)
		return alias_tree(builder, event);
	if (event->type == YAML_SCALAR_EVENT)
		return scalar_tree(builder, event);
	return build_branch(builder, event, depth);
}

/* 1: *OUT is the next document.  0: the end.  -1: a fault, reported. */
static int next_document(struct builder *builder, struct tree **out)
{
	yaml_event_t event;
	yaml_event_type_t type;

	for (*out = NULL;;) {
		if (next_event(builder, &event) < 0)
			return -1;
		type = event.type;
		if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
			type != YAML_STREAM_END_EVENT && type != YAML_DOCUMENT_END_EVENT &&
			type != YAML_NO_EVENT) {
			*out = build(builder, &event, 0);
			if (*out == NULL)
				type = YAML_NO_EVENT;
		}
		yaml_event_delete(&event);
		if (type == YAML_NO_EVENT)
			return -1;
		if (type == YAML_STREAM_END_EVENT)
			return 0;
		if (type == YAML_DOCUMENT_END_EVENT)
			return 1;
	}
}

size_t rule_tree_parse(TALLOC_CTX *mem, const char *file, const char *text, size_t length,
	struct tree ***out, struct rule_list *problems)
{
	struct builder builder = { .mem = mem, .file = file, .problems = problems };
	struct tree *tree;
	size_t count = 0;

	*out = NULL;
	if (length > RULE_TREE_LIMIT) {
		rule_error(problems, (struct place){ .file = file, .line = 1, .column = 1 },
			"more than %d MiB", RULE_TREE_LIMIT / 1024 / 1024);
		return 0;
	}
	mem_check(yaml_parser_initialize(&builder.parser) ? &builder : NULL);
	yaml_parser_set_input_string(&builder.parser, (const unsigned char *)text, length);
	while (next_document(&builder, &tree) > 0) {
		forget_anchors(&builder);
		if (tree == NULL || tree->null)
			continue;
		*out = mem_grow(mem, *out, count, sizeof(**out));
		(*out)[count++] = tree;
	}
	forget_anchors(&builder);
	yaml_parser_delete(&builder.parser);
	return count;
}

const struct tree *rule_tree_get(const struct tree *map, const char *name)
{
	for (size_t i = 0; map->kind == TREE_MAP && i + 1 < map->count; i += 2)
		if (map->items[i]->kind == TREE_SCALAR && strcmp(map->items[i]->text, name) == 0)
			return map->items[i + 1];
	return NULL;
}
