/* Terms of jq. */
#ifndef MATCH_JQ_H
#define MATCH_JQ_H

#include "rule/rule.h"

#define JQ_DEPTH 64 /* levels of the JSON of an entry */

/*
 * A bound of what a program of this GROWTH may take on TEXT, in values and bytes that it looks at;
 * 0: not more than TEXT has, a few times. Saturated.
 */
uint64_t jq_steps(const struct jq_growth *growth, const char *text, size_t length);

/*
 * TEXT is one JSON object or list, and PROGRAM's first outputs up to an error hold one that is
 * neither null nor false.
 */
bool jq_match(struct jq_state *program, const char *text, size_t length);

#endif
