/* Terms of jq. */
#ifndef MATCH_JQ_H
#define MATCH_JQ_H

#include "base/base.h"

#define JQ_DEPTH 64 /* levels of the JSON of an entry */

struct jq_state;

/*
 * TEXT is one JSON object or list, and PROGRAM's first outputs up to an error hold one that is
 * neither null nor false.
 */
bool jq_match(struct jq_state *program, const char *text, size_t length);

#endif
