/* Examples of a cause: logs on which it must fire, or must not. */
#include "rule/loader.h"

#include <string.h>

static void add_pair(struct loader *loader, struct example *example, const struct tree *name,
	const struct tree *value)
{
	const char *left = rule_keys_scalar(loader, name);
	const char *right =
		value->kind == TREE_SCALAR ? value->text : rule_keys_scalar(loader, value);

	if (left == NULL || right == NULL)
		return;
	example->expect = mem_grow(loader->rules, example->expect, example->expect_count,
		2 * sizeof(*example->expect));
	example->expect[2 * example->expect_count] = left;
	example->expect[2 * example->expect_count + 1] = right;
	example->expect_count++;
}

static void read_expect(struct loader *loader, const struct tree *value, void *field)
{
	if (value->kind != TREE_MAP) {
		rule_error(loader->problems, value->place,
			"\"expect\" is a mapping of names to values");
		return;
	}
	for (size_t i = 0; i + 1 < value->count; i += 2)
		add_pair(loader, field, &value->items[i], &value->items[i + 1]);
}

static const struct key log_items[] = {
	{ "log", rule_keys_text, offsetof(struct example, log) },
};
static const struct keys clean_keys = KEYS("a clean example", log_items, NULL);

static const struct key match_items[] = {
	{ "log", rule_keys_text, offsetof(struct example, log) },
	{ "expect", read_expect, 0 },
};
static const struct keys match_keys = KEYS("a match example", match_items, NULL);

/* An example is a mapping, or only the log. */
static void add_example(struct loader *loader, const struct tree *value, struct cause *cause,
	const struct keys *keys)
{
	struct example example = { .match = keys == &match_keys, .place = value->place };

	if (value->kind == TREE_SCALAR)
		example.log = rule_keys_scalar(loader, value);
	else if (rule_keys_read(loader, value, keys, &example) && example.log == NULL &&
		 rule_tree_get(value, "log") == NULL)
		rule_error(loader->problems, value->place, "an example needs a \"log\"");
	if (example.log == NULL)
		return;
	cause->examples = mem_grow(
		loader->rules, cause->examples, cause->example_count, sizeof(*cause->examples));
	cause->examples[cause->example_count++] = example;
}

static void read_match(struct loader *loader, const struct tree *value, void *field)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		add_example(loader, item, field, &match_keys);
}

static void read_clean(struct loader *loader, const struct tree *value, void *field)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		add_example(loader, item, field, &clean_keys);
}

static const struct key example_items[] = {
	{ "match", read_match, 0 },
	{ "clean", read_clean, 0 },
};
static const struct keys example_keys = KEYS("\"examples\"", example_items, NULL);

void rule_example_read(struct loader *loader, const struct tree *value, struct cause *cause)
{
	rule_keys_read(loader, value, &example_keys, cause);
}
