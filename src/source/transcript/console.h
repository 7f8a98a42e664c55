/* The console of pytest: what its parts share. */
#ifndef SOURCE_TRANSCRIPT_CONSOLE_H
#define SOURCE_TRANSCRIPT_CONSOLE_H

#include "source/transcript/known.h"
#include "source/transcript/screen.h"

enum section {
	SECTION_NONE, /* before, after and between sessions */
	SECTION_PROGRESS,
	SECTION_FAILURES, /* failures and errors, one block each */
	SECTION_PASSES, /* blocks of tests that did not fail */
	SECTION_SUMMARY,
	SECTION_DURATIONS,
	SECTION_OTHER, /* warnings, coverage: lines of no test */
};

struct console {
	struct source *source;
	struct known_tests *known;
	struct screen *others; /* runners whose output stands outside of sessions */
	enum section section;
	unsigned sessions; /* begun */
	unsigned closed; /* of these, how many had a closing line */
	bool nested; /* inside the captured output of a test that ran pytest itself */
	bool stamped; /* a time stands before each line */
	size_t width; /* bytes of the title that began the session; 0: there was none */
	bool workers; /* xdist: lines of several tests are mixed */
	/* progress */
	struct known *running; /* its line has no verdict yet; what follows is its output */
	struct known *last; /* the one whose verdict came last */
	enum outcome tentative; /* a word at the end of its output that may be its verdict */
	struct counts dots; /* outcomes told without a name */
	/* blocks */
	struct known *block;
	struct test *block_test; /* whose output the lines are; NULL: unclear */
	bool captured; /* in a captured section of the block */
	bool traceback; /* in one as Python itself prints it, without "E" */
	bool chained; /* another exception followed: what failed is told again */
	bool syntax; /* the error is one of syntax: the place comes first, what it is later */
	struct console_place *places; /* with --tb=line, failures whose tests are named later */
	size_t place_count;
	struct test *ending; /* that ends the session: its stack is printed */
	bool stack; /* a time limit was reached, and the stack will tell by which test */
	/* a piece without names */
	struct test *piece;
	enum outcome piece_outcome;
	bool piece_named;
	/* the rest of a line that was split */
	char *rest;
	size_t rest_length;
	uint64_t rest_line;
	struct test *rest_test;
};

/*
 * How sure that SAMPLE is of a pytest console; *NAMED: it tells names or has a pytest frame;
 * *STAMPED: what ran it put a time before each line, as CI services do.
 */
int console_sign_find(const char *sample, size_t length, bool *named, bool *stamped);
/* The bytes of such a time with a zone and the blank behind it, and the time itself; 0: none. */
size_t console_stamp(const char *text, size_t length, int64_t *time);

/* Each takes a line of its section, sets out->test, and may split it. True: it was theirs. */
bool console_progress_line(struct console *console, struct entry *out);
bool console_block_line(struct console *console, struct entry *out);
bool console_place_line(struct console *console, struct entry *out);
bool console_summary_line(struct console *console, struct entry *out);
bool console_crash_line(struct console *console, struct entry *out);
bool console_duration_line(struct console *console, struct entry *out);
void console_piece_line(struct console *console, struct entry *out);

/* The summary names TEST with what failed in it: the first such line without a name is of it. */
void console_place_name(
	struct console *console, struct test *test, const char *message, size_t length);
/* "Fatal Python error: ...": the test that runs crashed the interpreter. */
bool console_crash_fatal(struct console *console, const char *text, size_t length);
/* Yield only the first LENGTH bytes of OUT now, and what follows as the next entry, of TEST. */
void console_split(struct console *console, struct entry *out, size_t length, struct test *test);
/* A new session begins; the section is PROGRESS then. */
void console_begin(struct console *console);
/* No test is running any more; a verdict at the end of its output counts now. */
void console_settle(struct console *console);
/* An "E   ..." line or the like: what failed in TEST, unless told before. */
void console_error(struct console *console, struct test *test, const struct entry *line);

#endif
