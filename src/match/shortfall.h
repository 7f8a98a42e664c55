/* Why a signature does not fire: evaluated once more with one clause after another left out. */
#ifndef MATCH_SHORTFALL_H
#define MATCH_SHORTFALL_H

#include "match/evaluate.h"

/* In the order in which clauses are left out: what fires sooner came nearer. */
enum shortfall_kind {
	SHORTFALL_NONE, /* it fires */
	SHORTFALL_NOT, /* a negated entry forbids it */
	SHORTFALL_WINDOW, /* too far apart */
	SHORTFALL_COUNT, /* of "count": too few */
	SHORTFALL_ORDER, /* of "seq": all were seen */
	SHORTFALL_MISSING, /* something was not seen, or not often enough */
};

struct shortfall {
	enum shortfall_kind kind;
	struct firing frame; /* with no parts for COUNT and MISSING; of WINDOW the narrowest */
	struct forbidden forbidden; /* of NOT */
	bool measured; /* of WINDOW: the distances of the frame can be told */
	size_t have; /* of COUNT: how many of "at_least" there are within the window */
};

/* All is owned by MEM. */
void shortfall_find(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct shortfall *out);
/* How many of the first uses of a "seq" fire as one of their own, whatever is negated. */
size_t shortfall_steps(const struct signature *signature, const struct scope *scope);

#endif
