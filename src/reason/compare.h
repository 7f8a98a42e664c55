/* Part of reason.h: what changed from one run to another. */
#ifndef REASON_COMPARE_H
#define REASON_COMPARE_H

#include "model/model.h"

/* What became of a cause, or of a test. */
enum change {
	CHANGE_SAME, /* in both */
	CHANGE_APPEARED, /* of a cause: in the second run only. Of a test: it passed, and fails now */
	CHANGE_VANISHED, /* in the first run only, and its tests pass now */
	CHANGE_DEEPER, /* another cause was found below the one that was the end before */
	CHANGE_SHALLOWER, /* what was the end before is not reached any more */
	CHANGE_NOT_REACHED, /* in the first run only, and its tests prove nothing now */
	CHANGE_OTHER, /* its tests fail for another cause now */
	CHANGE_COUNT,
};
const char *compare_change_name(enum change change); /* "appeared", ... */

/* An incident of either run, or of both; OTHER is what its tests fail for now. */
struct cause_change {
	enum change change;
	const struct incident *before, *after; /* NULL: that run has none */
	const struct incident *other; /* of CHANGE_OTHER; else NULL */
};

struct test_change {
	const char *name;
	enum outcome before, after; /* OUTCOME_NONE: that run does not tell of it */
	enum change change; /* SAME: no change that matters; APPEARED: broken; VANISHED: fixed;
	                       NOT_REACHED: failed before, and not run or skipped now */
};

struct comparison {
	struct cause_change *causes; /* those of the second run in its order, then the others */
	size_t cause_count;
	struct test_change *tests; /* those that failed in either run, by name */
	size_t test_count;
	size_t passed_both, fixed, broken, still_failing, not_reached; /* tests */
};

/* BEFORE and AFTER are whole: tests and incidents. *OUT refers to them. Owned by MEM. */
void compare_runs(TALLOC_CTX *mem, const struct diagnosis *before, const struct diagnosis *after,
	struct comparison *out);

/* Count TEST in the figure of its change. */
void compare_count(struct comparison *comparison, const struct test_change *test);
/* The service of the deepest evidence of INCIDENT that has one; NULL: none. */
const char *compare_service(const struct incident *incident);

/* What a comparison is about; NULL: anything. */
struct compare_filter {
	const char *state, *service, *test, *layer, *cause;
};
/*
 * Leave only causes of which either chain fits, and the tests that they broke; with nothing but a test
 * given, that test, whatever became of it. Figures count what is left. BEFORE and AFTER are those of
 * compare_runs.
 */
void compare_only(struct comparison *comparison, const struct diagnosis *before,
	const struct diagnosis *after, const struct compare_filter *filter);

#endif
