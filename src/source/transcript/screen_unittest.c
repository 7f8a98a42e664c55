/*
 * Python's unittest (and Django's runner): "test_x (mod.Class) ... ok", a block
 * "FAIL: test_x (mod.Class)" for each failure, "Ran 8 tests in 0.001s", "FAILED (failures=2)".
 */
#include "source/transcript/screen.h"

#include <string.h>

enum part {
	PART_NONE,
	PART_TITLE,
	PART_BLOCK,
	PART_PRINTED,
	PART_RAN
};

struct unittest {
	enum part part;
	bool rule; /* the last line was a rule of "=" */
	struct test *running; /* its verdict has not come */
	struct test *block;
	bool traceback, told; /* in a traceback; its exception is being told */
	uint64_t ran, bad; /* tests that ran; tests that failed, by their blocks */
};

static bool is_rule(struct span line, char fill)
{
	for (size_t i = 0; i < line.length; i++)
		if (line.text[i] != fill)
			return false;
	return line.length == 70;
}

static const struct {
	const char *word;
	enum outcome outcome;
} titles[] = {
	{ "FAIL: ", OUTCOME_FAILED },
	{ "ERROR: ", OUTCOME_ERROR },
	{ "UNEXPECTED SUCCESS: ", OUTCOME_FAILED },
};

/* "Ran 8 tests in 0.001s". */
static bool is_ran(struct span line, uint64_t *ran)
{
	if (!screen_skip(&line, "Ran ") || !screen_number(&line, ran) ||
		!screen_skip(&line, " test"))
		return false;
	screen_skip(&line, "s");
	return screen_skip(&line, " in ") && screen_ends(line, "s") &&
	       line_seconds(line.text, line.length) >= 0 &&
	       memchr(line.text, ' ', line.length) == NULL;
}

static unsigned sign(unsigned seen, struct span line)
{
	uint64_t ran;

	if (is_ran(line, &ran))
		return SCREEN_SURE;
	if (is_rule(line, '='))
		return SCREEN_MAYBE;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]) && seen == SCREEN_MAYBE; i++)
		if (screen_begin(line, titles[i].word) && screen_find(line, " (") < line.length)
			return SCREEN_SURE;
	return 0;
}

/*
 * "test_x (mod.Class)" and, since Python 3.11, "test_x (mod.Class.test_x)", with " (i=1)" of a
 * subtest behind it: "mod.Class.test_x (i=1)". Owned by MEM; NULL: TITLE is none.
 */
static char *full_name(TALLOC_CTX *mem, struct span title)
{
	static const char failed[] = "unittest.loader._FailedTest";
	size_t at = screen_find(title, " ("), close;
	struct span name = screen_cut(title, at), owner, rest;
	bool same;

	owner = screen_from(title, at + 2);
	close = screen_find(owner, ")");
	if (at == title.length || close == owner.length || at == 0 ||
		memchr(name.text, ' ', name.length) != NULL ||
		memchr(owner.text, ' ', close) != NULL)
		return NULL;
	rest = screen_from(owner, close + 1);
	owner = screen_cut(owner, close);
	if (screen_begin(owner, failed)) /* a module that could not be imported */
		owner.length = 0;
	same = owner.length > name.length &&
	       memcmp(owner.text + owner.length - name.length, name.text, name.length) == 0 &&
	       owner.text[owner.length - name.length - 1] == '.';
	if (same)
		owner = screen_cut(owner, owner.length - name.length - 1);
	return mem_printf(mem, "%.*s%s%.*s%.*s", (int)owner.length, owner.text,
		owner.length > 0 ? "." : "", (int)name.length, name.text, (int)rest.length,
		rest.text);
}

static const struct {
	const char *word;
	enum outcome outcome;
} verdicts[] = {
	{ "ok", OUTCOME_PASSED },
	{ "FAIL", OUTCOME_FAILED },
	{ "ERROR", OUTCOME_ERROR },
	{ "skipped", OUTCOME_SKIPPED },
	{ "expected failure", OUTCOME_NONE },
	{ "unexpected success", OUTCOME_FAILED },
};

static enum outcome verdict_of(struct span text)
{
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		struct span rest = text;

		if (screen_skip(&rest, verdicts[i].word) &&
			(rest.length == 0 || screen_begin(rest, " '") || screen_begin(rest, " \"")))
			return verdicts[i].outcome;
	}
	return OUTCOME_COUNT;
}

static void tell(struct screen *screen, struct unittest *unittest, enum outcome outcome)
{
	struct test *test = unittest->running;

	unittest->running = NULL;
	if (outcome == OUTCOME_NONE && test->outcome == OUTCOME_NONE)
		test->outcome = OUTCOME_PASSED;
	else if (outcome != OUTCOME_NONE)
		screen_tell(screen, test, outcome);
}

static bool is_test(struct span title)
{
	return screen_begin(title, "test") || screen_begin(title, "setUp") ||
	       screen_begin(title, "tearDown") || screen_begin(title, "runTest");
}

