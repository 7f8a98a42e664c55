/* Edges between causes: written on either side or apart, joined when all files are read. */
#include "rule/loader.h"

#include <stdlib.h>
#include <string.h>

struct written {
	const char *effect, *cause;
	struct edge *edge;
};

static void read_within(struct loader *loader, const struct tree *value, void *field)
{
	rule_window_time(loader, value, &(*(struct edge **)field)->within);
}

static void read_slack(struct loader *loader, const struct tree *value, void *field)
{
	rule_window_time(loader, value, &(*(struct edge **)field)->slack);
}

static void read_implied(struct loader *loader, const struct tree *value, void *field)
{
	rule_keys_bool(loader, value, &(*(struct edge **)field)->implied);
}

static void read_tests(struct loader *loader, const struct tree *value, void *field)
{
	struct edge *edge = *(struct edge **)field;
	const char *text = value->kind == TREE_SCALAR ? value->text : "";

	if (text[0] < '1' || text[0] > '9' || text[strspn(text, "0123456789")] != '\0' ||
		strlen(text) > 6)
		rule_error(
			loader->problems, value->place, "\"tests\" is a number from 1 to 999999");
	else
		edge->tests = strtoull(text, NULL, 10);
}

static void read_same(struct loader *loader, const struct tree *value, void *field)
{
	struct edge *edge = *(struct edge **)field;

	rule_keys_list(loader, value, &edge->same);
	while (edge->same[edge->same_count] != NULL)
		edge->same_count++;
}

static void read_weight(struct loader *loader, const struct tree *value, void *field)
{
	struct edge *edge = *(struct edge **)field;
	const char *text = value->kind == TREE_SCALAR ? value->text : "";
	char *end;
	double weight = strtod(text, &end);

	if (text[strspn(text, "0123456789.")] != '\0' || end == text || *end != '\0' ||
		!(weight >= 0 && weight <= 1))
		rule_error(loader->problems, value->place, "a weight is a number from 0 to 1");
	else
		edge->weight = weight;
}

static void add_equality(
	struct loader *loader, struct edge *edge, const struct tree *left, const struct tree *right)
{
	const char *effect = rule_keys_scalar(loader, left);
	const char *cause = rule_keys_scalar(loader, right);

	if (effect == NULL || cause == NULL)
		return;
	edge->where = mem_grow(edge, edge->where, edge->where_count, 2 * sizeof(*edge->where));
	edge->where[2 * edge->where_count] = effect;
	edge->where[2 * edge->where_count + 1] = cause;
	edge->where_count++;
}

/* "{of the effect: of the cause}", or a list of names that mean the same on both sides. */
static void read_where(struct loader *loader, const struct tree *value, void *field)
{
	struct edge *edge = *(struct edge **)field;
	const struct tree *item;

	if (value->kind == TREE_MAP) {
		for (size_t i = 0; i + 1 < value->count; i += 2)
			add_equality(loader, edge, &value->items[i], &value->items[i + 1]);
		return;
	}
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		add_equality(loader, edge, item, item);
}

static const struct key edge_items[] = {
	{ "effect", rule_keys_text, offsetof(struct written, effect) },
	{ "cause", rule_keys_text, offsetof(struct written, cause) },
	{ "within", read_within, offsetof(struct written, edge) },
	{ "slack", read_slack, offsetof(struct written, edge) },
	{ "same", read_same, offsetof(struct written, edge) },
	{ "where", read_where, offsetof(struct written, edge) },
	{ "weight", read_weight, offsetof(struct written, edge) },
	{ "implied", read_implied, offsetof(struct written, edge) },
	{ "tests", read_tests, offsetof(struct written, edge) },
};
static const struct keys edge_keys = KEYS("an edge", edge_items, NULL);

static void add_pending(struct loader *loader, const struct written *written, bool link)
{
	struct pending *pending;

	loader->pending = mem_grow(
		loader->scratch, loader->pending, loader->pending_count, sizeof(*loader->pending));
	pending = &loader->pending[loader->pending_count++];
	*pending = (struct pending){ written->effect, written->cause, written->edge, link };
}

/* An edge is a mapping, or only the id of the other side. */
static bool read_edge(struct loader *loader, const struct tree *value, const char **other,
	struct written *written)
{
	struct edge *edge = mem_new(loader->rules, struct edge);

	edge->within = 600 * WHEN_SECOND;
	edge->slack = 2 * WHEN_SECOND;
	edge->weight = 1.0;
	edge->place = value->place;
	written->edge = edge;
	if (other != NULL && value->kind == TREE_SCALAR) {
		*other = rule_keys_scalar(loader, value);
		return *other != NULL;
	}
	if (!rule_keys_read(loader, value, &edge_keys, written))
		return false;
	if (edge->tests > 0 && !edge->implied)
		rule_error(loader->problems, value->place,
			"\"tests\" says where an edge is implied, and this one is not");
	return true;
}

