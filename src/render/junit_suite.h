/* Inside the room: the tests of a run as suites and cases. */
#ifndef RENDER_JUNIT_SUITE_H
#define RENDER_JUNIT_SUITE_H

#include "model/model.h"

/* One outcome of a test. */
struct junit_case {
	const struct test *test;
	const char *name, *classname; /* "test_z[a]", "tests.e2e.test_x.TestY"; NULL: of no class */
	enum outcome outcome;
	int64_t duration; /* nanoseconds; -1: not told, or told by another case of the test */
};

/* The tests of one file, or of one class where no file is known. */
struct junit_suite {
	const char *name;
	struct junit_case *cases;
	size_t count;
	struct counts
		counts; /* in the last suite there may be more than cases: nobody named them */
	int64_t duration; /* of those that tell it; -1: none does */
};

struct junit_suites {
	struct junit_suite **items; /* in the order in which the run tells of them */
	size_t count;
	struct counts counts;
};

/*
 * Of a test with several outcomes, each is a case, the worst first: some readers take the first of
 * a name. COUNTS are those of the run; where it counts tests that it does not name (dots on a
 * console), the last suite has them without cases. Owned by MEM.
 */
struct junit_suites *junit_suites_of(TALLOC_CTX *mem, const struct run *run);

#endif
