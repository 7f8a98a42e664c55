/* The console of go test: what its parts share. */
#ifndef SOURCE_TRANSCRIPT_SCREEN_GO_H
#define SOURCE_TRANSCRIPT_SCREEN_GO_H

#include "source/transcript/screen.h"

enum go_part {
	GO_NONE,
	GO_RUN, /* the speaker runs: what follows is its output */
	GO_RESULT, /* its verdict was told: what it said of the failure follows */
	GO_PANIC, /* the binary is ending, up to the line of the package */
	GO_BUILD, /* errors of the compiler */
};

struct go {
	struct test **tests; /* of the package that is open, named without it */
	size_t count;
	struct test *speaker;
	enum go_part part;
	bool fixed; /* the speaker's message is a panic or a race: nothing is better */
	bool failed; /* a test of the package did */
	bool running; /* "running tests:" of a panic */
	bool verbose; /* tests say when they run, and their verdicts come late */
	bool place; /* the last line was of a place, and may go on */
	char *reason; /* how the binary ended: "panic: ...", "exit status 3" */
	struct test *summed; /* of a summary of gotestsum, whose lines follow */
	unsigned quiet; /* packages that passed, and did not say how many tests they have */
};

/* "TestX/y", and the like. */
bool screen_go_is_name(struct span name);
/* The test NAME of the open package speaks from here on; OUT is of it. */
struct test *screen_go_speak(
	struct screen *screen, struct go *go, struct entry *out, struct span name);
/* Why the binary ended, for tests and packages that say nothing else. */
void screen_go_keep_reason(struct screen *screen, struct go *go, struct span text);
/* TEST did not come to its verdict. */
void screen_go_fail(struct screen *screen, struct go *go, struct test *test);
/* Passed tests have no message; those that failed by their subtests say so. */
void screen_go_settle(struct screen *screen, struct go *go);

/* "FAIL<tab>package<tab>0.003s" and the like: sure that go test speaks. */
bool screen_go_is_end(struct span line);
/* "=== FAIL: package TestX (0.00s)", "DONE 3 tests, 1 failure in 0.1s": of gotestsum. */
bool screen_go_is_sum(struct span line);

/* Each takes a line and sets out->test. True: it was theirs. */
bool screen_go_end(struct screen *screen, struct go *go, struct entry *out);
bool screen_go_build(struct screen *screen, struct go *go, struct entry *out);
bool screen_go_panic(struct screen *screen, struct go *go, struct entry *out);
bool screen_go_race(struct go *go, struct entry *out);
void screen_go_stack(struct screen *screen, struct go *go, struct entry *out);
bool screen_go_sum(struct screen *screen, struct go *go, struct entry *out);

#endif
