/* What a secret looks like. */
#ifndef SOURCE_REDACT_RULES_H
#define SOURCE_REDACT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#define REDACT_VALUE_MAX 512 /* bytes of a value that a pattern takes; what follows goes, too */

struct redact_rule {
	const char *type; /* as the placeholder says it */
	const char *triggers; /* in lower case, three bytes or more each, separated by "|" */
	/*
	 * PCRE2, matched where a trigger stands; of its groups the first that is set is the
	 * secret, without groups the whole match. It must not look further than about 600 bytes.
	 */
	const char *pattern;
	bool word; /* the trigger must begin a word */
	bool (*accept)(const char *value, size_t length); /* NULL: all */
	bool extend; /* the secret goes on as long as a word of it does */
};

/* In the order in which they are tried at one place; *COUNT of them. */
const struct redact_rule *redact_rules(size_t *count);
/* The bytes of TEXT from AT on that may be part of a value without quotes. */
size_t redact_rules_word(const char *text, size_t length, size_t at);
/*
 * An address of mail around the "@" at AT: false, or true and where it begins and ends. It begins
 * at FROM at the earliest.
 */
bool redact_rules_address(
	const char *text, size_t length, size_t from, size_t at, size_t *begin, size_t *end);

#endif
