/* Explaining a cause, inside: clauses of its signature in one group. */
#ifndef MATCH_EXPLAIN_H
#define MATCH_EXPLAIN_H

#include "match/matcher.h"
#include "match/shortfall.h"
#include "match/watch.h"

#define EXPLAIN_LINES 3 /* cited of one clause */

/* What is explained, and where. */
struct explaining {
	TALLOC_CTX *mem; /* owner of what is told */
	TALLOC_CTX *scratch; /* of what is looked at on the way */
	const struct matcher *matcher;
	const struct cause *cause;
	const struct run *run;
	const struct group *group; /* it may be without events */
	bool first; /* of several groups; it alone tells of lines that came near */
};

struct scope explain_scope(const struct explaining *explaining);

/* explain_parts.c: clauses, put together. A new one only tells. */
struct clause *explain_clause(
	const struct explaining *explaining, const char *what, const char *wants);
void explain_note(struct clause *clause, const char *format, ...) PRINTF_LIKE(2, 3);
void explain_add(struct clause *clause, struct clause *part);
/* NOTE may be NULL. An entry is cited once, and beyond EXPLAIN_LINES none is. */
void explain_cite(struct clause *clause, const struct entry *entry, const char *note, bool near);
/* "10s", "3 lines"; "" where there is no bound. */
const char *explain_window(TALLOC_CTX *mem, const struct window *window);
/* How far B is behind A in the unit of WINDOW: "14.2s", "3 lines"; NULL: it cannot be told. */
const char *explain_distance(TALLOC_CTX *mem, const struct window *window, const struct event *a,
	const struct event *b, int64_t *distance);

/* explain_term.c: a term, with the entries of the group that hit; FRAME's first, it may be NULL. */
struct clause *explain_seen(const struct explaining *explaining, const char *what,
	const struct use *use, const struct firing *frame);
/* The same, wanted: without enough entries it fails, and what is known of the reason is told. */
struct clause *explain_term(const struct explaining *explaining, const char *what,
	const struct use *use, const struct firing *frame);
/* explain_where.c: the conditions of TERM as parts of its CLAUSE. */
void explain_where(
	const struct explaining *explaining, struct clause *clause, const struct term *term);

/* explain_clause.c: any signature; explain_absent.c: one of that kind. */
struct clause *explain_signature(
	const struct explaining *explaining, const struct signature *signature);
void explain_absent(const struct explaining *explaining, const struct signature *signature,
	struct clause *clause);

#endif
