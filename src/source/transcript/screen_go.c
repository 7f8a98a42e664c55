/*
 * go test, with and without -v, as testing.(*T) and cmd/go print it: "=== RUN", "--- FAIL: T (0.00s)",
 * "    x_test.go:12: what failed", "FAIL<tab>package<tab>0.012s". The package comes behind its tests.
 */
#include "source/transcript/screen.h"

#include <string.h>

enum part {
	PART_NONE,
	PART_RUN, /* the speaker runs: what follows is its output */
	PART_RESULT, /* its verdict was told: what it said of the failure follows */
	PART_PANIC, /* the binary is ending, up to the line of the package */
	PART_BUILD, /* errors of the compiler */
};

struct go {
	struct test **tests; /* of the package that is open, named without it */
	size_t count;
	struct test *speaker;
	enum part part;
	bool fixed; /* the speaker's message is a panic or a race: nothing is better */
	bool failed; /* a test of the package did */
	bool running; /* "running tests:" of a panic */
	bool verbose; /* tests say when they run, and their verdicts come late */
	bool place; /* the last line was of a place, and may go on */
	char *reason; /* how the binary ended: "panic: ...", "exit status 3" */
	unsigned quiet; /* packages that passed, and did not say how many tests they have */
};

static const char *const kinds[] = { "Test", "Example", "Fuzz", "Benchmark" };

static bool is_name(struct span name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (screen_begin(name, kinds[i]))
			return memchr(name.text, ' ', name.length) == NULL;
	return false;
}

static const struct {
	const char *mark;
	enum outcome outcome;
} results[] = {
	{ "--- FAIL: ", OUTCOME_FAILED },
	{ "--- PASS: ", OUTCOME_PASSED },
	{ "--- SKIP: ", OUTCOME_SKIPPED },
};

/* "    --- FAIL: TestX/y (0.01s)": its parts. */
static bool parse_result(
	struct span line, struct span *name, enum outcome *outcome, int64_t *duration)
{
	size_t at;

	screen_blanks(&line);
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		struct span rest = line;

		if (!screen_skip(&rest, results[i].mark))
			continue;
		at = screen_find_last(rest, " (");
		*name = screen_cut(rest, at);
		*outcome = results[i].outcome;
		*duration = line_seconds(
			rest.text + at + 2, rest.length < at + 2 ? 0 : rest.length - at - 2);
		return at < rest.length && screen_ends(rest, "s)") && *duration >= 0 &&
		       name->length > 0 && memchr(name->text, ' ', name->length) == NULL;
	}
	return false;
}

enum end {
	END_NONE,
	END_OK,
	END_FAIL,
	END_BUILD,
	END_EMPTY
};

static const struct {
	const char *begin;
	const char *end; /* what the line ends with; NULL: with a time */
	enum end kind;
} ends[] = {
	{ "FAIL\t", " [build failed]", END_BUILD },
	{ "FAIL\t", " [setup failed]", END_BUILD },
	{ "FAIL\t", NULL, END_FAIL },
	{ "ok  \t", NULL, END_OK },
	{ "?   \t", "[no test files]", END_EMPTY },
	{ "\t", "coverage: 0.0% of statements", END_EMPTY },
};

static bool is_time(struct span rest)
{
	return screen_begin(rest, "(cached)") ||
	       (rest.length > 2 && line_seconds(rest.text, rest.length) >= 0 &&
		       memchr(rest.text, 's', rest.length) != NULL);
}

/* "FAIL<tab>example.com/shop/cart<tab>0.003s", "ok  <tab>...", "FAIL<tab>... [build failed]". */
static enum end parse_end(struct span line, struct span *package)
{
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct span rest = line;
		size_t at;

		if (!screen_skip(&rest, ends[i].begin))
			continue;
		at = ends[i].end == NULL ? screen_find(rest, "\t") : screen_find(rest, ends[i].end);
		*package = screen_trim(screen_cut(rest, at));
		if (at == rest.length || package->length == 0 ||
			memchr(package->text, ' ', package->length) != NULL)
			continue;
		if (ends[i].end != NULL || is_time(screen_from(rest, at + 1)))
			return ends[i].kind;
	}
	return END_NONE;
}

