/* The Logging query language: what is asked, said so that nothing in it can mean anything else. */
#ifndef CLOUD_LQL_H
#define CLOUD_LQL_H

#include "base/base.h"

#define CLOUD_LQL_MAX 20000 /* characters of a filter; counted in bytes here, which are more */

/*
 * TEXT as a string of the language, with its quotes, owned by MEM. NULL where it cannot be said
 * for certain: control characters, invalid UTF-8.
 */
char *cloud_lql_quote(TALLOC_CTX *mem, const char *text, size_t length);

/*
 * A filter that a person wrote, without its comments, so that it can stand in parentheses: quotes
 * and parentheses are in pairs. *OUT is owned by MEM. ERR_USAGE with the place of what is wrong.
 */
int cloud_lql_check(TALLOC_CTX *mem, const char *filter, char **out, struct err *err);

/* What is asked of a project. */
struct cloud_question {
	int64_t from, to; /* times of entries, TO not included; nanoseconds */
	int64_t received; /* only what was received since then; TIME_NONE: all */
	const char *service; /* NULL: of all */
	const char *filter; /* from cloud_lql_check; NULL: none */
	const char *more; /* a filter made by the program; NULL: none */
};
/* The filter, owned by MEM. ERR_USAGE where it is too long, or the service cannot be said. */
int cloud_lql_question(
	TALLOC_CTX *mem, const struct cloud_question *question, char **out, struct err *err);

#endif
