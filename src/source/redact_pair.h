/* A key and its value, as shells, headers, JSON, URLs, YAML, XML and messages spell them. */
#ifndef SOURCE_REDACT_PAIR_H
#define SOURCE_REDACT_PAIR_H

#include "source/redact_rules.h"

/* How the value is separated from its key, which says how far a bare word can be trusted. */
enum redact_separator {
	SEPARATOR_NONE,
	SEPARATOR_EQUALS, /* "=", ":=", "=>" */
	SEPARATOR_COLON, /* ":", "," behind a quoted key */
	SEPARATOR_ENCODED, /* "%3D" */
	SEPARATOR_FLAG, /* a blank behind --key */
	SEPARATOR_TAG, /* "<key>" */
	SEPARATOR_SAID, /* "is" */
};

struct redact_pair {
	const struct redact_text *in;
	size_t key, at; /* where the key's trigger begins, and how far it was read */
	bool key_quoted, quoted;
	bool named; /* by "name: KEY" on the line before "value:" */
	bool tuple; /* "('key', 'value')" */
	enum redact_separator separator;
	size_t begin, end; /* of the value */
};

/* Read the pair in IN whose key has a trigger of SIZE bytes at AT; false: there is none. */
bool redact_pair_read(
	struct redact_pair *pair, const struct redact_text *in, size_t at, size_t size);
/* Pass TEXT, letters of both cases alike, where the pair was read to; false: it is not there. */
bool redact_pair_take(struct redact_pair *pair, const char *text);
/* The same with blanks; how many. */
size_t redact_pair_blanks(struct redact_pair *pair);
/* The end of a value without quotes that begins where the pair says. */
size_t redact_pair_bare_end(const struct redact_pair *pair);

#endif
