/* Inside the room: a parsed template is a flat array of tokens, sections hold indexes. */
#ifndef TEMPLATE_TOKEN_H
#define TEMPLATE_TOKEN_H

#include "template/template.h"

#define TEMPLATE_NESTING_MAX 64 /* sections in sections, and partials in partials */

enum token_kind {
	TOKEN_TEXT,
	TOKEN_ESCAPED, /* {{x}} */
	TOKEN_RAW, /* {{{x}}} and {{&x}} */
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_END,
	TOKEN_PARTIAL,
};

struct token {
	enum token_kind kind;
	bool line_start; /* the first of its line: the indentation of a partial goes before it */
	unsigned line, column;
	const char *text; /* of TOKEN_TEXT: at most one line, with its newline; not terminated */
	size_t length;
	const char *name; /* of all others, whole ("a.b", ".") */
	const char *indent; /* of a partial alone on its line: the blanks before it; else NULL */
	size_t pair; /* of a section: its end; of an end: its section */
};

struct template
{
	const char *text; /* a copy of what was parsed, that the tokens point into */
	struct token *tokens;
	size_t count;
};

#endif
