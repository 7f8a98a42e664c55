/* Formats that tell of tests: consoles, result files, generated summaries. One file a format. */
#ifndef SOURCE_TRANSCRIPT_TRANSCRIPT_H
#define SOURCE_TRANSCRIPT_TRANSCRIPT_H

#include "source/format.h"

extern const struct format console_format, junit_format, nunit_format, xunit_format, trx_format,
	report_format, runner_format, screen_format, markdown_format;
extern const struct format dart_format, gotest_format, jest_format, mocha_format, playwright_format,
	rspec_format;

/* Call once when the input has ended: marks the source as a transcript and sums COUNTED. */
void transcript_finish(struct source *source);
/* Keep the first bytes of TEXT, cleaned, as what failed in TEST, if nothing is kept yet. */
void transcript_message(struct source *source, struct test *test, const char *text, size_t length);
/* One more note, made of the counts: "58 passed, 10 errors". Returns BUFFER. */
#define TRANSCRIPT_COUNTS 128
const char *transcript_counts(const struct counts *counts, char buffer[TRANSCRIPT_COUNTS]);

/* line: what one line says of itself: a time at its beginning, a level. Sets both in OUT. */
void line_mark(struct source *source, struct entry *out);
/* A time read from an attribute or a line; TIME_NONE where TEXT does not begin with one. */
int64_t line_time(struct source *source, const char *text, size_t length);
/* Does TEXT begin with PREFIX? */
bool line_begins(const char *text, size_t length, const char *prefix);
/* "    if x:", ">   if x:", "self = 3": source code and its names, as tracebacks of Python show. */
bool line_is_code(const char *text, size_t length);
/* Without the blanks at both ends. */
void line_trim(const char **text, size_t *length);
/*
 * "=== title ===": *TEXT and *LENGTH become those of the title, without FILL and blanks.
 * False, and both left alone, where the line does not begin and end with FILL or has no title.
 */
bool line_title(const char **text, size_t *length, char fill);
/* Seconds with a fraction ("0.35", "1,234.5", "0,025") in nanoseconds; -1: none. */
int64_t line_seconds(const char *text, size_t length);
/* "PATH.py:12: in test_x": the parts of a line of a traceback. False where it is none. */
struct line_frame {
	const char *path, *function;
	size_t path_length, function_length;
};
bool line_frame(const char *text, size_t length, struct line_frame *out);

/*
 * frame: where TEST failed, if TEXT is a line of a traceback that is in the file of TEST; TEXT is
 * clean. Sets file_line, and file where the name of the test does not tell it.
 */
void frame_note(struct test *test, const char *text, size_t length);
/* Of a test whose file is not known yet: the last line in each of its files, 16 files at most. */
struct frames;
/* *FRAMES is made when it is NULL and TEXT is such a line; owned by MEM. */
void frames_add(TALLOC_CTX *mem, struct frames **frames, const char *text, size_t length);
/* As frame_note with each of them, now that TEST has its name. FRAMES may be NULL. */
void frames_note(const struct frames *frames, struct test *test);

/* words: outcomes as pytest, runners and reports spell them, in any case; OUTCOME_COUNT: none. */
enum outcome words_outcome(const char *text, size_t length);
/* The verdicts of a pytest console, upper case, at the beginning of TEXT; *TAKEN: its bytes. */
enum outcome words_verdict(const char *text, size_t length, size_t *taken);

/* tally: counts written in words. */
struct tally {
	struct counts counts;
	uint64_t total;
	bool has_total, has_outcome; /* whether it told them */
	const char *unit; /* of the total: "tests", "modules" */
};
/* "1 failed, 24 passed, 7 warnings in 38.45s", the whole of TEXT; else false. */
bool tally_closing(const char *text, size_t length, struct tally *out);
/* "- **Passed:** 58 (100.0%)", "Total: 10 modules": one figure into OUT; false: none. */
bool tally_figure(const char *text, size_t length, struct tally *out);

/* queue: lines that one step of a parser made, to be yielded one at a time. */
struct queue;
struct queue *queue_new(TALLOC_CTX *mem);
/* TEXT is copied, split at its line ends; blank lines are left out; LINE grows with them. */
void queue_lines(
	struct queue *queue, const char *text, size_t length, uint64_t line, struct test *test);
/* One entry, not split. SEVERITY and TIME where not told by the text itself. */
void queue_entry(struct queue *queue, const char *text, size_t length, uint64_t line,
	struct test *test, int64_t time);
/* Is what is added from here on output of the test, or told by what ran it? */
void queue_printed(struct queue *queue, bool printed);
/* Is what is added from here on what failed, and so an error? */
void queue_failing(struct queue *queue, bool failing);
/* 1: OUT is the next one, cleaned and marked. 0: none is waiting. */
int queue_next(struct queue *queue, struct source *source, struct entry *out);

/* nodeid: "tests/e2e/test_x.py::TestY::test_z[a b]". */
/* The bytes of a node id at the beginning of TEXT; 0: none. */
size_t nodeid_length(const char *text, size_t length);
/* "TestY.test_z[a b]": as the title of a failure has it. Owned by MEM. */
char *nodeid_title(TALLOC_CTX *mem, const char *id, size_t length);
/* "tests.e2e.test_x.TestY.test_z[a b]": the same for all formats. Owned by MEM. */
char *nodeid_key(TALLOC_CTX *mem, const char *name);
/* "tests.e2e.test_x.test_z[a b]": a key without its classes (they begin with a capital). */
char *nodeid_bare(TALLOC_CTX *mem, const char *key);
/* "test_x.test_z[a b]" of a bare key: what every format tells. Points into BARE. */
const char *nodeid_short(const char *bare);
/* "test_z[a b]" of it. Points into BARE. */
const char *nodeid_last(const char *bare);

#endif
