/* Mappings by tables of their keys. */
#ifndef RULE_KEYS_H
#define RULE_KEYS_H

#include "rule/tree.h"

struct loader;

/* One key of a mapping: READ puts the value into the field at OFFSET of the mapping's struct. */
struct key {
	const char *name;
	void (*read)(struct loader *loader, const struct tree *value, void *field);
	size_t offset;
};
struct keys {
	const char *what; /* "a cause" */
	const struct key *items;
	size_t count;
	const struct keys *more; /* keys that are allowed as well; NULL: none */
};
#define KEYS(what, items, more)                                                                    \
	{                                                                                          \
		what, items, sizeof(items) / sizeof(items[0]), more                                \
	}

/*
 * Read MAP into TARGET. Unknown keys, keys given twice and keys without a value are faults. Returns
 * whether it is a mapping at all.
 */
bool rule_keys_read(
	struct loader *loader, const struct tree *map, const struct keys *keys, void *target);

/* Readers of fields. */
void rule_keys_skip(struct loader *loader, const struct tree *value, void *field);
void rule_keys_text(
	struct loader *loader, const struct tree *value, void *field); /* const char * */
void rule_keys_list(
	struct loader *loader, const struct tree *value, void *field); /* const char ** */
void rule_keys_bool(struct loader *loader, const struct tree *value, void *field); /* bool */
void rule_keys_count(struct loader *loader, const struct tree *value, void *field); /* unsigned */
void rule_keys_index(struct loader *loader, const struct tree *value, void *field); /* unsigned */
void rule_keys_tree(struct loader *loader, const struct tree *value, void *field); /* the value */

/* The text of a scalar, which lives as long as the rules; NULL and a fault where it is none. */
const char *rule_keys_scalar(struct loader *loader, const struct tree *value);
/* The index in NAMES (NULL-terminated), or -1 and a fault "WHAT must be one of ...". */
int rule_keys_choice(struct loader *loader, const struct tree *value, const char *what,
	const char *const *names);
/* Item I of a list, or the value itself where it is no list and I is 0; NULL: no more. */
const struct tree *rule_keys_item(const struct tree *value, size_t i);

#endif
