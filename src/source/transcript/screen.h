/* What test runners print for people: one runner a file, all of them behind the table of screen.c. */
#ifndef SOURCE_TRANSCRIPT_SCREEN_H
#define SOURCE_TRANSCRIPT_SCREEN_H

#include "source/transcript/screen_part.h"

struct screen {
	struct source *source;
	struct screen_private *private; /* of screen.c */
};

/*
 * How one runner is recognised and read. Lines come one at a time, without colours, their blanks
 * at the beginning kept. Blank lines come too, so that blocks can end with them.
 */
struct screen_runner {
	const char *name; /* as the ledger shows it: "go-test" */
	size_t size; /* bytes of its state, which begins as zeros and owns nothing but by SCREEN */
	/*
	 * What is known after LINE, where SEEN was known before it (0 at the beginning):
	 * SCREEN_SURE, SCREEN_MAYBE, or whatever the runner wants to remember. It must not be sure of
	 * what a log may say by chance. Where a line makes it SCREEN_MAYBE, that is given to LINE,
	 * too, so that it is known when a later one is sure; it must tell of no test then.
	 */
	unsigned (*sign)(unsigned seen, struct span line);
	/*
	 * Whether the line is the runner's, or of a test that it runs. It sets out->test, printed and
	 * quoted, and counts what the line tells. Called only where SIGN was sure of this input.
	 */
	bool (*line)(struct screen *screen, void *state, struct entry *out);
	void (*finish)(struct screen *screen, void *state); /* at the end of the input */
	bool sparse; /* passes and skips are named in part only, so their number proves nothing */
};

#define SCREEN_SURE 0xffffffffU
#define SCREEN_MAYBE 1U
#define SCREEN_RUNNERS 10

extern const struct screen_runner screen_cargo, screen_ctest, screen_go, screen_gtest, screen_jest,
	screen_mocha, screen_rspec, screen_tap, screen_unittest, screen_vitest;

/* A reader of lines of SOURCE that no runner is known of yet. */
struct screen *screen_new(TALLOC_CTX *mem, struct source *source);
/* The runners that SAMPLE is of are expected from the first line on. */
void screen_expect(struct screen *screen, const char *sample, size_t length);
/* Take one line, blank or not, made by source_set_text. False: it is of no runner. */
bool screen_line(struct screen *screen, struct entry *out);
/* Add what runners stated to the figures of the source; after transcript_finish. */
void screen_finish(struct screen *screen);
/* What lines that are given to nobody yet show of runners. */
struct screen_signs;
struct screen_signs *screen_signs_new(TALLOC_CTX *mem);
/* Is a raw line sure of some runner? */
bool screen_begins(struct screen_signs *signs, const char *line, size_t length);
/*
 * From its LINE (as the reader gave it) on, of which SIGNS are sure, SOURCE is read as a screen; the
 * ledger says so. SIGNS must outlive the source.
 */
void screen_take_over(struct source *source, const struct screen_signs *signs, const char *line,
	size_t length, uint64_t number);

/* For runners. */
/* The test NAME, new or known; OUT, where given, is of it, and tells of it first. */
struct test *screen_test(struct screen *screen, struct entry *out, struct span name);
/* The outcome of TEST; once in a session, however often it is told. False: it was told before. */
bool screen_tell(struct screen *screen, struct test *test, enum outcome outcome);
/* The same, each time: for runners that may have several tests of one name. */
void screen_count(struct screen *screen, struct test *test, enum outcome outcome);
/* The outcome of TEST, told behind the figures, which contain it; only where none is known. */
void screen_late(struct screen *screen, struct test *test, enum outcome outcome);
/* Was the runner unknown when the input began? Then its first lines are lost. */
bool screen_is_late(const struct screen *screen);
/* TEST stands for more tests than one: they count, too. */
void screen_missing(struct screen *screen, struct test *test, const struct counts *more);
/* What failed is told from here on: what was told of a test before is no part of it. */
void screen_block(struct screen *screen);
/* A line of what failed in out->test; the first is an error. */
void screen_error(struct screen *screen, struct entry *out, struct span text);
/* One more line of the message of out->test, which has one. */
void screen_more(struct screen *screen, struct entry *out, struct span text);
/* What failed, where no line tells it. */
void screen_message(struct screen *screen, struct test *test, const char *text);
/*
 * OUT may be what failed in out->test, whose verdict has not come: it is an error if the test fails
 * and this is still its message then. Entries wait for that, up to SCREEN_HELD of them.
 */
#define SCREEN_HELD 2000
void screen_hold(struct screen *screen, struct entry *out);
/* The verdicts came: no entry waits any more. */
void screen_release(struct screen *screen);
/* "PATH:12" at the beginning of PLACE is where TEST failed, unless that is known. */
void screen_where(struct test *test, struct span place);
/* The runner's own figures end a session. Several add up. */
void screen_state(struct screen *screen, const struct counts *counts);
/* What was counted since the last statement. */
const struct counts *screen_counted(const struct screen *screen);

/* held: entries in the order of the input, some of which wait. */
struct screen_held;
struct screen_held *screen_held_new(TALLOC_CTX *mem);
/* The entry that is taken next may be an error; it waits, and all behind it. */
void screen_held_begin(struct screen_held *held);
/* All that wait may go. False: none did. */
bool screen_held_end(struct screen_held *held);
/* True: OUT waits now, as a copy. False: none waits, it may go. */
bool screen_held_take(struct screen_held *held, const struct entry *out);
/* The next one that may go, good until the next call; false: none. */
bool screen_held_next(struct screen_held *held, struct entry *out);

#endif
