/*
 * Vitest, as its default and verbose reporters print it: " RUN  v2.1.9 /path", lines of files and
 * tests with marks, blocks " FAIL  file > group > test", and "Tests  1 failed | 2 passed (3)".
 */
#include "source/transcript/screen.h"

#include <string.h>

#define ANGLE "\xe2\x9d\xaf" /* U+276F */
#define BAR "\xe2\x8e\xaf" /* U+23AF */
#define RIGHT "\xe2\x86\x92 " /* U+2192 before what failed */

#define ROW 64 /* heads in a row that share what failed */

enum part {
	PART_NONE,
	PART_LIST,
	PART_OUTPUT,
	PART_TOLD,
	PART_FRAMES
};

struct vitest {
	char *file; /* of the lines of tests below it */
	enum part part;
	struct test *test; /* whose output or failure the lines are */
	struct test *row[ROW]; /* whose failure is that of TEST: their heads stand in a row */
	size_t row_length;
	bool told; /* a line of that failure came */
	struct screen_nest nest;
	uint64_t broken; /* files that could not be run */
	bool open; /* a run began, and did not end */
};

static const struct screen_figure figures[] = {
	{ "failed", OUTCOME_FAILED },
	{ "passed", OUTCOME_PASSED },
	{ "skipped", OUTCOME_SKIPPED },
	{ "todo", OUTCOME_SKIPPED },
	{ "expected fail", OUTCOME_PASSED },
	{ NULL, OUTCOME_NONE },
};

/* "      Tests  4 failed | 2 passed (8)". */
static bool is_figures(struct span line, const char *label, struct counts *counts)
{
	size_t at = screen_find_last(line, " (");

	if (!screen_begin(line, " ") || !screen_ends(line, ")") || at == line.length)
		return false;
	line = screen_cut(line, at);
	screen_blanks(&line);
	return screen_skip(&line, label) && screen_figures(line, '|', figures, counts);
}

static bool is_banner(struct span line)
{
	uint64_t number;

	return (screen_skip(&line, " RUN  v") || screen_skip(&line, " DEV  v")) &&
	       screen_number(&line, &number) && screen_begin(line, ".");
}

static unsigned sign(unsigned seen, struct span line)
{
	struct counts counts;

	if (is_figures(line, "Test Files  ", &counts) || is_banner(line))
		return SCREEN_SURE;
	return seen;
}

static const struct {
	const char *mark;
	enum outcome outcome; /* OUTCOME_NONE: it is of a group that failed in part */
} marks[] = {
	{ "\xe2\x9c\x93 ", OUTCOME_PASSED },
	{ "\xe2\x88\x9a ", OUTCOME_PASSED },
	{ "\xc3\x97 ", OUTCOME_FAILED },
	{ "\xe2\x9c\x96 ", OUTCOME_FAILED },
	{ "\xe2\x86\x93 ", OUTCOME_SKIPPED },
	{ ANGLE " ", OUTCOME_NONE },
	{ "> ", OUTCOME_NONE },
};

/* "name 5ms", "name 1.2s", "name [skipped]", "name (retry x2)": NAME alone. */
static struct span without_time(struct span name, int64_t *duration)
{
	for (;;) {
		size_t at = screen_find_last(name, " ");
		struct span last = screen_from(name, at + 1);
		bool milli = screen_ends(last, "ms");

		if (at == name.length || at == 0)
			return name;
		if (last.text[0] >= '0' && last.text[0] <= '9' && screen_ends(last, "s") &&
			strspn(last.text, "0123456789.") + (milli ? 2 : 1) == last.length) {
			*duration = line_seconds(last.text, last.length);
			if (milli)
				*duration /= 1000;
		} else if (screen_ends(name, ")") && screen_find_last(name, " (re") < name.length) {
			at = screen_find_last(name, " (re");
		} else if (!screen_is(last, "[skipped]") && !screen_is(last, "[todo]") &&
			   strncmp(last.text, "\xf0\x9f\x99\x88", 4) != 0) {
			return name;
		}
		name = screen_trim(screen_cut(name, at));
	}
}

