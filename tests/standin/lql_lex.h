/* The words of a filter. Private to the lql files. */
#ifndef STANDIN_LQL_LEX_H
#define STANDIN_LQL_LEX_H

#include "base/base.h"

enum lql_op {
	LQL_HAS,
	LQL_EQUAL,
	LQL_UNEQUAL,
	LQL_LESS,
	LQL_LESS_EQUAL,
	LQL_GREATER,
	LQL_GREATER_EQUAL,
	LQL_REGEX,
	LQL_NOT_REGEX,
};

enum lql_token_kind {
	LQL_TOKEN_END,
	LQL_TOKEN_WORD,
	LQL_TOKEN_STRING, /* in double quotes */
	LQL_TOKEN_OP,
	LQL_TOKEN_OPEN,
	LQL_TOKEN_CLOSE,
	LQL_TOKEN_COMMA,
	LQL_TOKEN_DOT,
	LQL_TOKEN_MINUS,
};

struct lql_token {
	enum lql_token_kind kind;
	enum lql_op op;
	char *text; /* of words and strings, escapes resolved; owned by the lexer's owner */
	size_t begin, end; /* where it stands in the filter */
};

struct lql_lexer {
	TALLOC_CTX *mem;
	const char *text;
	size_t at;
};

/* The next one; behind the last, LQL_TOKEN_END. ERR_FORMAT for a string without end. */
int lql_lex(struct lql_lexer *lexer, struct lql_token *token, struct err *err);
/* "line L, column C" of AT in TEXT, counted from 1. */
void lql_where(const char *text, size_t at, size_t *line, size_t *column);

#endif
