/*
 * CTest: "2/8 Test #2: name ....***Failed  0.01 sec", what failing tests printed behind it or, with
 * -V, before it as "2: text", and "29% tests passed, 5 tests failed out of 7".
 */
#include "source/transcript/screen.h"

#include <string.h>

#define NUMBERS_MAX 100000 /* tests of which the number is remembered */

struct ctest {
	struct test **tests; /* by number, less one */
	size_t count;
	struct test *block; /* that failed, and whose output follows */
	bool told; /* a failure of GoogleTest is being told in that */
	bool names; /* in the list of what failed */
	uint64_t skipped; /* that are counted as passed at the end */
	bool open; /* tests were told, the figures were not */
};

/* How a test ended, as the words behind its dots say. */
static const struct {
	const char *word;
	enum outcome outcome;
	bool plain; /* says no more than that */
} statuses[] = {
	{ "Passed", OUTCOME_PASSED, true },
	{ "***Not Run (Disabled)", OUTCOME_SKIPPED, true },
	{ "***Skipped", OUTCOME_SKIPPED, true },
	{ "***Failed  Error ", OUTCOME_FAILED, false },
	{ "***Failed  Required ", OUTCOME_FAILED, false },
	{ "***Failed", OUTCOME_FAILED, true },
	{ "***Timeout", OUTCOME_FAILED, false },
	{ "***Not Run", OUTCOME_FAILED, false },
	{ "***Exception: ", OUTCOME_FAILED, false },
};

#define STATUSES (sizeof(statuses) / sizeof(statuses[0]))

struct result {
	uint64_t number;
	struct span name, status;
	size_t kind; /* in the table */
};

/* " 2/10 Test  #2: name ...........***Failed    0.00 sec". */
static bool parse_result(struct span line, struct result *out)
{
	uint64_t number;
	size_t dots;

	screen_blanks(&line);
	if (!screen_number(&line, &number) || !screen_skip(&line, "/") ||
		!screen_number(&line, &number) || !screen_skip(&line, " Test"))
		return false;
	screen_blanks(&line);
	if (!screen_skip(&line, "#") || !screen_number(&line, &out->number) ||
		!screen_skip(&line, ": "))
		return false;
	dots = screen_find(line, " ..");
	if (dots == line.length)
		return false;
	out->name = screen_cut(line, dots);
	line = screen_from(line, dots + 1);
	while (screen_skip(&line, "."))
		;
	out->status = screen_trim(line);
	dots = screen_find(line, "***"); /* "Subprocess aborted***Exception: " */
	line = dots < line.length ? screen_from(line, dots) : out->status;
	for (out->kind = 0; out->kind < STATUSES; out->kind++)
		if (screen_begin(line, statuses[out->kind].word))
			return true;
	return false;
}

/* "29% tests passed, 5 tests failed out of 7". */
static bool is_figures(struct span line, struct counts *counts)
{
	uint64_t percent, failed, total;

	if (!screen_number(&line, &percent) || !screen_skip(&line, "% tests passed, ") ||
		!screen_number(&line, &failed))
		return false;
	if (!screen_skip(&line, " tests failed out of ") &&
		!screen_skip(&line, " test failed out of "))
		return false;
	if (!screen_number(&line, &total) || failed > total)
		return false;
	*counts = (struct counts){ .passed = total - failed, .failed = failed };
	return true;
}

static unsigned sign(unsigned seen, struct span line)
{
	struct result result;
	struct counts counts;

	return parse_result(line, &result) || is_figures(line, &counts) ? SCREEN_SURE : seen;
}

static void remember(struct screen *screen, struct ctest *ctest, uint64_t number, struct test *test)
{
	if (number == 0 || number > NUMBERS_MAX)
		return;
	while (ctest->count < number) {
		ctest->tests = mem_grow(screen, ctest->tests, ctest->count, sizeof(*ctest->tests));
		ctest->tests[ctest->count++] = NULL;
	}
	ctest->tests[number - 1] = test;
}

/* The name stands in the line, so that what is quoted says "Timeout" and not only numbers. */
static bool result_line(struct screen *screen, struct ctest *ctest, struct entry *out)
{
	struct result result;
	enum outcome outcome;
	struct span status;
	struct test *test;
	size_t seconds;

	if (!parse_result(screen_of(out), &result))
		return false;
	outcome = statuses[result.kind].outcome;
	test = screen_test(screen, out, result.name);
	seconds = screen_find_last(result.status, "  ");
	status = screen_cut(result.status, seconds);
	test->duration = line_seconds(screen_trim(screen_from(result.status, seconds)).text,
		result.status.length - seconds);
	screen_tell(screen, test, outcome);
	remember(screen, ctest, result.number, test);
	ctest->skipped += screen_begin(status, "***Skipped");
	ctest->block = outcome == OUTCOME_FAILED ? test : NULL;
	ctest->told = false;
	ctest->open = true;
	ctest->names = false;
	if (outcome != OUTCOME_FAILED) {
		test->message = NULL;
		return true;
	}
	while (screen_skip(&status, "*"))
		;
	if (!statuses[result.kind].plain)
		screen_error(screen, out, screen_trim(status));
	screen_block(screen);
	return true;
}

