/* What stays open: failing tests without a chain, and errors that no rule knows. */
#ifndef REASON_UNDIAGNOSED_H
#define REASON_UNDIAGNOSED_H

#include "reason/errors.h"
#include "reason/evidence.h"
#include "reason/graph.h"

/* What UNIT, a failing test without any finding, ends with. Added to DIAGNOSIS. */
void undiagnosed_add(struct diagnosis *diagnosis, const struct graph *graph,
	const struct unit *unit, struct evidence_book *book, reason_nearest nearest, void *context);
/* Errors of logs and of tests that did not pass, without any hit: the most frequent ones. */
void undiagnosed_patterns(
	struct diagnosis *diagnosis, const struct errors *errors, struct evidence_book *book);

#endif
