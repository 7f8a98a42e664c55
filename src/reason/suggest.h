/* Inside the room: from a line of a log to what a rule can know it by. */
#ifndef REASON_SUGGEST_H
#define REASON_SUGGEST_H

#include "reason/reason.h"

/* How a line is told from others: by what stays the same from run to run. */
struct telling {
	const char *text; /* a literal, or a PCRE2 pattern where REGEX */
	bool regex;
	size_t stable; /* bytes of it that stay */
	size_t longest; /* bytes of the longest text that every line of this kind contains */
};

/* The bytes of what comes before the message: "E   " of pytest's console, or "ERROR ". */
size_t suggest_prefix(const char *line, size_t length);
/* suggest_pattern.c: false where next to nothing in LINE stays. *OUT is owned by MEM. */
bool suggest_pattern(TALLOC_CTX *mem, const char *line, size_t length, struct telling *out);
/* Words of what stays in LINE, "shoperror-cart-is-locked", for an id. Owned by MEM. */
char *suggest_name(TALLOC_CTX *mem, const char *line, size_t length);
/* suggest_layer.c: the area that words of LINE tell of; "app" where none does. */
const char *suggest_layer(const char *line, size_t length);

#endif
