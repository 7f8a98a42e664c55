/* Conditions on entries: "where". */
#include "rule/loader.h"

#include <fnmatch.h>
#include <string.h>

#include "model/model.h"

struct list {
	struct loader *loader;
	struct condition *items;
	size_t count;
};

static struct condition *add(struct list *list, enum condition_subject subject,
	enum condition_operator op, struct place place)
{
	struct condition *condition;

	list->items = mem_grow(list->loader->rules, list->items, list->count, sizeof(*list->items));
	condition = &list->items[list->count++];
	*condition = (struct condition){ subject, op, NULL, NULL, 0, place };
	return condition;
}

static void add_value(struct list *list, struct condition *condition, const char *value)
{
	condition->values = mem_grow(list->loader->rules, condition->values, condition->value_count,
		sizeof(*condition->values));
	condition->values[condition->value_count++] = value;
}

static void set_operator(struct condition *condition, enum condition_operator op)
{
	*condition = (struct condition){ condition->subject, op, condition->path, condition->values,
		condition->value_count, condition->place };
}

/* Globs of one subject; those that begin with "!" become a condition of their own. */
static void read_globs(struct loader *loader, const struct tree *value, void *field,
	enum condition_subject subject)
{
	struct list *list = field;
	struct condition wanted = { subject, OP_GLOB, NULL, NULL, 0, value->place };
	struct condition unwanted = { subject, OP_NOT_GLOB, NULL, NULL, 0, value->place };
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		const char *glob = rule_keys_scalar(loader, item);

		if (glob == NULL)
			continue;
		if (glob[0] == '!')
			add_value(list, &unwanted, glob + 1);
		else
			add_value(list, &wanted, glob);
	}
	if (wanted.value_count > 0)
		*add(list, subject, OP_GLOB, value->place) = wanted;
	if (unwanted.value_count > 0)
		*add(list, subject, OP_NOT_GLOB, value->place) = unwanted;
	if (wanted.value_count + unwanted.value_count == 0)
		rule_error(loader->problems, value->place, "no glob is given");
}

static void read_service(struct loader *loader, const struct tree *value, void *field)
{
	read_globs(loader, value, field, ON_SERVICE);
}

static void read_log(struct loader *loader, const struct tree *value, void *field)
{
	read_globs(loader, value, field, ON_LOG);
}

static void read_source(struct loader *loader, const struct tree *value, void *field)
{
	read_globs(loader, value, field, ON_SOURCE);
}

static void read_revision(struct loader *loader, const struct tree *value, void *field)
{
	read_globs(loader, value, field, ON_REVISION);
}

static void read_test(struct loader *loader, const struct tree *value, void *field)
{
	read_globs(loader, value, field, ON_TEST);
}

static bool fits_outcome(const char *glob)
{
	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (fnmatch(glob + (glob[0] == '!'), outcome_name((enum outcome)i), 0) == 0)
			return true;
	return false;
}

static void read_outcome(struct loader *loader, const struct tree *value, void *field)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		if (item->kind == TREE_SCALAR && !fits_outcome(item->text))
			rule_error(loader->problems, item->place,
				"\"%.80s\" fits no outcome (passed, skipped, failed, error, none)",
				item->text);
	read_globs(loader, value, field, ON_OUTCOME);
}

static const struct {
	const char *text;
	enum condition_operator op;
} comparisons[] = {
	{ ">=", OP_GTE },
	{ "<=", OP_LTE },
	{ "!=", OP_NE },
	{ "==", OP_EQ },
	{ ">", OP_GT },
	{ "<", OP_LT },
	{ "=", OP_EQ },
	{ "", OP_EQ },
};

/* The operator at *TEXT, which is moved behind it. */
static enum condition_operator take_comparison(const char **text)
{
	size_t i = 0;

	while (strncmp(*text, comparisons[i].text, strlen(comparisons[i].text)) != 0)
		i++;
	*text += strlen(comparisons[i].text);
	while (**text == ' ')
		++*text;
	return comparisons[i].op;
}

