/* YAML as a tree: libyaml's events, with bounds on size, nesting and aliases. */
#include "rule/tree.h"

#include <string.h>
#include <uthash.h>
#include <yaml.h>

#define NODES 1024 /* items that are allocated at once */

struct anchor {
	const char *name;
	struct tree tree;
	UT_hash_handle hh;
};

struct builder {
	TALLOC_CTX *mem;
	const char *file;
	yaml_parser_t parser;
	struct anchor *anchors; /* of the document at hand */
	TALLOC_CTX *owner; /* of the texts */
	char *texts; /* those of all scalars, one behind the other */
	size_t used, room; /* bytes of TEXTS */
	struct tree *stack; /* items of the branches that are open */
	size_t height; /* of STACK */
	struct tree *nodes; /* items of finished branches; NODES_LEFT more have room there */
	size_t nodes_left;
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

static void remember(struct builder *builder, const yaml_char_t *name, const struct tree *tree)
{
	struct anchor *anchor, *old;

	if (name == NULL)
		return;
	anchor = mem_new(builder->mem, struct anchor);
	anchor->name = mem_strdup(anchor, (const char *)name);
	anchor->tree = *tree;
	HASH_REPLACE_STR(builder->anchors, name, anchor, old);
}

static void forget_anchors(struct builder *builder)
{
	HASH_CLEAR(hh, builder->anchors);
}

static int alias_tree(struct builder *builder, const yaml_event_t *event, struct tree *out)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct place place = place_of(builder, event->start_mark);
	struct anchor *anchor;

	HASH_FIND_STR(builder->anchors, name, anchor);
	if (anchor == NULL) {
		rule_error(builder->problems, place, "YAML: no anchor \"%s\" before this", name);
		return -1;
	}
	builder->aliased += anchor->tree.weight;
	if (builder->aliased > RULE_TREE_WEIGHT) {
		rule_error(builder->problems, place, "YAML: aliases add up to more than %d nodes",
			RULE_TREE_WEIGHT);
		return -1;
	}
	*out = anchor->tree;
	return 0;
}

static bool is_null(const char *text)
{
	return text[0] == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
}

/* Escapes may make a text longer than it was in the file, but there is room for that. */
static const char *keep_text(struct builder *builder, const char *text, size_t length)
{
	char *copy = builder->texts + builder->used;

	if (length >= builder->room - builder->used)
		return mem_strndup(builder->owner, text, length);
	memcpy(copy, text, length);
	copy[length] = '\0';
	builder->used += length + 1;
	return copy;
}

static void scalar_tree(struct builder *builder, const yaml_event_t *event, struct tree *out)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

	out->text = keep_text(builder, text, length);
	out->null = plain && is_null(out->text);
	if (memchr(text, '\0', length) != NULL)
		rule_error(builder->problems, out->place, "a NUL character cannot be used");
	remember(builder, event->data.scalar.anchor, out);
}

/* The uppermost COUNT of the stack leave it for a place where they stay. NULL: there are none. */
static struct tree *keep_items(struct builder *builder, size_t count)
{
	struct tree *items;

	if (count == 0)
		return NULL;
	if (count > builder->nodes_left) {
		builder->nodes_left = count > NODES ? count : NODES;
		builder->nodes = mem_check(
			talloc_array(builder->mem, struct tree, (unsigned)builder->nodes_left));
	}
	items = builder->nodes;
	builder->height -= count;
	memcpy(items, builder->stack + builder->height, count * sizeof(*items));
	builder->nodes += count;
	builder->nodes_left -= count;
	return items;
}

static void push(struct builder *builder, const struct tree *item)
{
	builder->stack =
		mem_grow(builder->mem, builder->stack, builder->height, sizeof(*builder->stack));
	builder->stack[builder->height++] = *item;
}

static int build(struct builder *builder, yaml_event_t *event, unsigned depth, struct tree *out);