static unsigned sign(unsigned seen, struct span line)
{
	struct span name;
	enum outcome outcome;
	int64_t duration;
	enum end end;

	if (screen_skip(&line, "=== RUN   "))
		return is_name(line) ? SCREEN_SURE : seen;
	if (parse_result(line, &name, &outcome, &duration))
		return is_name(name) ? SCREEN_SURE : seen;
	end = parse_end(line, &name);
	return end != END_NONE && end != END_EMPTY ? SCREEN_SURE : seen;
}

static struct test *speak(struct screen *screen, struct go *go, struct entry *out, struct span name)
{
	size_t known = screen->source->info->test_count;
	struct test *test = screen_test(screen, out, name);

	if (screen->source->info->test_count > known) {
		go->tests = mem_grow(screen, go->tests, go->count, sizeof(*go->tests));
		go->tests[go->count++] = test;
	}
	if (go->speaker != test)
		go->fixed = go->place = false;
	go->speaker = test;
	return test;
}

static bool take_mark(struct screen *screen, struct go *go, struct entry *out)
{
	static const char *const marks[] = { "=== RUN   ", "=== CONT  ", "=== NAME  ",
		"=== PAUSE " };
	struct span line = screen_of(out);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct span name = line;

		if (!screen_skip(&name, marks[i]))
			continue;
		go->part = PART_RUN;
		go->verbose = true;
		if (i == 0 && memchr(name.text, '/', name.length) == NULL)
			screen_release(screen);
		name = screen_trim(name);
		if (name.length > 0 && memchr(name.text, ' ', name.length) == NULL)
			speak(screen, go, out, name);
		else
			go->speaker = NULL;
		return true;
	}
	return false;
}

static bool take_result(struct screen *screen, struct go *go, struct entry *out)
{
	struct span name;
	enum outcome outcome;
	int64_t duration;
	struct test *test;

	if (!parse_result(screen_of(out), &name, &outcome, &duration))
		return false;
	if (!go->verbose && out->text[0] == '-')
		screen_release(screen);
	test = speak(screen, go, out, name);
	test->duration = duration;
	screen_count(screen, test, outcome);
	go->failed = go->failed || outcome == OUTCOME_FAILED;
	go->part = PART_RESULT;
	return true;
}

static void keep_reason(struct screen *screen, struct go *go, struct span text)
{
	talloc_free(go->reason);
	text = screen_cut(screen_trim(text), 1000);
	go->reason = mem_strndup(screen, text.text, text.length);
}

/* The speaker did not come to its verdict. */
static void fail(struct screen *screen, struct go *go, struct test *test)
{
	if (test->outcome == OUTCOME_NONE)
		screen_count(screen, test, OUTCOME_FAILED);
	go->failed = true;
	if (go->reason != NULL && !go->fixed) {
		test->message = NULL;
		screen_message(screen, test, go->reason);
	}
}

static const char *const crashes[] = {
	"panic: ", "fatal error: ", "SIGQUIT: ", "unexpected fault "
};

static bool take_panic(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);
	bool crash = false;

	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		crash = crash || screen_begin(line, crashes[i]);
	if (!crash || (go->part == PART_PANIC && go->reason != NULL))
		return false;
	keep_reason(screen, go, line);
	go->part = PART_PANIC;
	out->severity = SEVERITY_ERROR;
	out->test = go->speaker;
	/* a time limit ends the binary, and the speaker may have ended before; the list below says */
	if (go->speaker != NULL && screen_find(line, "test timed out after") == line.length) {
		fail(screen, go, go->speaker);
		go->fixed = true;
	} else if (go->speaker != NULL && go->speaker->outcome != OUTCOME_NONE) {
		out->test = go->speaker = NULL;
	}
	return true;
}