/* "test_x (mod.Class) ... ok", or the first of two lines where the test has a docstring. */
static bool verbose_line(struct screen *screen, struct unittest *unittest, struct entry *out)
{
	struct span line = screen_of(out), title;
	size_t dots = screen_find(line, " ... ");
	enum outcome outcome;
	char *name;

	screen_blanks(&line); /* of a subtest */
	dots = screen_ends(line, " ...") ? line.length - 4 : screen_find(line, " ... ");
	title = screen_cut(line, dots);
	name = is_test(title) ? full_name(NULL, title) : NULL;
	if (name != NULL && screen_ends(title, ")")) {
		unittest->running = screen_test(screen, out, screen_span(name));
	} else if (unittest->running == NULL) {
		talloc_free(name);
		return false;
	}
	talloc_free(name);
	out->test = unittest->running;
	outcome = verdict_of(dots < line.length ? screen_trim(screen_from(line, dots + 4)) : line);
	if (outcome != OUTCOME_COUNT)
		tell(screen, unittest, outcome);
	else
		out->printed = title.length == line.length && name == NULL;
	return true;
}

/* "FAIL: test_x (mod.Class)" below a rule. */
static bool title_line(struct screen *screen, struct unittest *unittest, struct entry *out)
{
	struct span line = screen_of(out);
	size_t kind = 0;
	char *name;

	while (kind < 3 && !screen_skip(&line, titles[kind].word))
		kind++;
	if (kind == 3)
		return false;
	name = full_name(NULL, line);
	unittest->block =
		screen_test(screen, out, name != NULL ? screen_span(name) : screen_trim(line));
	talloc_free(name);
	unittest->bad += !screen_begin(line, "setUp") && !screen_begin(line, "tearDown");
	screen_tell(screen, unittest->block, titles[kind].outcome);
	screen_block(screen);
	unittest->part = PART_TITLE;
	unittest->traceback = unittest->told = false;
	unittest->running = NULL;
	if (kind == 2)
		screen_message(screen, unittest->block, "unexpected success");
	return true;
}

/* The exception at the end of a traceback; of chained ones the last. */
static void block_line(struct screen *screen, struct unittest *unittest, struct entry *out)
{
	struct span line = screen_of(out);

	out->test = unittest->block;
	if (screen_is(line, "Stdout:") || screen_is(line, "Stderr:")) {
		unittest->part = PART_PRINTED;
		return;
	}
	if (unittest->part == PART_PRINTED) {
		out->printed = true;
	} else if (screen_begin(line, "Traceback (most recent call last):")) {
		unittest->traceback = true;
		unittest->told = false;
	} else if (unittest->traceback && screen_begin(line, " ")) {
		out->quoted = line_is_code(line.text, line.length);
	} else if (unittest->traceback) {
		unittest->traceback = false;
		unittest->told = true;
		unittest->block->message = NULL;
		screen_block(screen);
		screen_error(screen, out, line);
	} else if (unittest->told) {
		screen_error(screen, out, line);
	}
}

static const struct {
	const char *key;
	enum outcome outcome;
	bool ran; /* they are among the tests that ran, and are no passes */
} figures[] = {
	{ "failures=", OUTCOME_FAILED, false },
	{ "errors=", OUTCOME_ERROR, false },
	{ "skipped=", OUTCOME_SKIPPED, true },
	{ "expected failures=", OUTCOME_NONE, true },
	{ "unexpected successes=", OUTCOME_FAILED, false },
};

/* "OK", "OK (skipped=1)", "FAILED (failures=2, errors=3)". */
static bool end_line(struct screen *screen, struct unittest *unittest, struct span line)
{
	struct counts counts = { 0 };
	uint64_t apart = unittest->bad, number;

	if (unittest->part != PART_RAN ||
		(!screen_skip(&line, "OK") && !screen_skip(&line, "FAILED") &&
			!screen_skip(&line, "NO TESTS RAN")))
		return false;
	screen_skip(&line, " (");
	while (line.length > 1) {
		size_t kind = 0;

		while (kind < 5 && !screen_skip(&line, figures[kind].key))
			kind++;
		if (kind == 5 || !screen_number(&line, &number))
			return false;
		screen_add(&counts, figures[kind].outcome, number);
		apart += figures[kind].ran ? number : 0;
		if (!screen_skip(&line, ", "))
			break;
	}
	counts.passed = unittest->ran > apart ? unittest->ran - apart : 0;
	screen_state(screen, &counts);
	*unittest = (struct unittest){ 0 };
	return true;
}

static bool is_dots(struct span line)
{
	size_t dots = strspn(line.text, ".FEsxu");

	return dots > 0 && dots == line.length;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct unittest *unittest = state;
	struct span line = screen_of(out);
	bool rule = unittest->rule;

	if (line.length == 0) {
		unittest->told = false;
		return unittest->part != PART_NONE;
	}
	unittest->rule = is_rule(line, '=');
	if (unittest->rule || is_rule(line, '-')) {
		if (unittest->part == PART_TITLE)
			unittest->part = PART_BLOCK;
		else
			unittest->part = PART_NONE;
		return true;
	}
	if (is_ran(line, &unittest->ran)) {
		unittest->part = PART_RAN;
		return true;
	}
	if (end_line(screen, unittest, line) || (rule && title_line(screen, unittest, out)))
		return true;
	if (unittest->part == PART_BLOCK || unittest->part == PART_PRINTED) {
		block_line(screen, unittest, out);
		return true;
	}
	if (unittest->part == PART_TITLE) {
		out->test = unittest->block;
		return true;
	}
	return verbose_line(screen, unittest, out) || is_dots(line);
}

static void finish(struct screen *screen, void *state)
{
	const struct unittest *unittest = state;

	if (unittest->running != NULL)
		source_note(screen->source, "%s was running when the transcript ended",
			unittest->running->name);
}

const struct screen_runner screen_unittest = { "unittest", sizeof(struct unittest), sign, line,
	finish, false };
