/* The events of "go test -json": parts of their reader. */
#ifndef SOURCE_TRANSCRIPT_GOTEST_H
#define SOURCE_TRANSCRIPT_GOTEST_H

#include "source/transcript/transcript.h"
#include "source/transcript/value.h"

#include <uthash.h>

/* build: what the compiler said of packages, until a package fails for it. */
struct gotest_builds;
struct gotest_builds *gotest_builds_new(TALLOC_CTX *mem);
/* One piece of output for an import path, "example.com/a [example.com/a.test]"; TEXT is copied. */
void gotest_builds_add(struct gotest_builds *builds, struct json path, const char *text,
	size_t length, uint64_t line);
/*
 * What was said of PATH (a text or a JSON string without quotes) is of TEST now, put into QUEUE the
 * first time. Its first line that is no heading, good until the builds are freed; NULL: none.
 */
const char *gotest_builds_claim(
	struct gotest_builds *builds, struct json path, struct queue *queue, struct test *test);
/* What nobody claimed is of no test. */
void gotest_builds_release(struct gotest_builds *builds, struct queue *queue);

/* reason: which line of a test's output says what failed. */
enum gotest_rank {
	GOTEST_NOTHING, /* printed by the test, or a mark of the runner */
	GOTEST_MARK, /* "=== RUN   TestX", "--- FAIL: TestX (0.00s)", "FAIL", "exit status 1" */
	GOTEST_END, /* "exit status 2", "signal: killed": why a package failed, if nothing else */
	GOTEST_LOG, /* "    x_test.go:12: got 4": the last one is most likely what failed */
	GOTEST_ERROR, /* "Error:  Not equal:" of an assertion: the first one */
	GOTEST_PANIC, /* the first one */
};
struct gotest_reason {
	enum gotest_rank rank, last; /* LAST: of the line before */
	char *text; /* NULL: none; owned by the MEM that is given */
};
/* What the line is; it goes into REASON if it says it better than those before. */
enum gotest_rank gotest_reason_hear(
	TALLOC_CTX *mem, struct gotest_reason *reason, const char *text, size_t length);

struct gotest_item;

struct gotest_package {
	struct test *test; /* it counts only where no test of it tells why it failed */
	struct gotest_reason reason;
	unsigned run; /* how often it began, from 1 */
	unsigned failed; /* tests, in this run */
	struct gotest_item *open; /* tests that began and have not ended */
	bool ended;
	UT_hash_handle hh;
	char path[];
};

/* A test of a package. */
struct gotest_item {
	struct test *test;
	struct gotest_package *package;
	unsigned run; /* of the package, that it was last in */
	bool failed; /* it failed before this run */
	bool open, paused;
	const struct test *part; /* the first subtest that failed in this run */
	struct gotest_reason reason;
	char *held; /* what it logged last: that is what failed, if it fails */
	uint64_t held_line;
	struct gotest_item *prev, *next; /* of those that are open */
	UT_hash_handle hh;
	char name[]; /* "example.com/cart.TestAdd/none" */
};

struct gotest {
	struct source *source;
	struct queue *queue;
	struct gotest_builds *builds;
	struct gotest_package *packages;
	struct gotest_item *items;
	struct draft text; /* output that is put together, not ended by a newline yet */
	struct gotest_item *speaker; /* of TEXT; NULL: a package's */
	struct gotest_package *speaker_package;
	uint64_t text_line, line;
	struct json heading; /* of what the compiler says outside of events */
	struct draft heading_text;
	uint64_t rerun; /* tests that failed, and passed when they were run again */
	uint64_t cached; /* packages */
	bool finished;
};

/* One line of the stream. */
struct gotest_event {
	struct json object, action, package, test;
};

/* items: packages and tests, found or new; NULL: the event is of none. */
struct gotest_package *gotest_items_package(
	struct gotest *gotest, const struct gotest_event *event);
struct gotest_item *gotest_items_test(struct gotest *gotest, const struct gotest_event *event);
/* The test that this is a subtest of; NULL: it is none. */
struct gotest_item *gotest_items_outer(struct gotest *gotest, const struct gotest_item *item);
/* A test begins, once more perhaps: what it said before tells nothing of how it will end. */
void gotest_items_begin(struct gotest_item *item);
void gotest_items_free(struct gotest *gotest);

/* hear: output, put together to lines. */
void gotest_hear(struct gotest *gotest, const struct gotest_event *event);
/* The line that is not ended by a newline is over. */
void gotest_hear_end(struct gotest *gotest);
/* Yield the line that was held back. FAILED: it is what failed. */
void gotest_hear_held(struct gotest *gotest, struct gotest_item *item, bool failed);

#endif
