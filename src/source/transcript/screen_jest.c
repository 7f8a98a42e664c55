/*
 * Jest, as @jest/reporters prints it: "FAIL test/x.test.js", with --verbose its tests with marks,
 * then a block "  * group > test" for each failure, and "Tests: 1 failed, 2 passed, 3 total".
 */
#include "source/transcript/screen.h"

#include <string.h>

#define BULLET "\xe2\x97\x8f " /* U+25CF */
#define ARROW " \xe2\x80\xba " /* U+203A between titles */

enum part {
	PART_NONE,
	PART_LIST,
	PART_CONSOLE,
	PART_TOLD,
	PART_FRAMES
};

struct jest {
	char *file; /* whose results follow; NULL: of none */
	enum part part;
	struct screen_nest nest;
	struct test *block;
	uint64_t broken; /* files that could not be run: errors beside those that are stated */
};

static bool has_ending(struct span path)
{
	static const char *const endings[] = { ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts",
		".cts", ".vue", ".svelte", ".coffee" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (screen_ends(path, endings[i]))
			return true;
	return false;
}

/* "FAIL test/x.test.js (5.1 s)", " PASS  unit  test/x.test.js": the path; none: no length. */
static struct span file_of(struct span line)
{
	struct span none = { line.text, 0 }, path;
	size_t at;

	screen_skip(&line, " ");
	if (!screen_skip(&line, "FAIL ") && !screen_skip(&line, "PASS "))
		return none;
	line = screen_trim(line);
	while (screen_ends(line, ")")) {
		at = screen_find_last(line, " (");
		if (at == line.length)
			return none;
		line = screen_trim(screen_cut(line, at));
	}
	at = screen_find_last(line, " ");
	path = at == line.length ? line : screen_from(line, at + 1);
	/* a name of a project may stand before it; what Vitest puts there has an arrow */
	if (screen_find(line, " > ") < line.length || !has_ending(path))
		return none;
	return path;
}

static const struct screen_figure figures[] = {
	{ "failed", OUTCOME_FAILED },
	{ "passed", OUTCOME_PASSED },
	{ "skipped", OUTCOME_SKIPPED },
	{ "pending", OUTCOME_SKIPPED },
	{ "todo", OUTCOME_SKIPPED },
	{ "obsolete", OUTCOME_NONE },
	{ NULL, OUTCOME_NONE },
};

/* "Tests: 1 failed, 3 total"; where Jest gave up, suites are "1 failed, 1 of 2 total". */
static bool is_figures(struct span line, const char *label, struct counts *counts)
{
	size_t at;
	uint64_t number;

	if (!screen_skip(&line, label) || !screen_ends(line, " total"))
		return false;
	line = screen_trim(line);
	at = screen_find_last(line, ", ");
	*counts = (struct counts){ 0 };
	if (at == line.length)
		return screen_number(&line, &number) && screen_is(line, " total");
	return screen_figures(screen_cut(line, at), ',', figures, counts);
}

/* A file and a bullet a few lines below it, or both figures. */
static unsigned sign(unsigned seen, struct span line)
{
	struct counts counts;

	if (is_figures(line, "Test Suites: ", &counts))
		return 1000;
	if (seen == 1000)
		return is_figures(line, "Tests: ", &counts) ? SCREEN_SURE : 0;
	if (file_of(line).length > 0)
		return SCREEN_MAYBE;
	if (seen > 0 && seen < 60 && screen_begin(line, "  " BULLET))
		return SCREEN_SURE;
	return seen > 0 && seen < 60 ? seen + 1 : 0;
}

static const struct {
	const char *mark;
	enum outcome outcome;
} marks[] = {
	{ "\xe2\x9c\x93 ", OUTCOME_PASSED },
	{ "\xe2\x88\x9a ", OUTCOME_PASSED },
	{ "\xe2\x9c\x95 ", OUTCOME_FAILED },
	{ "\xc3\x97 ", OUTCOME_FAILED },
	{ "\xe2\x97\x8b skipped ", OUTCOME_SKIPPED },
	{ "\xe2\x97\x8b disabled ", OUTCOME_SKIPPED },
	{ "\xe2\x97\x8b ", OUTCOME_SKIPPED },
	{ "\xe2\x9c\x8e todo ", OUTCOME_SKIPPED },
};

/* "adds (2 ms)", "adds (1.234 s)": without the time. */
static struct span without_time(struct span name, int64_t *duration)
{
	size_t at = screen_find_last(name, " (");
	bool milli = screen_ends(name, " ms)");

	if (at == name.length || (!milli && !screen_ends(name, " s)")))
		return name;
	*duration = line_seconds(name.text + at + 2, name.length - at - 2);
	if (*duration >= 0 && milli)
		*duration /= 1000;
	return screen_cut(name, at);
}

static struct test *test_of(
	struct screen *screen, struct jest *jest, struct entry *out, struct span name)
{
	char *full = screen_nest_name(NULL, &jest->nest, jest->file, name);
	struct test *test = screen_test(screen, out, screen_span(full));

	talloc_free(full);
	return test;
}

static void list_line(struct screen *screen, struct jest *jest, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line);
	int64_t duration = -1;
	struct test *test;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (!screen_skip(&line, marks[i].mark))
			continue;
		screen_nest_close(&jest->nest, indent);
		test = test_of(screen, jest, out, without_time(line, &duration));
		screen_tell(screen, test, marks[i].outcome);
		if (test->duration < 0)
			test->duration = duration;
		return;
	}
	screen_nest_open(screen, &jest->nest, indent, line);
}