/* ">=ERROR", or a list of names of which one must be it. */
static void read_severity(struct loader *loader, const struct tree *value, void *field)
{
	struct list *list = field;
	struct condition *condition = add(list, ON_SEVERITY, OP_IN, value->place);
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		const char *text = item->kind == TREE_SCALAR ? item->text : "";
		enum condition_operator op = take_comparison(&text);
		enum severity severity = severity_parse(text, strlen(text));

		if (severity == SEVERITY_COUNT || (value->kind == TREE_LIST && op != OP_EQ)) {
			rule_error(loader->problems, item->place,
				"a severity such as \"ERROR\" or \">=ERROR\" is wanted");
			continue;
		}
		if (value->kind != TREE_LIST)
			set_operator(condition, op);
		add_value(list, condition, severity_name(severity));
	}
}

static const char *const names[] = { "eq", "ne", "contains", "regex", "in", "gte", "lte", "gt",
	"lt", "exists", "glob", NULL };

/* A condition on a field, as it is written. */
struct field {
	const char *path;
	const struct tree *op, *value;
};

static const struct key field_items[] = {
	{ "path", rule_keys_text, offsetof(struct field, path) },
	{ "op", rule_keys_tree, offsetof(struct field, op) },
	{ "value", rule_keys_tree, offsetof(struct field, value) },
};
static const struct keys field_keys = KEYS("a field", field_items, NULL);

static void read_field_values(
	struct list *list, struct condition *condition, const struct tree *value)
{
	struct loader *loader = list->loader;
	enum condition_operator op = condition->operator;
	const struct tree *item;

	if (value->kind == TREE_LIST && op == OP_EQ)
		set_operator(condition, op = OP_IN);
	if (value->kind == TREE_LIST && op != OP_IN && op != OP_GLOB)
		rule_error(loader->problems, value->place, "only \"in\" takes a list");
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		const char *text;

		/* "" is a value to compare with; a missing one is not */
		text = item->kind == TREE_SCALAR ? item->text : rule_keys_scalar(loader, item);
		if (text == NULL)
			continue;
		if (op == OP_REGEX)
			rule_regex_check(loader, text, false, item->place);
		if (op == OP_EXISTS && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
			rule_error(loader->problems, item->place, "exists is true or false");
		add_value(list, condition, text);
	}
}

static bool is_path(const char *path)
{
	return path[0] != '\0' && path[0] != '.' && path[strlen(path) - 1] != '.' &&
	       strstr(path, "..") == NULL;
}

static void read_one_field(struct list *list, const struct tree *value)
{
	struct loader *loader = list->loader;
	struct field field = { 0 };
	struct condition *condition;
	int op = OP_EQ;

	if (!rule_keys_read(loader, value, &field_keys, &field))
		return;
	if (field.path == NULL || !is_path(field.path))
		rule_error(loader->problems, value->place,
			"a field needs a path such as \"jsonPayload.a.b\"");
	if (field.op != NULL)
		op = rule_keys_choice(loader, field.op, "op", names);
	else if (field.value == NULL)
		op = OP_EXISTS;
	if (op < 0)
		return;
	condition = add(list, ON_FIELD, (enum condition_operator)op, value->place);
	condition->path = field.path;
	if (field.value != NULL)
		read_field_values(list, condition, field.value);
	else if (op == OP_EXISTS)
		add_value(list, condition, "true");
	else
		rule_error(loader->problems, value->place, "a field needs a value");
}

static void read_field(struct loader *loader, const struct tree *value, void *field)
{
	const struct tree *item;

	(void)loader;
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		read_one_field(field, item);
}

static const struct key where_items[] = {
	{ "severity", read_severity, 0 },
	{ "service", read_service, 0 },
	{ "log", read_log, 0 },
	{ "source", read_source, 0 },
	{ "revision", read_revision, 0 },
	{ "test", read_test, 0 },
	{ "outcome", read_outcome, 0 },
	{ "field", read_field, 0 },
};
static const struct keys where_keys = KEYS("where", where_items, NULL);

void rule_where_read(struct loader *loader, const struct tree *value, struct condition **conditions,
	size_t *count)
{
	struct list list = { .loader = loader, .items = *conditions, .count = *count };

	rule_keys_read(loader, value, &where_keys, &list);
	*conditions = list.items;
	*count = list.count;
}
