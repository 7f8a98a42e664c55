/* The Logging query language: the part of it that a client's filters are made of. */
#ifndef STANDIN_LQL_H
#define STANDIN_LQL_H

#include "base/base.h"

#define LQL_LIMIT 20000 /* characters of a filter, comments count */

struct lql;

/*
 * Understood are comparisons with all operators and value lists, field paths with quoted parts,
 * "field:*", global restrictions, AND, OR, NOT and "-" with their precedence, comments, log_id()
 * and SEARCH(). *OUT is owned by MEM. ERR_FORMAT where the service would answer 400.
 */
int lql_parse(TALLOC_CTX *mem, const char *text, struct lql **out, struct err *err);
/* Whether ENTRY, a LogEntry in JSON without blanks between its parts, is one of those meant. */
bool lql_matches(struct lql *filter, const char *entry, size_t length);
/* Entries from *FIRST to *LAST (both included) may match, no others; narrows what is there. */
void lql_span(const struct lql *filter, int64_t *first, int64_t *last);
/* The number of a severity's name, in any case, or of its digits; -1: it is none. */
int lql_severity(const char *text, size_t length);

#endif
