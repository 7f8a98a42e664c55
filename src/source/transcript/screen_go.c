/*
 * go test, with and without -v, as testing.(*T) and cmd/go print it: "=== RUN", "--- FAIL: T (0.00s)",
 * "    x_test.go:12: what failed", "FAIL<tab>package<tab>0.012s". The package comes behind its tests.
 */
#include "source/transcript/screen_go.h"

#include <string.h>

static const char *const kinds[] = { "Test", "Example", "Fuzz", "Benchmark" };

bool screen_go_is_name(struct span name)
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

static unsigned sign(unsigned seen, struct span line)
{
	struct span name;
	enum outcome outcome;
	int64_t duration;

	if (screen_skip(&line, "=== RUN   "))
		return screen_go_is_name(line) ? SCREEN_SURE : seen;
	if (parse_result(line, &name, &outcome, &duration))
		return screen_go_is_name(name) ? SCREEN_SURE : seen;
	return screen_go_is_end(line) || screen_go_is_sum(line) ? SCREEN_SURE : seen;
}

struct test *screen_go_speak(
	struct screen *screen, struct go *go, struct entry *out, struct span name)
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
		go->part = GO_RUN;
		go->verbose = true;
		if (i == 0 && memchr(name.text, '/', name.length) == NULL)
			screen_release(screen);
		name = screen_trim(name);
		if (name.length > 0 && memchr(name.text, ' ', name.length) == NULL)
			screen_go_speak(screen, go, out, name);
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
	test = screen_go_speak(screen, go, out, name);
	test->duration = duration;
	screen_count(screen, test, outcome);
	go->failed = go->failed || outcome == OUTCOME_FAILED;
	go->part = GO_RESULT;
	return true;
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
		if (!go->fixed) {
			go->speaker->message = NULL;
			go->speaker->file_line = 0;
		}
		screen_where(go->speaker, line);
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

static const char *const words[] = { "PASS", "FAIL", "testing: warning: no tests to run" };

static bool take_word(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (screen_is(line, words[i]))
			return true;
	if (screen_begin(line, "exit status ") || screen_begin(line, "signal: ")) {
		if (go->reason == NULL)
			screen_go_keep_reason(screen, go, line);
		out->test = go->speaker;
		return true;
	}
	return false;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct go *go = state;

	if (out->text_len == 0)
		return go->part == GO_RUN || go->part == GO_PANIC;
	if (screen_go_sum(screen, go, out) || screen_go_end(screen, go, out) ||
		take_mark(screen, go, out) || take_result(screen, go, out) ||
		screen_go_panic(screen, go, out))
		return true;
	if (go->part == GO_PANIC) {
		if (!take_word(screen, go, out))
			screen_go_stack(screen, go, out);
		return true;
	}
	if (screen_go_build(screen, go, out) || take_word(screen, go, out) ||
		screen_go_race(go, out))
		return true;
	if (go->speaker != NULL && (go->part == GO_RUN || screen_begin(screen_of(out), "    "))) {
		take_place(screen, go, out);
		return true;
	}
	return go->part == GO_RUN;
}

static void finish(struct screen *screen, void *state)
{
	struct go *go = state;

	screen_go_settle(screen, go);
	if (go->quiet > 0)
		source_note(screen->source,
			"%u packages of go test passed without saying how many tests they have",
			go->quiet);
	if (go->part == GO_RUN && go->speaker != NULL && go->speaker->outcome == OUTCOME_NONE)
		source_note(screen->source, "%s was running when the transcript ended",
			go->speaker->name);
}

const struct screen_runner screen_go = { "go-test", sizeof(struct go), sign, line, finish, false };
