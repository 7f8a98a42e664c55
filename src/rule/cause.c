/* Causes: one mapping of "causes". */
#include "rule/loader.h"

#include <string.h>

static const char *const kinds[] = { "symptom", "cause", "root", NULL };
static const char *const severities[] = { "low", "medium", "high", "critical", NULL };
static const char *const statuses[] = { "active", "retired", NULL };
static const char *const leaves[] = { "process", "design", "config", "code", "test-gap",
	"monitoring-gap", "capacity", "external", NULL };

static struct cause *cause_of(void *field)
{
	return &((struct known *)field)->cause;
}

static void read_kind(struct loader *loader, const struct tree *value, void *field)
{
	int kind = rule_keys_choice(loader, value, "kind", kinds);

	if (kind >= 0)
		cause_of(field)->kind = (enum cause_kind)kind;
}

static void read_severity(struct loader *loader, const struct tree *value, void *field)
{
	int severity = rule_keys_choice(loader, value, "severity", severities);

	if (severity >= 0)
		cause_of(field)->severity = (enum cause_severity)severity;
}

static void read_status(struct loader *loader, const struct tree *value, void *field)
{
	cause_of(field)->retired = rule_keys_choice(loader, value, "status", statuses) == 1;
}

static void read_leaf(struct loader *loader, const struct tree *value, void *field)
{
	int leaf = rule_keys_choice(loader, value, "leaf", leaves);

	if (leaf >= 0)
		cause_of(field)->leaf = leaves[leaf];
}

static void read_when(struct loader *loader, const struct tree *value, void *field)
{
	struct cause *cause = cause_of(field);

	if (rule_term_is(value))
		rule_error(loader->problems, value->place,
			"\"when\" is a signature; write \"match:\" before the term");
	else
		cause->when = rule_signature_read(loader, value);
}

static void read_because(struct loader *loader, const struct tree *value, void *field)
{
	rule_edge_because(loader, value, cause_of(field)->id);
}

static void read_explains(struct loader *loader, const struct tree *value, void *field)
{
	rule_edge_explains(loader, value, cause_of(field)->id);
}

static void read_expects(struct loader *loader, const struct tree *value, void *field)
{
	struct cause *cause = cause_of(field);
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		struct expectation expectation;

		if (!rule_term_expectation(loader, item, &expectation))
			continue;
		cause->expects = mem_grow(loader->rules, cause->expects, cause->expect_count,
			sizeof(*cause->expects));
		cause->expects[cause->expect_count++] = expectation;
	}
}

static void read_also_matches(struct loader *loader, const struct tree *value, void *field)
{
	struct known *known = field;

	known->also_matches = value->place;
	rule_keys_list(loader, value, &known->cause.also_matches);
}

static void read_replaced_by(struct loader *loader, const struct tree *value, void *field)
{
	struct known *known = field;

	known->replaced_by = value->place;
	rule_keys_text(loader, value, &known->cause.replaced_by);
}

static void read_examples(struct loader *loader, const struct tree *value, void *field)
{
	rule_example_read(loader, value, cause_of(field));
}

#define TEXT(name)                                                                                 \
	{                                                                                          \
#name, rule_keys_text, offsetof(struct known, cause.name)                          \
	}
#define LIST(name)                                                                                 \
	{                                                                                          \
#name, rule_keys_list, offsetof(struct known, cause.name)                          \
	}
static const struct key cause_items[] = {
	{ "id", rule_keys_skip, 0 }, /* read before all others, as is "where" */
	{ "where", rule_keys_skip, 0 },
	TEXT(title),
	{ "kind", read_kind, 0 },
	TEXT(layer),
	{ "severity", read_severity, 0 },
	{ "leaf", read_leaf, 0 },
	LIST(references),
	LIST(tags),
	{ "when", read_when, 0 },
	LIST(group_by),
	TEXT(why),
	{ "because", read_because, 0 },
	{ "explains", read_explains, 0 },
	{ "expects", read_expects, 0 },
	TEXT(fix),
	TEXT(prevent),
	TEXT(detect),
	TEXT(done_when),
	{ "status", read_status, 0 },
	{ "replaced_by", read_replaced_by, 0 },
	{ "also_matches", read_also_matches, 0 },
	{ "examples", read_examples, 0 },
};
static const struct keys cause_keys = KEYS("a cause", cause_items, NULL);

struct known *rule_cause_find(const struct rules *rules, const char *id)
{
	struct known *known;

	HASH_FIND_STR(rules->by_id, id, known);
	return known;
}

static const char *next_id(void *context)
{
	struct known **at = context, *known = *at;

	if (known == NULL)
		return NULL;
	*at = known->hh.next;
	return known->cause.id;
}