/* Children up to the END event. Returns 0, or -1 after a fault that ends the reading. */
static int fill(struct builder *builder, struct tree *tree, yaml_event_type_t end, unsigned depth)
{
	for (;;) {
		yaml_event_t event;
		struct tree item;
		int result;

		if (next_event(builder, &event) < 0)
			return -1;
		if (event.type == end) {
			yaml_event_delete(&event);
			tree->items = keep_items(builder, tree->count);
			return 0;
		}
		result = build(builder, &event, depth + 1, &item);
		yaml_event_delete(&event);
		if (result < 0)
			return -1;
		if (tree->kind == TREE_MAP && tree->count % 2 == 0 && item.kind != TREE_SCALAR)
			rule_error(builder->problems, item.place, "a key must be one word");
		tree->weight += item.weight;
		tree->count++;
		push(builder, &item);
	}
}

static int build_branch(
	struct builder *builder, yaml_event_t *event, unsigned depth, struct tree *out)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;

	out->kind = map ? TREE_MAP : TREE_LIST;
	if (depth >= RULE_TREE_DEPTH) {
		rule_error(builder->problems, out->place, "YAML: nested deeper than %d",
			RULE_TREE_DEPTH);
		return -1;
	}
	if (fill(builder, out, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT, depth) < 0)
		return -1;
	/* only now: an alias inside of its own anchor would be a circle */
	remember(builder,
		map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor, out);
	return 0;
}

/* The tree that begins with EVENT. 0, or -1 after a fault that ends the reading. */
static int build(struct builder *builder, yaml_event_t *event, unsigned depth, struct tree *out)
{
	*out = (struct tree){ .kind = TREE_SCALAR, .weight = 1 };
	out->place = place_of(builder, event->start_mark);
	if (event->type == YAML_ALIAS_EVENT)
		return alias_tree(builder, event, out);
	if (event->type != YAML_SCALAR_EVENT)
		return build_branch(builder, event, depth, out);
	scalar_tree(builder, event, out);
	return 0;
}

static bool is_frame(yaml_event_type_t type)
{
	return type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT ||
	       type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT;
}

/* 1: *OUT is the next document.  0: the end.  -1: a fault, reported. */
static int next_document(struct builder *builder, struct tree *out)
{
	yaml_event_t event;
	yaml_event_type_t type;

	*out = (struct tree){ .kind = TREE_SCALAR, .null = true };
	for (;;) {
		if (next_event(builder, &event) < 0)
			return -1;
		type = event.type;
		if (!is_frame(type) && build(builder, &event, 0, out) < 0)
			type = YAML_NO_EVENT;
		yaml_event_delete(&event);
		if (type == YAML_NO_EVENT)
			return -1;
		if (type == YAML_STREAM_END_EVENT)
			return 0;
		if (type == YAML_DOCUMENT_END_EVENT)
			return 1;
	}
}

static void begin(struct builder *builder, const char *text, size_t length)
{
	mem_check(yaml_parser_initialize(&builder->parser) ? builder : NULL);
	yaml_parser_set_input_string(&builder->parser, (const unsigned char *)text, length);
	/* not cleared: what is not used costs nothing */
	builder->room = 3 * length + 64;
	builder->texts = mem_check(talloc_size(builder->owner, builder->room));
}

size_t rule_tree_parse(TALLOC_CTX *mem, TALLOC_CTX *texts, const char *file, const char *text,
	size_t length, struct tree **out, struct rule_list *problems)
{
	struct builder builder = { .mem = mem, .owner = texts, .file = file, .problems = problems };
	struct tree tree;
	size_t count = 0;

	*out = NULL;
	if (length > RULE_TREE_LIMIT) {
		rule_error(problems, (struct place){ .file = file, .line = 1, .column = 1 },
			"more than %d MiB", RULE_TREE_LIMIT / 1024 / 1024);
		return 0;
	}
	begin(&builder, text, length);
	while (next_document(&builder, &tree) > 0) {
		forget_anchors(&builder);
		if (tree.null)
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
		if (map->items[i].kind == TREE_SCALAR && strcmp(map->items[i].text, name) == 0)
			return &map->items[i + 1];
	return NULL;
}
