/*
 * gotestsum, which runs go test: what failed is told once more at its end, by package and name, and
 * "DONE 16 tests, 1 skipped, 8 failures in 1.2s" counts.
 */
#include "source/transcript/screen_go.h"

#include <string.h>

struct sum {
	struct span package, name;
	enum outcome outcome;
	int64_t duration;
};

/* "=== FAIL: example.com/shop/cart TestTotal/two (0.00s)". */
static bool parse_head(struct span line, struct sum *out)
{
	size_t at;

	if (screen_skip(&line, "=== FAIL: "))
		out->outcome = OUTCOME_FAILED;
	else if (screen_skip(&line, "=== SKIP: "))
		out->outcome = OUTCOME_SKIPPED;
	else
		return false;
	at = screen_find_last(line, " (");
	if (at == line.length || !screen_ends(line, "s)"))
		return false;
	out->duration = line_seconds(line.text + at + 2, line.length - at - 2);
	line = screen_cut(line, at);
	at = screen_find(line, " ");
	out->package = screen_cut(line, at);
	out->name = screen_from(line, at + 1);
	return out->duration >= 0 && at > 0 && screen_go_is_name(out->name);
}

static const struct screen_figure figures[] = {
	{ "tests", OUTCOME_PASSED },
	{ "test", OUTCOME_PASSED },
	{ "skipped", OUTCOME_SKIPPED },
	{ "failures", OUTCOME_FAILED },
	{ "failure", OUTCOME_FAILED },
	{ "errors", OUTCOME_ERROR },
	{ "error", OUTCOME_ERROR },
	{ NULL, OUTCOME_NONE },
};

/* "DONE 16 tests, 1 skipped, 8 failures, 2 errors in 1.234s"; tests are all of them. */
static bool parse_done(struct span line, struct counts *counts)
{
	size_t at = screen_find_last(line, " in ");
	uint64_t bad;

	if (!screen_skip(&line, "DONE ") || at == line.length + strlen("DONE ") ||
		!screen_ends(line, "s"))
		return false;
	if (!screen_figures(screen_cut(line, at - strlen("DONE ")), ',', figures, counts))
		return false;
	bad = counts->failed + counts->skipped;
	counts->passed -= bad < counts->passed ? bad : counts->passed;
	return true;
}

bool screen_go_is_sum(struct span line)
{
	struct sum sum;
	struct counts counts;

	return parse_head(line, &sum) || parse_done(line, &counts);
}

static void begin(struct screen *screen, struct go *go, struct entry *out, const struct sum *sum)
{
	char *name = mem_printf(NULL, "%.*s.%.*s", (int)sum->package.length, sum->package.text,
		(int)sum->name.length, sum->name.text);
	struct test *test = screen_test(screen, out, screen_span(name));

	talloc_free(name);
	if (test->outcome == OUTCOME_NONE) /* else its verdict stands above */
		screen_tell(screen, test, sum->outcome);
	if (test->duration < 0)
		test->duration = sum->duration;
	go->summed = test;
	go->part = GO_NONE;
	screen_release(screen);
	screen_block(screen);
}

/* What the test said, once more: only new where go test itself was not shown. */
static void told(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line), place = screen_place(line);

	out->test = go->summed;
	if (go->summed->outcome < OUTCOME_FAILED || screen_begin(line, "--- ") ||
		screen_begin(line, "=== "))
		return;
	if (place > 0 && indent >= 4) {
		screen_where(go->summed, line);
		line = screen_from(line, place);
	} else if (!screen_begin(line, "panic: ") && indent < 8)
		return;
	screen_error(screen, out, line);
}

bool screen_go_sum(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);
	struct counts counts;
	struct sum sum;

	if (parse_head(line, &sum)) {
		begin(screen, go, out, &sum);
		return true;
	}
	if (parse_done(line, &counts)) {
		go->summed = NULL;
		screen_state(screen, &counts);
		return true;
	}
	if (screen_is(line, "=== Failed") || screen_is(line, "=== Skipped") ||
		screen_is(line, "=== Errors")) {
		go->summed = NULL;
		return true;
	}
	if (go->summed == NULL)
		return false;
	told(screen, go, out);
	return true;
}
