/* The syntax of PCRE2 patterns, as far as it says which text a match must contain. */
#ifndef RULE_SYNTAX_H
#define RULE_SYNTAX_H

#include "base/base.h"

enum node_kind {
	NODE_TEXT, /* these bytes */
	NODE_SET, /* one character of a set */
	NODE_EMPTY, /* no character: anchors, settings, lookarounds (which have an item) */
	NODE_OPAQUE, /* anything or nothing: references, recursions, conditions (likewise) */
	NODE_CAT, /* all items in order */
	NODE_ALT, /* one of the items */
	NODE_REPEAT, /* the only item, MIN to MAX times */
};

#define NODE_UNLIMITED UINT32_MAX

struct node {
	enum node_kind kind;
	bool nocase; /* of TEXT and SET */
	char *text; /* of TEXT: whole characters; one if NOCASE */
	size_t length;
	char own[5]; /* where TEXT is, if it is one character */
	bool anchor; /* of EMPTY: a beginning of a line or of the text */
	bool *ascii; /* of SET: which of the 128 characters may be in it */
	bool other; /* of SET: characters beyond ASCII may be in it */
	uint32_t min, max; /* of REPEAT */
	struct node **items;
	size_t count;
};

/*
 * The tree of a PATTERN that PCRE2 compiles, owned by MEM. What is not certain is opaque; a set may
 * have too many characters, never too few. NULL: too deep, or of a kind where nothing is certain.
 */
struct node *rule_syntax_parse(TALLOC_CTX *mem, const char *pattern, bool nocase);

/* Can it match at beginnings only? */
bool rule_syntax_anchored(const struct node *node);

#endif