static const char *const no_tests[] = { "Cannot log after tests are done", "Validation ",
	"Deprecation Warning", "Multiple configurations found" };

/* "group > inner > test": titles become those of the name. */
static void open_titles(
	struct screen *screen, struct jest *jest, struct entry *out, struct span rest)
{
	size_t at;

	screen_nest_close(&jest->nest, 0);
	while ((at = screen_find(rest, ARROW)) < rest.length) {
		screen_nest_open(screen, &jest->nest, jest->nest.depth, screen_cut(rest, at));
		rest = screen_from(rest, at + strlen(ARROW));
	}
	jest->block = test_of(screen, jest, out, rest);
	screen_tell(screen, jest->block, OUTCOME_FAILED);
}

static bool block_title(struct screen *screen, struct jest *jest, struct entry *out)
{
	struct span line = screen_of(out);

	if (!screen_skip(&line, "  " BULLET) || jest->file == NULL)
		return false;
	line = screen_trim(line);
	screen_block(screen);
	jest->part = PART_TOLD;
	jest->block = NULL;
	if (screen_is(line, "Console")) {
		jest->part = PART_CONSOLE;
		return true;
	}
	for (size_t i = 0; i < sizeof(no_tests) / sizeof(no_tests[0]); i++)
		if (screen_begin(line, no_tests[i]))
			return true;
	if (screen_is(line, "Test suite failed to run")) {
		jest->block = screen_test(screen, out, screen_span(jest->file));
		jest->broken += screen_tell(screen, jest->block, OUTCOME_ERROR);
		return true;
	}
	open_titles(screen, jest, out, line);
	return true;
}

/* "    > 2 |  code", "        |   ^": the code around a place. */
static bool is_frame(struct span line)
{
	uint64_t number;

	screen_blanks(&line);
	screen_skip(&line, "> ");
	screen_blanks(&line);
	screen_number(&line, &number);
	screen_blanks(&line);
	return screen_begin(line, "|");
}

static void block_line(struct screen *screen, struct jest *jest, struct entry *out)
{
	struct span line = screen_of(out);

	out->test = jest->block;
	if (jest->part == PART_CONSOLE) {
		out->printed = true;
		return;
	}
	out->quoted = is_frame(line);
	screen_blanks(&line);
	if (jest->block != NULL && screen_begin(line, "at "))
		screen_where(jest->block, screen_from(line, screen_find(line, jest->file)));
	if (out->quoted || screen_begin(line, "at "))
		jest->part = PART_FRAMES;
	else if (jest->part == PART_TOLD)
		screen_error(screen, out, line);
}

static void set_file(struct screen *screen, struct jest *jest, struct span file)
{
	talloc_free(jest->file);
	jest->file = file.length > 0 ? mem_strndup(screen, file.text, file.length) : NULL;
	jest->part = file.length > 0 ? PART_LIST : PART_NONE;
	jest->block = NULL;
	screen_nest_close(&jest->nest, 0);
}

static const char *const ends[] = { "Test Suites: ", "Snapshots: ", "Time: ", "Ran all test suites",
	"Summary of all failing tests", "Force exiting Jest", "Jest: ", "Jest did not exit" };

/* Figures, and what stands around them. */
static bool end_line(struct screen *screen, struct jest *jest, struct span line)
{
	struct span none = { NULL, 0 };
	struct counts counts;

	if (is_figures(line, "Tests: ", &counts)) {
		counts.errors += jest->broken;
		jest->broken = 0;
		screen_state(screen, &counts);
		set_file(screen, jest, none);
		return true;
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (screen_begin(line, ends[i])) {
			set_file(screen, jest, none);
			return true;
		}
	return false;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct jest *jest = state;
	struct span file = file_of(screen_of(out));

	if (file.length > 0) {
		set_file(screen, jest, file);
		return true;
	}
	if (out->text_len == 0) {
		if (jest->part == PART_LIST)
			screen_nest_close(&jest->nest, 0);
		return jest->part != PART_NONE;
	}
	if (end_line(screen, jest, screen_of(out)) || block_title(screen, jest, out))
		return true;
	if (jest->file == NULL || !screen_begin(screen_of(out), "  "))
		return false;
	if (jest->part == PART_LIST)
		list_line(screen, jest, out);
	else
		block_line(screen, jest, out);
	return true;
}

static void finish(struct screen *screen, void *state)
{
	(void)screen;
	(void)state;
}

const struct screen_runner screen_jest = { "jest", sizeof(struct jest), sign, line, finish, false };