void rule_cause_report_missing(struct loader *loader, const char *id, struct place place)
{
	struct known *at = loader->rules->by_id;
	const char *meant = word_nearest(id, next_id, &at);

	if (meant != NULL)
		rule_error(loader->problems, place, "no cause \"%.80s\"; did you mean \"%s\"?", id,
			meant);
	else
		rule_error(loader->problems, place, "no cause \"%.80s\"", id);
}

/* Lower case letters, digits, and between them dots, dashes and underscores. */
static bool is_id(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	bool between = true;

	for (; *id != '\0'; id++) {
		if (strchr(letters, *id) != NULL)
			between = false;
		else if (strchr(".-_", *id) != NULL && !between)
			between = true;
		else
			return false;
	}
	return !between;
}

/* The id of the mapping; NULL where it has none that can be used. */
static const char *read_id(struct loader *loader, const struct tree *value)
{
	const struct tree *id = rule_tree_get(value, "id");

	if (id == NULL || id->kind != TREE_SCALAR || id->null) {
		rule_error(loader->problems, value->place, "a cause needs an \"id\"");
		return NULL;
	}
	if (!is_id(id->text))
		rule_error(loader->problems, id->place,
			"an id is lower case letters and digits, with dots, dashes or underscores "
			"between them");
	return id->text;
}

/* May this cause be read? Of one in an earlier folder it is overridden, silently. */
bool rule_cause_may_enter(struct loader *loader, const char *id, struct place place)
{
	const struct known *old = rule_cause_find(loader->rules, id);

	if (old == NULL)
		return true;
	if (strcmp(old->folder, loader->folder) != 0)
		return false;
	rule_error(loader->problems, place, "the cause \"%s\" is already at %s:%u", id,
		old->cause.place.file, old->cause.place.line);
	return true;
}

void rule_cause_enter(struct loader *loader, struct known *known)
{
	struct rules *rules = loader->rules;

	if (rule_cause_find(rules, known->cause.id) != NULL)
		return;
	known->cause.index = rules->cause_count;
	rules->causes = mem_grow(rules, rules->causes, rules->cause_count, sizeof(struct known *));
	rules->causes[rules->cause_count++] = known;
	HASH_ADD_KEYPTR(hh, rules->by_id, known->cause.id, strlen(known->cause.id), known);
}

static void fill_defaults(struct loader *loader, struct known *known)
{
	struct cause *cause = &known->cause;
	const char ***lists[] = { &cause->references, &cause->tags, &cause->group_by,
		&cause->also_matches };

	if (cause->title == NULL)
		cause->title = cause->id;
	if (cause->why == NULL)
		cause->why = cause->title;
	if (cause->layer == NULL)
		cause->layer = mem_strndup(loader->rules, cause->id, strcspn(cause->id, "."));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (*lists[i] == NULL)
			*lists[i] = mem_array(known, const char *, 1);
}

void rule_cause_read(struct loader *loader, const struct tree *value)
{
	struct known *known;
	size_t errors = loader->problems->errors;
	const struct tree *where = rule_tree_get(value, "where");
	struct condition *conditions = NULL;
	const char *id;

	if (value->kind != TREE_MAP) {
		rule_error(loader->problems, value->place, "a cause must be a mapping");
		return;
	}
	id = read_id(loader, value);
	if (id != NULL && !rule_cause_may_enter(loader, id, value->place))
		return;
	known = mem_new(loader->rules, struct known);
	known->folder = loader->folder;
	known->cause.id = id != NULL ? id : "";
	known->cause.place = value->place;
	known->cause.kind = KIND_CAUSE;
	known->cause.severity = RATING_MEDIUM;
	loader->where_count = 0;
	if (where != NULL)
		rule_where_read(loader, where, &conditions, &loader->where_count);
	loader->where = conditions;
	rule_keys_read(loader, value, &cause_keys, known);
	fill_defaults(loader, known);
	rule_bind_collect(loader, known);
	rule_bind_check(loader, known, value);
	if (known->cause.when != NULL)
		known->cause.specificity = rule_walk_specificity(loader->rules, known->cause.when);
	known->faulty = loader->problems->errors > errors;
	if (id != NULL)
		rule_cause_enter(loader, known);
}

void rule_cause_resolve(struct loader *loader)
{
	const struct rules *rules = loader->rules;

	for (size_t i = 0; i < rules->cause_count; i++) {
		const struct known *known = rules->causes[i];
		const char **id = known->cause.also_matches;

		for (; *id != NULL; id++)
			if (rule_cause_find(rules, *id) == NULL && strncmp(*id, "CRE-", 4) != 0)
				rule_cause_report_missing(loader, *id, known->also_matches);
		if (known->cause.replaced_by != NULL &&
			rule_cause_find(rules, known->cause.replaced_by) == NULL)
			rule_cause_report_missing(
				loader, known->cause.replaced_by, known->replaced_by);
	}
}
