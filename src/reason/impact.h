/* Part of reason.h: what works again, by capability. */
#ifndef REASON_IMPACT_H
#define REASON_IMPACT_H

#include "model/model.h"

/* What a product can do, as tests show it. */
struct capability {
	const char *name;
	double weight; /* among capabilities, above 0 */
	const char **tests; /* globs of names; NULL-terminated, or NULL */
	const char **layers; /* of causes, whose tests are its own; likewise */
};

/* Shares in percent, which add up to 100. */
struct impact_percent {
	unsigned restored; /* it passed */
	unsigned blocked; /* it failed */
	unsigned unknown; /* it did not run, or was skipped */
};

struct impact_share {
	const struct capability *capability;
	uint64_t tests, passed, failed; /* what is neither is unknown */
	struct impact_percent percent; /* of its tests; without any, all is unknown */
};

struct impact {
	struct impact_share *shares; /* in the order given */
	size_t count;
	struct impact_percent percent; /* of the shares, by weight */
	uint64_t outside; /* tests that are of no capability */
};

/*
 * The impact in the last of TURNS. The tests of a capability are those that any turn tells of, and
 * whose name matches one of its globs or that an incident of one of its layers broke in any turn;
 * each counts for 1 / tests, by its outcome in the last turn. The whole is the mean of the
 * capabilities, by weight. Without capabilities all tests are one. *OUT is owned by MEM.
 */
void impact_judge(TALLOC_CTX *mem, const struct capability *capabilities, size_t count,
	struct diagnosis *const *turns, size_t turn_count, struct impact *out);

#endif