/* "    Start 2: name". */
static bool start_line(struct screen *screen, struct ctest *ctest, struct entry *out)
{
	struct span line = screen_of(out);
	uint64_t number;

	screen_blanks(&line);
	if (!screen_skip(&line, "Start ") || screen_blanks(&line) > 8 ||
		!screen_number(&line, &number) || !screen_skip(&line, ": ") || line.length == 0)
		return false;
	remember(screen, ctest, number, screen_test(screen, out, line));
	ctest->block = NULL;
	ctest->open = true;
	return true;
}

/* What the test printed: a place says what failed, if anything does. */
static void output(struct screen *screen, struct ctest *ctest, struct entry *out, struct span text)
{
	struct test *test = out->test;
	size_t place = screen_place(text);

	ctest->told = ctest->told && !screen_begin(text, "[");
	if (ctest->told && test->outcome == OUTCOME_FAILED) {
		screen_error(screen, out, text);
		return;
	}
	out->printed = test->message != NULL || place == 0;
	if (out->printed)
		return;
	screen_where(test, text);
	if (test->outcome == OUTCOME_FAILED)
		screen_error(screen, out, text);
	else if (test->outcome == OUTCOME_NONE) /* with -V; its verdict will come */
		screen_message(screen, test, text.text);
	ctest->told = screen_is(screen_trim(screen_from(text, place)), "Failure");
}

/* "2: text", with -V. */
static bool numbered_line(struct screen *screen, struct ctest *ctest, struct entry *out)
{
	struct span line = screen_of(out);
	uint64_t number;

	if (!ctest->open || !screen_number(&line, &number) || !screen_begin(line, ":") ||
		number == 0 || number > ctest->count || ctest->tests[number - 1] == NULL)
		return false;
	out->test = ctest->tests[number - 1];
	output(screen, ctest, out, screen_trim(screen_from(line, 1)));
	return true;
}

/* "    2 - name (Failed)": the number and the words in brackets are not of the name. */
static bool name_line(struct screen *screen, struct ctest *ctest, struct entry *out)
{
	struct span line = screen_of(out);
	uint64_t number;
	size_t at;

	if (!ctest->names || screen_blanks(&line) == 0 || !screen_number(&line, &number) ||
		!screen_skip(&line, " - "))
		return false;
	at = screen_find_last(line, " (");
	if (at == line.length)
		return false;
	screen_test(screen, out, screen_cut(line, at));
	screen_late(screen, out->test, OUTCOME_FAILED); /* its line is not in this file */
	return true;
}

static bool figure_line(struct screen *screen, struct ctest *ctest, struct span line)
{
	struct counts counts;

	if (!is_figures(line, &counts))
		return false;
	counts.skipped = screen_counted(screen)->skipped;
	counts.passed -= ctest->skipped < counts.passed ? ctest->skipped : counts.passed;
	screen_state(screen, &counts);
	talloc_free(ctest->tests);
	*ctest = (struct ctest){ 0 };
	return true;
}

static const char *const others[] = { "Test project ", "Total Test time",
	"Errors while running CTest", "Label Time Summary", "The following tests did not run:" };

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct ctest *ctest = state;
	struct span line = screen_of(out);

	if (line.length == 0) {
		ctest->told = false;
		return ctest->open;
	}
	if (result_line(screen, ctest, out) || start_line(screen, ctest, out) ||
		figure_line(screen, ctest, line) || name_line(screen, ctest, out) ||
		numbered_line(screen, ctest, out))
		return true;
	if (screen_is(line, "The following tests FAILED:")) {
		ctest->names = true;
		return true;
	}
	if (ctest->block != NULL) {
		out->test = ctest->block;
		output(screen, ctest, out, line);
		return true;
	}
	ctest->names = false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (screen_begin(line, others[i]))
			return true;
	return ctest->open;
}

static void finish(struct screen *screen, void *state)
{
	const struct ctest *ctest = state;

	if (ctest->open)
		source_note(screen->source, "the figures at the end of a run of CTest are missing");
}

const struct screen_runner screen_ctest = { "ctest", sizeof(struct ctest), sign, line, finish,
	false };
