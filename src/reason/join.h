/* The join of a failing test with the logs: by ids, by the requests made, or by time alone. */
#ifndef REASON_JOIN_H
#define REASON_JOIN_H

#include "reason/graph.h"

/* Find out how UNIT can be joined with the logs; sets its facts, join and join_text. */
void join_unit(const struct graph *graph, struct unit *unit);
/* The id that the lines of CAUSE share with what UNIT tells of its requests; NULL: none. */
const char *join_id(const struct unit *unit, const struct spot *cause);
/* In words: the join by ID, which is that of CAUSE's entry. Owned by MEM. */
const char *join_words(TALLOC_CTX *mem, const char *id, const struct spot *cause);
/*
 * How much the step from EFFECT to CAUSE holds: 1 inside a test or inside the logs, less across,
 * 0 where they must not be joined.
 */
double join_factor(const struct graph *graph, const struct unit *unit, const struct spot *effect,
	const struct spot *cause, bool *counts_agree);

#endif
