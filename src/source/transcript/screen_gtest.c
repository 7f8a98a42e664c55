/*
 * GoogleTest: "[ RUN      ] Suite.Test", "x.cc:3: Failure" and what was expected,
 * "[  FAILED  ] Suite.Test (0 ms)", and figures at the end.
 */
#include "source/transcript/screen.h"

#include <string.h>

struct gtest {
	struct test *running, *last; /* LAST: whose verdict came last */
	bool told; /* a failure is being told */
	bool listing; /* at the end the failed ones are told again */
};

static const struct {
	const char *mark;
	enum outcome outcome;
} marks[] = {
	{ "[       OK ] ", OUTCOME_PASSED },
	{ "[  FAILED  ] ", OUTCOME_FAILED },
	{ "[  SKIPPED ] ", OUTCOME_SKIPPED },
};

static const struct screen_figure figures[] = {
	{ "tests", OUTCOME_NONE },
	{ "test", OUTCOME_NONE },
	{ NULL, OUTCOME_NONE },
};

static bool begins(struct span line)
{
	return screen_skip(&line, "[==========] Running ") &&
	       screen_find(line, " test") < line.length;
}

/* With --gtest_brief only verdicts are told. */
static unsigned sign(unsigned seen, struct span line)
{
	if (begins(line))
		return SCREEN_SURE;
	if (screen_skip(&line, "[ RUN      ] ") ||
		(screen_skip(&line, "[  FAILED  ] ") && screen_ends(line, " ms)")))
		return memchr(line.text, '.', line.length) != NULL ? SCREEN_SURE : seen;
	return seen;
}

/* "[  PASSED  ] 2 tests.", "[  FAILED  ] 3 tests, listed below:". */
static bool figure_line(struct screen *screen, struct gtest *gtest, struct span line)
{
	static const struct {
		const char *mark;
		enum outcome outcome;
	} totals[] = { { "[  PASSED  ] ", OUTCOME_PASSED }, { "[  FAILED  ] ", OUTCOME_FAILED },
		{ "[  SKIPPED ] ", OUTCOME_SKIPPED } };
	struct counts counts = { 0 }, none;

	for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++) {
		struct span rest = line, start;
		uint64_t number;

		if (!screen_skip(&rest, totals[i].mark))
			continue;
		if (screen_ends(rest, ", listed below:"))
			rest = screen_cut(rest, rest.length - strlen(", listed below:"));
		else if (screen_ends(rest, "."))
			rest = screen_cut(rest, rest.length - 1);
		else
			return false;
		start = rest;
		if (!screen_figures(rest, ',', figures, &none) || !screen_number(&start, &number))
			return false;
		screen_add(&counts, totals[i].outcome, number);
		screen_state(screen, &counts);
		gtest->listing = true;
		return true;
	}
	return false;
}

/* "Inst/P.Even/0, where GetParam() = 1 (0 ms)": the name, and the time in *DURATION. */
static struct span name_of(struct span rest, int64_t *duration)
{
	size_t at = screen_find_last(rest, " (");

	if (screen_ends(rest, " ms)") && at < rest.length) {
		*duration = line_seconds(rest.text + at + 2, rest.length - at - 2);
		*duration = *duration < 0 ? -1 : *duration / 1000;
		rest = screen_cut(rest, at);
	}
	return screen_cut(rest, screen_find(rest, ", where "));
}

static bool verdict_line(struct screen *screen, struct gtest *gtest, struct entry *out)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct span rest = screen_of(out);
		int64_t duration = -1;

		if (!screen_skip(&rest, marks[i].mark))
			continue;
		rest = name_of(rest, &duration);
		if (memchr(rest.text, '.', rest.length) == NULL)
			return true;
		screen_test(screen, out, rest);
		if (gtest->listing) {
			screen_late(screen, out->test, marks[i].outcome); /* not in this file */
			return true;
		}
		screen_tell(screen, out->test, marks[i].outcome);
		if (marks[i].outcome != OUTCOME_FAILED)
			out->test->message = NULL;
		if (out->test->duration < 0)
			out->test->duration = duration;
		gtest->running = NULL;
		gtest->told = false;
		return true;
	}
	return false;
}

static const char *const crashes[] = { "Segmentation fault", "Aborted", "terminate called ",
	"Illegal instruction", "Bus error", "Floating point exception", "make: *** " };

/* The program died: it says so, or the shell, or make. */
static bool is_crash(struct span line)
{
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		if (screen_begin(line, crashes[i]))
			return true;
	return screen_find(line, "(core dumped)") < line.length;
}

/* "x.cc:3: Failure" begins what failed; a death ends everything. */
static void output(struct screen *screen, struct gtest *gtest, struct entry *out)
{
	struct span line = screen_of(out);
	size_t place = screen_place(line);

	out->test = gtest->running;
	if (is_crash(line)) {
		screen_tell(screen, gtest->running, OUTCOME_FAILED);
		screen_block(screen);
		screen_error(screen, out, line);
		gtest->running = NULL;
		return;
	}
	if (place == 0 && screen_begin(line, "unknown file: "))
		place = strlen("unknown file: ");
	if (place > 0 && screen_is(screen_trim(screen_from(line, place)), "Failure")) {
		gtest->told = true;
		screen_where(gtest->running, line);
		screen_block(screen);
		out->severity = SEVERITY_ERROR;
	} else if (place > 0 && screen_is(screen_trim(screen_from(line, place)), "Skipped")) {
		gtest->told = false;
	} else if (gtest->told) {
		screen_error(screen, out, line);
	} else {
		out->printed = true;
	}
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct gtest *gtest = state;
	struct span line = screen_of(out);

	if (line.length == 0) {
		gtest->told = false;
		return gtest->running != NULL;
	}
	if (begins(line)) {
		*gtest = (struct gtest){ 0 };
		return true;
	}
	if (screen_skip(&line, "[ RUN      ] ")) {
		gtest->running = screen_test(screen, out, line);
		gtest->told = false;
		gtest->listing = false;
		screen_block(screen);
		return true;
	}
	line = screen_of(out);
	if (figure_line(screen, gtest, line) || verdict_line(screen, gtest, out))
		return true;
	if (screen_begin(line, "[==========] ") || screen_begin(line, "[----------] ") ||
		screen_begin(line, "[ DISABLED ] "))
		return true;
	if (gtest->running == NULL)
		return false;
	output(screen, gtest, out);
	return true;
}

static void finish(struct screen *screen, void *state)
{
	const struct gtest *gtest = state;

	if (gtest->running != NULL)
		source_note(screen->source, "%s was running when the transcript ended",
			gtest->running->name);
}

const struct screen_runner screen_gtest = { "googletest", sizeof(struct gtest), sign, line, finish,
	false };
