/* Pushdown: stage 1 said in the Logging query language, so that the service does the scanning. */
#ifndef MATCH_PUSHDOWN_H
#define MATCH_PUSHDOWN_H

#include "rule/rule.h"

struct match_pushdown;

/*
 * Filters of ROOM characters at most that together mean every entry that a term of RULES can hit,
 * and every error: more than that, never less, as the service compares in another way than we do.
 * RULES must outlive *OUT, which is owned by MEM.
 */
struct match_pushdown *match_pushdown_new(TALLOC_CTX *mem, const struct rules *rules, size_t room);
/* NULL: it is possible. Else which rule wants every entry, in words. */
const char *match_pushdown_obstacle(const struct match_pushdown *pushdown);
/* NULL-terminated. */
const char *const *match_pushdown_filters(const struct match_pushdown *pushdown);
/* Rules without a literal, and what is scanned for them, in words; NULL-terminated. */
const char *const *match_pushdown_notes(const struct match_pushdown *pushdown);
/*
 * How long after ENTRY something may be missed that a rule expects there: nanoseconds, 0 where
 * nothing is.
 */
int64_t match_pushdown_reach(struct match_pushdown *pushdown, const struct entry *entry);

/* Inside the room. Methods of requests that are no surprise: */
#define PUSHDOWN_METHODS "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE"
/* pushdown_literal.c */
/*
 * A filter that every entry fits whose text holds TEXT (FOLDED: in lower case, for either case):
 * the longest part of it that stands in one field as the service compares, in quotes. Owned by
 * MEM. NULL: none is certain.
 */
char *pushdown_literal(TALLOC_CTX *mem, const char *text, bool folded);
/* pushdown_odd.c: the entries whose text is not what one of their fields says. Owned by MEM. */
char *pushdown_odd(TALLOC_CTX *mem);
/* pushdown_where.c: conditions as a filter that means no less; NULL: they say nothing certain. */
char *pushdown_where(TALLOC_CTX *mem, const struct term *term);
/* Whether an entry of a log, that is no test's, can hold the conditions of TERM. */
bool pushdown_is_for_logs(const struct term *term);

#endif
