/* YAML as a tree whose nodes know their places. */
#ifndef RULE_TREE_H
#define RULE_TREE_H

#include "rule/problem.h"

enum tree_kind {
	TREE_SCALAR,
	TREE_LIST,
	TREE_MAP
};

struct tree {
	enum tree_kind kind;
	bool null; /* a scalar without quotes that is empty, "~" or "null" */
	const char *text; /* of a scalar: valid UTF-8 without NUL */
	struct tree *items; /* of a map: key, value, key, value */
	size_t count; /* of ITEMS */
	size_t weight; /* nodes in it, aliases followed */
	struct place place;
};

#define RULE_TREE_LIMIT (16 * 1024 * 1024) /* bytes in a file */
#define RULE_TREE_DEPTH 64
#define RULE_TREE_WEIGHT 1000000 /* nodes that aliases may add up to */

/*
 * The documents of TEXT, owned by MEM, up to the first fault, which is added to PROBLEMS; the texts
 * of their scalars are owned by TEXTS. FILE is the name that the places show. Returns how many.
 */
size_t rule_tree_parse(TALLOC_CTX *mem, TALLOC_CTX *texts, const char *file, const char *text,
	size_t length, struct tree **out, struct rule_list *problems);

/* The value of NAME in a map; NULL: it has none. */
const struct tree *rule_tree_get(const struct tree *map, const char *name);

#endif