/* "vt/x.test.mjs (6 tests | 3 failed)": the bytes of the path; 0: it is no such line. */
static size_t file_length(struct span rest)
{
	size_t at = screen_find(rest, " (");
	struct span inside = screen_from(rest, at + 2);
	uint64_t number;

	return at < rest.length && screen_number(&inside, &number) &&
			       screen_begin(inside, " test") && memchr(rest.text, ' ', at) == NULL
		       ? at
		       : 0;
}

static struct test *test_of(
	struct screen *screen, struct vitest *vitest, struct entry *out, struct span name)
{
	bool full = screen_find(name, " > ") < name.length && vitest->file == NULL;
	char *text = full ? mem_strndup(NULL, name.text, name.length)
			  : screen_nest_name(NULL, &vitest->nest, vitest->file, name);
	struct test *test = screen_test(screen, out, screen_span(text));

	talloc_free(text);
	return test;
}

static void set_file(struct screen *screen, struct vitest *vitest, struct span file)
{
	talloc_free(vitest->file);
	vitest->file = file.length > 0 ? mem_strndup(screen, file.text, file.length) : NULL;
	screen_nest_close(&vitest->nest, 0);
	vitest->test = NULL;
}

static void mark_line(struct screen *screen, struct vitest *vitest, struct entry *out,
	struct span rest, size_t indent, enum outcome outcome)
{
	struct span none = { NULL, 0 }, name;
	size_t file = file_length(rest);
	int64_t duration = -1;

	screen_block(screen);
	vitest->part = PART_LIST;
	if (file > 0) {
		set_file(screen, vitest, screen_cut(rest, file));
		return;
	}
	name = without_time(rest, &duration);
	if (indent <= 1)
		set_file(screen, vitest, none);
	screen_nest_close(&vitest->nest, indent);
	if (outcome == OUTCOME_NONE) {
		screen_nest_open(screen, &vitest->nest, indent, name);
		return;
	}
	if (indent <= 1 && screen_find(name, " > ") == name.length)
		return;
	vitest->test = test_of(screen, vitest, out, name);
	screen_tell(screen, vitest->test, outcome);
	if (vitest->test->duration < 0)
		vitest->test->duration = duration;
}

/* A line of a file, of a test, or of what failed in it, in the list. */
static bool list_line(struct screen *screen, struct vitest *vitest, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && indent > 0; i++) {
		struct span rest = line;

		if (!screen_skip(&rest, marks[i].mark))
			continue;
		mark_line(screen, vitest, out, rest, indent, marks[i].outcome);
		return true;
	}
	if (vitest->part != PART_LIST || vitest->test == NULL)
		return false;
	out->test = vitest->test;
	screen_skip(&line, RIGHT);
	screen_error(screen, out, line);
	return true;
}

/* " FAIL  file > group > test", " FAIL  file [ file ]"; a project's name in bars may come first. */
static bool fail_line(struct screen *screen, struct vitest *vitest, struct entry *out)
{
	struct span line = screen_of(out), none = { NULL, 0 };
	struct test *test, *previous;
	size_t at;

	if (!screen_skip(&line, " FAIL  "))
		return false;
	if (screen_begin(line, "|"))
		line = screen_trim(screen_from(line, screen_find(line, "| ") + 1));
	previous = vitest->test;
	set_file(screen, vitest, none);
	at = screen_find(line, " [ ");
	if (screen_find(line, " > ") == line.length && at == line.length)
		return false;
	test = screen_test(screen, out, screen_trim(screen_cut(line, at)));
	if (screen_tell(screen, test, at < line.length ? OUTCOME_ERROR : OUTCOME_FAILED))
		vitest->broken += at < line.length;
	if (vitest->part != PART_TOLD || vitest->told || previous == NULL)
		vitest->row_length = 0;
	else if (vitest->row_length < ROW)
		vitest->row[vitest->row_length++] = previous;
	test->message = NULL; /* the list told only its first line */
	vitest->told = false;
	vitest->test = test;
	vitest->part = PART_TOLD;
	screen_block(screen);
	return true;
}

