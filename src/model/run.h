/* What was read: sources, tests, counts. */
#ifndef MODEL_RUN_H
#define MODEL_RUN_H

#include "base/base.h"

enum outcome {
	OUTCOME_NONE,
	OUTCOME_PASSED, /* expected failures too, as pytest does not fail for them */
	OUTCOME_SKIPPED,
	OUTCOME_FAILED,
	OUTCOME_ERROR, /* in set-up, teardown or collection */
	OUTCOME_COUNT,
};

/* "passed", "failed", ...; OUTCOME_NONE is "none". */
const char *outcome_name(enum outcome outcome);

/* Outcomes, not tests: one that passed and then failed in teardown is a pass and an error. */
struct counts {
	uint64_t passed, failed, errors, skipped;
};

struct test {
	const char *name; /* node id: "tests/e2e/test_x.py::TestY::test_z" */
	enum outcome outcome; /* the worst one */
	struct counts counts; /* its outcomes */
	int64_t start; /* nanoseconds UTC, TIME_NONE: not told */
	int64_t duration; /* nanoseconds, -1: not told */
	const char *message; /* what failed, redacted; NULL: not told */
	const struct source_info *source; /* that told of it first */
	uint64_t line; /* there */
	const char *
		file; /* the file that it is written in, as the transcript tells it; NULL: not told */
	uint64_t file_line; /* where in FILE it failed, from 1; 0: not told */
	bool step; /* no test, but a step of a job: it is told of only where it failed */
	const struct test *within; /* the step that ran it; NULL: none is known */
	const struct test
		*part; /* the failing part, a test of its own, for which alone it failed */
	bool nameless; /* the piece had a verdict, but no name of a test: NAME is the source's */
	struct test *same_as; /* the test of another source that this one is; else NULL */
};

/* One file, or one member of an archive, or standard input. */
struct source_info {
	int64_t id; /* row in the store, 0 before it is kept */
	const char *
		name; /* as the report shows it: the last part of the path, made unique in the run */
	const char *path; /* as it was given; never in a report */
	const char *
		format; /* "gcloud-json", "ndjson", "gcloud-table", "plain-log", "pytest-console", ... */
	uint64_t entries; /* yielded */
	uint64_t duplicates; /* of these, how many had been read before */
	uint64_t untimed; /* of these, how many have no time */
	uint64_t bytes; /* read, after decompression */
	uint64_t skipped; /* records or lines that could not be read */
	uint64_t redactions;
	bool truncated; /* the input ended inside a record, or something was cut */
	bool transcript; /* it tells of tests */
	bool zone_unknown; /* its times bear no zone: --tz was applied */
	int64_t first, last; /* times of its entries, TIME_NONE: none */
	int64_t read_to; /* of a live source: all before that was asked for; 0: not known */
	char sha256[DIGEST_TEXT]; /* of the bytes read */
	const char **notes; /* for the scan ledger: what was cut, assumed, left out */
	size_t note_count;
	struct test **tests; /* in the order told */
	size_t test_count;
	struct counts counted; /* by us, over TESTS, and UNNAMED */
	struct counts unnamed; /* stated, by runners that do not name all of their tests */
	struct counts stated; /* by the transcript's own closing line or attributes */
	bool has_stated;
	const char *unit; /* what STATED counts: "tests", "modules" */
};

/* From FROM to before TO, nanoseconds UTC. */
struct period {
	int64_t from, to;
};

/* What the logs of a run say of one service. */
struct service {
	const char *name;
	uint64_t entries, errors; /* errors: of severity ERROR and above */
	int64_t first, last; /* times of its entries, TIME_NONE: none */
	int64_t last_error; /* time of the newest error, TIME_NONE: none */
	int http_status; /* of the newest request that it answered; 0: none */
	int64_t http_time; /* of that request */
};

/* How many secrets of a kind were replaced. */
struct redacted {
	const char *kind; /* as placeholders name it */
	uint64_t count;
};

/* Everything that was read for one analysis. */
struct run {
	int64_t id; /* row in the store, 1 where there is none */
	bool kept; /* in a history, where it can be found by its id */
	const char *label, *commit, *branch, *environment; /* given, or NULL */
	unsigned iteration; /* of the loop of fixing that it belongs to, from 1; 0: none */
	struct source_info **sources; /* in the order read */
	size_t source_count;
	struct test **tests; /* of all sources, each test once */
	size_t test_count;
	struct counts counts; /* of the run: what the report says */
	const char **count_notes; /* where sources disagree: both figures, in words */
	size_t count_note_count;
	int64_t first, last; /* window of all entries, TIME_NONE: no times */
	int64_t recorded; /* when it was first kept, by this machine's clock; in no report */
	uint64_t entries, bytes, redactions;
	struct redacted *redacted; /* by kind, in the order of their names */
	size_t redacted_count;
	bool complete; /* everything was read whole */
	struct period *unread; /* where only what rules look for was read, by time */
	size_t unread_count;
	const char **gaps, **limits; /* for the scan ledger, in words */
	size_t gap_count, limit_count;
	char sha256[DIGEST_TEXT]; /* of the digests of the sources, in order */
	struct service *services; /* by name */
	size_t service_count;
};

/* COUNT more of KIND were replaced; KIND is copied. */
void run_add_redacted(struct run *run, const char *kind, uint64_t count);
/* Whether every entry from FROM to TO (TIME_NONE: no bound) was read, as far as RUN knows. */
bool run_was_read(const struct run *run, int64_t from, int64_t to);

#endif