/* "example.com/shop/slow.TestHang(0x0?)", "....TestHang.func1()": the test in a frame. */
static struct span frame_test(struct span line)
{
	size_t slash = screen_find_last(line, "/"), end = 0;

	if (slash < line.length)
		line = screen_from(line, slash + 1);
	line = screen_from(line, screen_find(line, ".Test") + 1);
	while (end < line.length && strchr(".(", line.text[end]) == NULL)
		end++;
	return end < line.length && is_name(screen_cut(line, end)) ? screen_cut(line, end)
								   : screen_cut(line, 0);
}

/* What a binary prints while it ends may say which test it was. */
static void take_stack(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out), name = { NULL, 0 };

	if (screen_is(line, "running tests:")) {
		go->running = true;
	} else if (go->running && screen_skip(&line, "\t")) {
		name = screen_cut(line, screen_find(line, " ("));
		if (!is_name(name))
			name.length = 0;
	} else if (go->speaker == NULL || go->speaker->outcome == OUTCOME_NONE) {
		go->running = false;
		if (line.length > 0 && strchr(" \t", line.text[0]) == NULL)
			name = frame_test(line);
	}
	if (name.length > 0) {
		fail(screen, go, speak(screen, go, out, name));
		go->fixed = true;
	}
	out->test = go->speaker;
}

/* A further line; testify has the place and the name once more, and a label before what failed. */
static void go_on(struct screen *screen, struct go *go, struct entry *out, struct span text)
{
	if (screen_begin(text, "Error Trace:") || screen_begin(text, "Test:"))
		return;
	if (screen_skip(&text, "Error:"))
		screen_blanks(&text);
	if (go->speaker->message != NULL) {
		screen_more(screen, out, text);
	} else {
		screen_message(screen, go->speaker, text.text);
		screen_hold(screen, out);
	}
}

/* "    x_test.go:12: what failed", and deeper lines that go on. */
static void take_place(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out), text;
	size_t indent = screen_blanks(&line), place = screen_place(line);
	bool begins = place > 0 && screen_find(screen_cut(line, place), ".go:") < place;

	out->test = go->speaker;
	if (begins && indent >= 4) {
		text = screen_trim(screen_from(line, place));
		/* what is logged last is nearest to the failure */
		if (!go->fixed)
			go->speaker->message = NULL;
		go->place = true;
		if (text.length > 0 && !go->fixed)
			screen_message(screen, go->speaker, text.text);
		screen_hold(screen, out);
	} else if (go->place && indent >= 8) {
		go_on(screen, go, out, line);
	} else {
		out->printed = true;
		go->place = false;
	}
}

static void take_race(struct go *go, struct entry *out)
{
	out->severity = SEVERITY_ERROR;
	out->test = go->speaker;
	if (go->speaker == NULL)
		return;
	go->speaker->message = mem_strdup(go->speaker, "WARNING: DATA RACE");
	go->fixed = true;
}

/* "# example.com/shop/broken [example.com/shop/broken.test]", then errors with their places. */
static bool take_build(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);

	if (go->part != PART_RUN && screen_skip(&line, "# ")) {
		line = screen_cut(line, screen_find(line, " ["));
		if (line.length == 0 || memchr(line.text, ' ', line.length) != NULL)
			return false;
		if (line.text[0] == '[') /* vet says it twice */
			return go->part == PART_BUILD;
		go->part = PART_BUILD;
		go->speaker = screen_test(screen, out, line);
		go->speaker->message = NULL;
		screen_block(screen);
		return true;
	}
	if (go->part != PART_BUILD)
		return false;
	if (screen_place(line) == 0 && !screen_begin(line, "\t")) {
		go->part = PART_NONE;
		return false;
	}
	out->test = go->speaker;
	screen_error(screen, out, line);
	return true;
}

/* A package that failed without a test that did: its binary ended, or was never built. */
static void fail_package(
	struct screen *screen, struct go *go, struct entry *out, struct span package, bool build)
{
	struct test *test;