/* "      1| code", "       |   ^". */
static bool is_frame(struct span line)
{
	uint64_t number;

	if (screen_blanks(&line) < 5)
		return false;
	screen_number(&line, &number);
	return screen_begin(line, "|");
}

/* The frame that is in the file of the test. */
static void where(struct test *test, struct span place)
{
	size_t at = screen_find(place, ":");

	if (at > 0 && strncmp(test->name, place.text, at) == 0)
		screen_where(test, place);
}

static void told_line(struct screen *screen, struct vitest *vitest, struct entry *out)
{
	struct span line = screen_of(out);

	out->test = vitest->test;
	out->quoted = is_frame(line);
	if (screen_begin(line, " " ANGLE " ") || out->quoted) {
		if (vitest->test != NULL)
			where(vitest->test, screen_from(line, strlen(" " ANGLE " ")));
		vitest->part = PART_FRAMES;
		return;
	}
	if (vitest->part != PART_TOLD)
		return;
	screen_error(screen, out, line);
	for (size_t i = 0; i < vitest->row_length && !vitest->told && vitest->test != NULL; i++)
		screen_message(screen, vitest->row[i], line.text);
	vitest->told = true;
}

/* "stdout | file > test": what that test printed, up to a blank line. */
static bool output_line(struct screen *screen, struct vitest *vitest, struct entry *out)
{
	struct span line = screen_of(out), none = { NULL, 0 };

	if (!screen_skip(&line, "stdout | ") && !screen_skip(&line, "stderr | "))
		return false;
	set_file(screen, vitest, none);
	vitest->part = PART_OUTPUT;
	if (screen_find(line, " > ") < line.length)
		vitest->test = screen_test(screen, out, line);
	return true;
}

/* Bars, and the figures at the end. */
static bool end_line(struct screen *screen, struct vitest *vitest, struct entry *out)
{
	struct span line = screen_of(out), rest = line;
	struct counts counts = { 0 };
	uint64_t number;

	if (screen_begin(line, BAR)) {
		vitest->part = screen_find(line, "Unhandled") < line.length ? PART_TOLD : PART_NONE;
		vitest->test = NULL;
		return true;
	}
	screen_blanks(&rest);
	if (is_figures(line, "Tests  ", &counts)) {
		counts.errors += vitest->broken;
		vitest->broken = 0;
		screen_state(screen, &counts);
	} else if (screen_begin(line, "     ") && screen_skip(&rest, "Errors  ") &&
		   screen_number(&rest, &number) && screen_begin(rest, " error")) {
		counts.errors = number;
		screen_state(screen, &counts);
	} else if (!is_figures(line, "Test Files  ", &counts)) {
		return screen_begin(rest, "Start at  ") || screen_begin(rest, "Duration  ");
	}
	vitest->part = PART_NONE;
	vitest->open = false;
	return true;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct vitest *vitest = state;
	struct span line = screen_of(out);

	if (line.length == 0) {
		if (vitest->part == PART_OUTPUT || vitest->part == PART_LIST)
			vitest->part = PART_NONE;
		return vitest->part != PART_NONE;
	}
	if (is_banner(line)) {
		vitest->open = true;
		return true;
	}
	if (fail_line(screen, vitest, out) || end_line(screen, vitest, out) ||
		output_line(screen, vitest, out))
		return true;
	if (vitest->part == PART_OUTPUT) {
		out->test = vitest->test;
		out->printed = true;
		return true;
	}
	if (vitest->part == PART_TOLD || vitest->part == PART_FRAMES) {
		told_line(screen, vitest, out);
		return true;
	}
	return vitest->open && list_line(screen, vitest, out);
}

static void finish(struct screen *screen, void *state)
{
	const struct vitest *vitest = state;

	if (vitest->open)
		source_note(
			screen->source, "the figures at the end of a run of Vitest are missing");
}

const struct screen_runner screen_vitest = { "vitest", sizeof(struct vitest), sign, line, finish,
	true };
