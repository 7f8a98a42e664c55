/* What a secret looks like. */
#ifndef SOURCE_REDACT_RULES_H
#define SOURCE_REDACT_RULES_H

#include "source/redact_value.h"

#define REDACT_VALUE_MAX 512 /* bytes of a value that are looked at; what follows goes, too */

/* A text that is looked through: LENGTH bytes, of which those before DONE were given out. */
struct redact_text {
	const char *text;
	size_t length, done;
};

/* A secret known by the trigger of SIZE bytes at AT: false, or true and where it begins and ends. */
typedef bool redact_find(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end);

struct redact_rule {
	const char *type; /* as the placeholder says it */
	const char *triggers; /* in lower case, three bytes or more each, separated by "|" */
	/*
	 * PCRE2, matched where a trigger stands; of its groups the first that is set is the
	 * secret, without groups the whole match. It must not look further than about 600 bytes.
	 */
	const char *pattern;
	bool word; /* the trigger must begin a word */
	redact_accept *accept; /* NULL: all */
	bool extend; /* the secret goes on as long as a word of it does */
	redact_find *find; /* instead of a pattern */
};

/* In the order in which they are tried at one place; *COUNT of them. */
const struct redact_rule *redact_rules(size_t *count);
/* The bytes of TEXT from AT on that may be part of a value without quotes. */
size_t redact_rules_word(const char *text, size_t length, size_t at);
/* Whether a word goes on at AT; an escape that ends there ("%3D", "\n", "\u003d", "[31m") ends words. */
bool redact_rules_inside_word(const char *text, size_t at);

#endif
