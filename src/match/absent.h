/* The waits of an absence, one by one. */
#ifndef MATCH_ABSENT_H
#define MATCH_ABSENT_H

#include "match/evaluate.h"

#define ABSENT_STAGES 64

/* The events of one use, by place. */
struct lane {
	const struct use *use;
	struct queue queue;
};

/* The lanes of a signature, made once for all its waits. */
struct lanes {
	struct lane *expected, *until, *unless;
};

/* What follows one "after" entry. */
struct wait {
	const struct signature *signature;
	const struct scope *scope;
	const struct lanes *lanes;
	const struct event *after;
	int64_t deadline; /* INT64_MAX: none that can be checked */
	const struct event *until; /* that ended it, NULL: none did */
	const struct event *seen[ABSENT_STAGES]; /* the first one of each stage */
};

typedef void absent_visit(void *context, const struct wait *wait);

/* Call VISIT with every wait of SIGNATURE in SCOPE; it is good for that call only. */
void absent_each(const struct signature *signature, const struct scope *scope, absent_visit *visit,
	void *context);
/* Does it fire, conclusively or not? */
bool absent_is(const struct wait *wait);
/* Why the absence cannot be asserted, in words; NULL: it can. */
const char *absent_doubt(const struct wait *wait);
size_t absent_missing(const struct wait *wait);
/* The event of that "unless" which cancels the wait; NULL: none does. */
const struct event *absent_cancelled(const struct wait *wait, size_t unless);

#endif