void rule_edge_because(struct loader *loader, const struct tree *value, const char *effect)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		struct written written = { .effect = NULL };

		if (!read_edge(loader, item, &written.cause, &written))
			continue;
		if (written.effect != NULL)
			rule_error(loader->problems, item->place,
				"the effect of \"because\" is its own cause");
		if (written.cause == NULL)
			rule_error(loader->problems, item->place,
				"an edge of \"because\" needs "
				"\"cause\"");
		written.effect = effect;
		if (written.cause != NULL)
			add_pending(loader, &written, false);
	}
}

void rule_edge_explains(struct loader *loader, const struct tree *value, const char *cause)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		struct written written = { .effect = NULL };

		if (!read_edge(loader, item, &written.effect, &written))
			continue;
		/* seen from the other side, "cause" can only mean what is explained */
		if (written.effect == NULL)
			written.effect = written.cause;
		if (written.effect == NULL)
			rule_error(loader->problems, item->place,
				"an edge of \"explains\" needs \"effect\"");
		written.cause = cause;
		if (written.effect != NULL)
			add_pending(loader, &written, false);
	}
}

void rule_edge_links(struct loader *loader, const struct tree *value)
{
	const struct tree *item;

	if (value->kind != TREE_LIST)
		rule_error(loader->problems, value->place, "\"links\" must be a list of edges");
	for (size_t i = 0; value->kind == TREE_LIST && i < value->count; i++) {
		struct written written = { .effect = NULL };

		item = &value->items[i];
		if (!read_edge(loader, item, NULL, &written))
			continue;
		if (written.effect == NULL || written.cause == NULL)
			rule_error(loader->problems, item->place,
				"a link needs \"effect\" and \"cause\"");
		else
			add_pending(loader, &written, true);
	}
}

/* Pairs of ids that have an edge. */
struct pair {
	const char *key;
	struct edge *edge;
	UT_hash_handle hh;
};

/* CRE-YYYY-NNNN: an id as that corpus gives them out. */
static bool is_cre_id(const char *id)
{
	static const char shape[] = "CRE-0000-0000";
	size_t i;

	for (i = 0; shape[i] != '\0'; i++)
		if (shape[i] == '0' ? !(id[i] >= '0' && id[i] <= '9') : id[i] != shape[i])
			return false;
	return id[i] == '\0';
}

static struct cause *find_end(struct loader *loader, const struct pending *pending, const char *id)
{
	struct known *known = rule_cause_find(loader->rules, id);

	if (known != NULL)
		return &known->cause;
	/* that corpus is not shipped, and may be there in part: such a link waits, the id is no slip */
	if (!pending->link || !is_cre_id(id))
		rule_cause_report_missing(loader, id, pending->edge->place);
	return NULL;
}

static void attach(TALLOC_CTX *mem, struct edge ***edges, size_t *count, struct edge *edge)
{
	*edges = mem_grow(mem, *edges, *count, sizeof(struct edge *));
	(*edges)[(*count)++] = edge;
}

static bool is_new(struct loader *loader, struct pair **pairs, const struct pending *pending)
{
	struct pair *pair;
	char *key = mem_printf(loader->scratch, "%s\n%s", pending->effect, pending->cause);

	HASH_FIND_STR(*pairs, key, pair);
	if (pair != NULL) {
		rule_warning(loader->problems, pending->edge->place,
			"the edge from \"%s\" to \"%s\" is already given at %s:%u; that one counts",
			pending->effect, pending->cause, pair->edge->place.file,
			pair->edge->place.line);
		return false;
	}
	pair = mem_new(loader->scratch, struct pair);
	pair->key = key;
	pair->edge = pending->edge;
	HASH_ADD_KEYPTR(hh, *pairs, pair->key, strlen(pair->key), pair);
	return true;
}

static void resolve_one(struct loader *loader, struct pair **pairs, const struct pending *pending)
{
	struct rules *rules = loader->rules;
	struct cause *effect = find_end(loader, pending, pending->effect);
	struct cause *cause = find_end(loader, pending, pending->cause);
	struct edge *edge = pending->edge;

	if (effect == NULL || cause == NULL || !is_new(loader, pairs, pending))
		return;
	edge->effect = effect;
	edge->cause = cause;
	attach(rules, &effect->because, &effect->because_count, edge);
	attach(rules, &cause->explains, &cause->explains_count, edge);
	attach(rules, &rules->edges, &rules->edge_count, edge);
	for (size_t i = 0; i < edge->where_count; i++) {
		rule_bind_require(loader, effect, edge->where[2 * i], edge->place);
		rule_bind_require(loader, cause, edge->where[2 * i + 1], edge->place);
	}
}

void rule_edge_resolve(struct loader *loader)
{
	struct pair *pairs = NULL;

	for (size_t i = 0; i < loader->pending_count; i++)
		resolve_one(loader, &pairs, &loader->pending[i]);
	HASH_CLEAR(hh, pairs);
}
