/* Mappings by tables of their keys, and the simple values in them. */
#include "rule/loader.h"

#include <stdlib.h>
#include <string.h>

/* Walks a table and the ones behind it. */
struct walk {
	const struct keys *keys;
	size_t index;
};

static const struct key *next_key(struct walk *walk)
{
	while (walk->keys != NULL && walk->index == walk->keys->count) {
		walk->keys = walk->keys->more;
		walk->index = 0;
	}
	return walk->keys == NULL ? NULL : &walk->keys->items[walk->index++];
}

static const char *next_name(void *context)
{
	const struct key *key = next_key(context);

	return key == NULL ? NULL : key->name;
}

static const struct key *find_key(const struct keys *keys, const char *name, unsigned *index)
{
	struct walk walk = { .keys = keys };
	const struct key *key;

	for (*index = 0; (key = next_key(&walk)) != NULL; (*index)++)
		if (strcmp(key->name, name) == 0)
			return key;
	return NULL;
}

static void report_unknown(struct loader *loader, const struct tree *name, const struct keys *keys)
{
	struct walk walk = { .keys = keys };
	const char *meant = word_nearest(name->text, next_name, &walk);

	if (meant != NULL)
		rule_error(loader->problems, name->place,
			"%s has no key \"%.80s\"; did you mean \"%s\"?", keys->what, name->text,
			meant);
	else
		rule_error(loader->problems, name->place, "%s has no key \"%.80s\"", keys->what,
			name->text);
}

/* One key and its value; SEEN has a bit for each key of the table that was met. */
static void read_pair(struct loader *loader, const struct tree *name, const struct tree *value,
	const struct keys *keys, uint64_t *seen, void *target)
{
	unsigned index;
	const struct key *key = find_key(keys, name->text, &index);

	if (key == NULL) {
		report_unknown(loader, name, keys);
	} else if (*seen >> index & 1) {
		rule_error(loader->problems, name->place, "\"%s\" is given twice", key->name);
	} else {
		*seen |= UINT64_C(1) << index;
		if (value->null)
			rule_error(loader->problems, name->place, "\"%s\" has no value", key->name);
		else
			key->read(loader, value, (char *)target + key->offset);
	}
}

bool rule_keys_read(
	struct loader *loader, const struct tree *map, const struct keys *keys, void *target)
{
	uint64_t seen = 0;

	if (map->kind != TREE_MAP) {
		rule_error(loader->problems, map->place, "%s must be a mapping", keys->what);
		return false;
	}
	for (size_t i = 0; i + 1 < map->count; i += 2)
		if (map->items[i].kind == TREE_SCALAR)
			read_pair(loader, &map->items[i], &map->items[i + 1], keys, &seen, target);
	return true;
}

void rule_keys_skip(struct loader *loader, const struct tree *value, void *field)
{
	(void)loader;
	(void)value;
	(void)field;
}

const char *rule_keys_scalar(struct loader *loader, const struct tree *value)
{
	if (value->kind == TREE_SCALAR && !value->null)
		return value->text;
	rule_error(loader->problems, value->place,
		value->kind == TREE_SCALAR ? "a value is missing" : "one text is wanted here");
	return NULL;
}

void rule_keys_text(struct loader *loader, const struct tree *value, void *field)
{
	*(const char **)field = rule_keys_scalar(loader, value);
}

const struct tree *rule_keys_item(const struct tree *value, size_t i)
{
	if (value->kind != TREE_LIST)
		return i == 0 ? value : NULL;
	return i < value->count ? &value->items[i] : NULL;
}

void rule_keys_list(struct loader *loader, const struct tree *value, void *field)
{
	const char ***out = field;
	const struct tree *item;
	size_t size = value->kind == TREE_LIST ? value->count : 1, count = 0;

	*out = mem_array(loader->rules, const char *, size + 1);
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		const char *text = rule_keys_scalar(loader, item);

		if (text != NULL)
			(*out)[count++] = text;
	}
}

void rule_keys_bool(struct loader *loader, const struct tree *value, void *field)
{
	static const char *const names[] = { "false", "true", NULL };
	int choice = rule_keys_choice(loader, value, "it", names);

	*(bool *)field = choice == 1;
}

#define COUNT_LIMIT 100000

static void read_number(
	struct loader *loader, const struct tree *value, unsigned least, void *field)
{
	unsigned long number = 0;
	char *end = NULL;

	if (value->kind == TREE_SCALAR && value->text[0] >= '0' && value->text[0] <= '9')
		number = strtoul(value->text, &end, 10);
	if (end == NULL || *end != '\0' || number < least || number > COUNT_LIMIT) {
		rule_error(loader->problems, value->place, "a whole number from %u to %d is wanted",
			least, COUNT_LIMIT);
		number = least;
	}
	*(unsigned *)field = (unsigned)number;
}

void rule_keys_count(struct loader *loader, const struct tree *value, void *field)
{
	read_number(loader, value, 1, field);
}

void rule_keys_index(struct loader *loader, const struct tree *value, void *field)
{
	read_number(loader, value, 0, field);
}

void rule_keys_tree(struct loader *loader, const struct tree *value, void *field)
{
	(void)loader;
	*(const struct tree **)field = value;
}

int rule_keys_choice(
	struct loader *loader, const struct tree *value, const char *what, const char *const *names)
{
	char *list;

	for (int i = 0; value->kind == TREE_SCALAR && names[i] != NULL; i++)
		if (strcmp(names[i], value->text) == 0)
			return i;
	list = mem_strdup(loader->scratch, names[0]);
	for (int i = 1; names[i] != NULL; i++)
		list = mem_printf(loader->scratch, "%s, %s", list, names[i]);
	rule_error(loader->problems, value->place, "%s must be one of: %s", what, list);
	return -1;
}