	if (!build && go->speaker != NULL && go->speaker->outcome == OUTCOME_NONE &&
		go->count > 0) {
		out->test = go->speaker;
		fail(screen, go, go->speaker);
		return;
	}
	test = screen_test(screen, out, package);
	screen_count(screen, test, OUTCOME_ERROR);
	if (test->message == NULL && go->reason != NULL && !build)
		screen_message(screen, test, go->reason);
	else if (test->message == NULL)
		screen_error(screen, out, screen_of(out));
}

/* Subtests begin after their test. */
static bool has_failed_below(const struct go *go, size_t index)
{
	const char *name = go->tests[index]->name;
	size_t length = strlen(name);

	for (size_t i = index + 1; i < go->count; i++) {
		const struct test *other = go->tests[i];

		if (strncmp(other->name, name, length) != 0 || other->name[length] != '/')
			return false;
		if (other->outcome >= OUTCOME_FAILED)
			return true;
	}
	return false;
}

static void end_package(struct screen *screen, struct go *go, struct span package)
{
	char *name;

	for (size_t i = 0; i < go->count; i++) {
		struct test *test = go->tests[i];

		if (test->outcome < OUTCOME_FAILED)
			test->message = NULL;
		else if (test->message == NULL && has_failed_below(go, i))
			screen_message(screen, test, "subtests failed");
	}
	for (size_t i = 0; i < go->count; i++) {
		struct test *test = go->tests[i];

		name = mem_printf(NULL, "%.*s.%s", (int)package.length, package.text, test->name);
		source_rename(screen->source, test, name);
		talloc_free(name);
	}
	screen_release(screen);
	talloc_free(go->reason);
	talloc_free(go->tests);
	*go = (struct go){ .quiet = go->quiet };
}

static bool take_end(struct screen *screen, struct go *go, struct entry *out)
{
	struct span package = { NULL, 0 };
	char *copy;
	enum end end = parse_end(screen_of(out), &package);

	if (end == END_NONE)
		return false;
	go->quiet += end == END_OK && go->count == 0;
	copy = mem_strndup(NULL, package.text, package.length);
	package.text = copy;
	if (end == END_BUILD || (end == END_FAIL && !go->failed))
		fail_package(screen, go, out, package, end == END_BUILD);
	if (end != END_BUILD)
		end_package(screen, go, package);
	else
		go->part = PART_NONE;
	talloc_free(copy);
	return true;
}

static const char *const words[] = { "PASS", "FAIL", "testing: warning: no tests to run" };

static bool take_word(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (screen_is(line, words[i]))
			return true;
	if (screen_begin(line, "exit status ") || screen_begin(line, "signal: ")) {
		if (go->reason == NULL)
			keep_reason(screen, go, line);
		out->test = go->speaker;
		return true;
	}
	return false;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct go *go = state;

	if (out->text_len == 0)
		return go->part == PART_RUN || go->part == PART_PANIC;
	if (take_end(screen, go, out) || take_mark(screen, go, out) ||
		take_result(screen, go, out) || take_panic(screen, go, out))
		return true;
	if (go->part == PART_PANIC) {
		if (!take_word(screen, go, out))
			take_stack(screen, go, out);
		return true;
	}
	if (take_build(screen, go, out) || take_word(screen, go, out))
		return true;
	if (screen_is(screen_of(out), "WARNING: DATA RACE")) {
		take_race(go, out);
		return true;
	}
	if (go->speaker != NULL && (go->part == PART_RUN || screen_begin(screen_of(out), "    "))) {
		take_place(screen, go, out);
		return true;
	}
	return go->part == PART_RUN;
}

static void finish(struct screen *screen, void *state)
{
	const struct go *go = state;

	if (go->quiet > 0)
		source_note(screen->source,
			"%u packages of go test passed without saying how many tests they have",
			go->quiet);
	if (go->part == PART_RUN && go->speaker != NULL && go->speaker->outcome == OUTCOME_NONE)
		source_note(screen->source, "%s was running when the transcript ended",
			go->speaker->name);
}

const struct screen_runner screen_go = { "go-test", sizeof(struct go), sign, line, finish, false };
