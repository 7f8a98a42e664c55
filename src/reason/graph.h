/* The graph of one run: findings by cause, and which of their firings each failing test may use. */
#ifndef REASON_GRAPH_H
#define REASON_GRAPH_H

#include "reason/context.h"
#include "reason/culprit.h"
#include "reason/errors.h"
#include "reason/reason.h"
#include "reason/requests.h"
#include "reason/spot.h"

enum join_strength {
	JOIN_NONE, /* the test asked for nothing: no log line can be its cause */
	JOIN_TIME, /* by service, revision and time alone */
	JOIN_CONTENT, /* the log has the requests that the test tells of */
};

/* What is to be explained: a failing test, or all that the logs tell (TEST NULL). */
struct unit {
	struct test *test;
	struct test **same; /* it, and the tests of other sources that it is */
	size_t same_count;
	struct spots own; /* by index of the finding, then as in spot_sort */
	size_t *findings; /* indexes of the findings in OWN, each once */
	size_t finding_count;
	const struct source_info **sources; /* transcripts that tell of it */
	size_t source_count;
	int64_t first, last; /* when it ran, on the common clock; TIME_NONE: not told */
	bool whole_run; /* it stands for the run: all that its transcripts tell is its own */
	bool failing;
	struct culprit culprit; /* of a step that failed; else nothing */
	struct facts facts;
	enum join_strength join;
	const char *join_text; /* in words; NULL: there is nothing to join with */
	const char
		*gap; /* in words: the logs begin long after it, or end before; NULL: they do not */
};

struct graph_cause;
struct graph_test;

struct graph {
	const struct run *run;
	const struct findings *findings;
	const struct reason_options *options;
	const struct requests *requests;
	const struct context *context;
	const struct errors *errors;
	const struct culprits *culprits;
	struct spots *free; /* one for each finding: its firings of no test */
	struct spots sessions; /* the first of these in each transcript, for each finding */
	struct graph_cause *causes; /* hash: findings of each cause */
	struct graph_test *tests; /* hash: the unit of each test */
	struct unit **units; /* all tests of the run, in its order, or the one that stands for it */
	size_t unit_count;
	size_t failing; /* of these */
	bool has_logs, has_transcripts;
	bool offset_found;
	int64_t offset; /* seconds that clocks of transcripts are behind UTC */
};

/* Owned by MEM. OFFSET_FOUND and OFFSET: see clock.h. */
struct graph *graph_new(TALLOC_CTX *mem, struct graph seed);
/* Indexes of the findings of CAUSE that fired outside of tests, by time. */
const size_t *graph_findings(const struct graph *graph, const struct cause *cause, size_t *count);
/* Firings of the finding INDEX that are of UNIT itself. */
struct spots graph_own(const struct unit *unit, size_t index);
/* The time of an entry of SOURCE on the common clock. */
int64_t graph_time(const struct graph *graph, const struct source_info *source, int64_t time);
/* Can times of SOURCE be compared with those of other sources? */
bool graph_clock_known(const struct graph *graph, const struct source_info *source);
/* First and newest errors over all sources that tell of the test. */
struct test_errors graph_errors(const struct graph *graph, const struct unit *unit);
/* How many failing tests show CAUSE themselves. */
size_t graph_failing_with(const struct graph *graph, const struct cause *cause);
/* Does the effect of EDGE, being observed, say that its cause is there? */
bool graph_implies(const struct graph *graph, const struct edge *edge);

#endif
