/* When to try again what may have failed for a moment only. */
#ifndef CLOUD_RETRY_H
#define CLOUD_RETRY_H

#include "cloud/cloud.h"

struct retry_policy {
	unsigned tries; /* at most, the first one included */
	int64_t first; /* nanoseconds before the second try; each pause then doubles */
	int64_t longest; /* no pause that is ours is longer */
	unsigned jitter; /* percent of a pause by which it may be shorter or longer */
	int64_t patience; /* a service that asks for a longer pause than this is not waited for */
};

struct retry {
	const struct retry_policy *policy;
	unsigned tries; /* that were made */
	uint64_t state; /* of the generator */
};

/* The same SEED gives the same pauses. */
void retry_begin(struct retry *retry, const struct retry_policy *policy, uint64_t seed);
/*
 * After a try that failed: true and the *PAUSE before the next, at least ASKED (Retry-After;
 * TIME_NONE: nothing was asked); false: give up.
 */
bool retry_next(struct retry *retry, int64_t asked, int64_t *pause);
/* The same, and CLOCK has then slept for that long. */
bool retry_wait(struct retry *retry, const struct cloud_clock *clock, int64_t asked);

#endif
