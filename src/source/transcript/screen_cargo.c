/*
 * cargo test, as libtest prints it: "running 3 tests", "test a::b ... FAILED", a block
 * "---- a::b stdout ----" for each failure, "test result: FAILED. 1 passed; 1 failed; ...".
 */
#include "source/transcript/screen.h"

#include <string.h>

enum part {
	PART_NONE,
	PART_LIST,
	PART_PRINTED,
	PART_TOLD,
	PART_FRAMES,
	PART_NAMES
};

struct cargo {
	char *binary; /* "shop" of target/debug/deps/shop-0123456789abcdef; NULL: not told */
	enum part part;
	struct test *running; /* with --nocapture the verdict comes behind its output */
	struct test *block;
	uint64_t announced;
	bool open; /* a binary runs */
};

static const struct screen_figure figures[] = {
	{ "passed", OUTCOME_PASSED },
	{ "failed", OUTCOME_FAILED },
	{ "ignored", OUTCOME_SKIPPED },
	{ "measured", OUTCOME_NONE },
	{ "filtered out", OUTCOME_NONE },
	{ NULL, OUTCOME_NONE },
};

/* "test result: FAILED. 2 passed; 4 failed; 1 ignored; 0 measured; 0 filtered out; finished ..." */
static bool is_result(struct span line, struct counts *counts)
{
	size_t at;

	if (!screen_skip(&line, "test result: "))
		return false;
	if (!screen_skip(&line, "FAILED. ") && !screen_skip(&line, "ok. "))
		return false;
	at = screen_find(line, "; finished in ");
	return screen_figures(screen_cut(line, at), ';', figures, counts);
}

static unsigned sign(unsigned seen, struct span line)
{
	struct counts counts;
	uint64_t number;

	if (is_result(line, &counts))
		return SCREEN_SURE;
	if (screen_skip(&line, "running ") && screen_number(&line, &number))
		return screen_is(line, " tests") || screen_is(line, " test") ? SCREEN_MAYBE : 0;
	if (seen == SCREEN_MAYBE && screen_begin(line, "test ") &&
		screen_find(line, " ... ") < line.length)
		return SCREEN_SURE;
	if (seen == SCREEN_MAYBE && screen_ends(line, " --- FAILED")) /* with -q */
		return SCREEN_SURE;
	return strspn(line.text, ".i 0123456789/") == line.length ? seen : 0;
}

static const struct {
	const char *word;
	enum outcome outcome;
} verdicts[] = {
	{ "ok", OUTCOME_PASSED },
	{ "FAILED", OUTCOME_FAILED },
	{ "ignored", OUTCOME_SKIPPED },
	{ "bench:", OUTCOME_PASSED },
};

static enum outcome verdict_of(struct span text)
{
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		struct span rest = text;

		if (screen_skip(&rest, verdicts[i].word) &&
			(rest.length == 0 || strchr(" ,", rest.text[0]) != NULL))
			return verdicts[i].outcome;
	}
	return OUTCOME_COUNT;
}

/* What libtest and rustdoc say behind a name of how it is run. */
static const char *const modes[] = { " - should panic", " - compile fail", " - compile" };

static struct test *test_of(
	struct screen *screen, const struct cargo *cargo, struct entry *out, struct span name)
{
	char *full;
	struct test *test;

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (screen_ends(name, modes[i]))
			name = screen_cut(name, name.length - strlen(modes[i]));
	full = cargo->binary == NULL
		       ? mem_strndup(NULL, name.text, name.length)
		       : mem_printf(NULL, "%s::%.*s", cargo->binary, (int)name.length, name.text);
	test = screen_test(screen, out, screen_span(full));
	talloc_free(full);
	return test;
}

/* "(target/debug/deps/shop-0123456789abcdef)": "shop". */
static struct span binary_of(struct span path)
{
	struct span rest;
	size_t dash;

	if (screen_ends(path, ".exe"))
		path = screen_cut(path, path.length - 4);
	for (size_t i = path.length; i > 0; i--)
		if (strchr("/\\", path.text[i - 1]) != NULL) {
			path = screen_from(path, i);
			break;
		}
	dash = screen_find_last(path, "-");
	rest = screen_from(path, dash + 1);
	return rest.length == 16 && strspn(rest.text, "0123456789abcdef") >= 16
		       ? screen_cut(path, dash)
		       : path;
}

static void set_binary(struct screen *screen, struct cargo *cargo, struct span name)
{
	talloc_free(cargo->binary);
	cargo->binary = mem_strndup(screen, name.text, name.length);
	cargo->part = PART_NONE;
	cargo->block = cargo->running = NULL;
}

/* "     Running unittests src/lib.rs (target/...)", "   Doc-tests shop". */
static bool binary_line(struct screen *screen, struct cargo *cargo, struct span line)
{
	size_t at;

	if (screen_blanks(&line) < 3)
		return false;
	if (screen_skip(&line, "Doc-tests ")) {
		set_binary(screen, cargo, line);
		return true;
	}
	if (!screen_skip(&line, "Running "))
		return false;
	at = screen_find_last(line, " (");
	if (at < line.length && screen_ends(line, ")"))
		line = screen_cut(screen_from(line, at + 2), line.length - at - 3);
	else if (!screen_begin(line, "target/"))
		return false;
	set_binary(screen, cargo, binary_of(line));
	return true;
}

/* "test a::b ... ok", "test a::b ... " with output behind it, "a::b --- FAILED" with -q. */
static bool test_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	struct span line = screen_of(out), verdict;
	size_t at = screen_find_last(line, " ... ");
	enum outcome outcome;

	if (cargo->part != PART_LIST)
		return false;
	if (screen_ends(line, " --- FAILED")) {
		line = screen_cut(line, line.length - strlen(" --- FAILED"));
		screen_tell(screen, test_of(screen, cargo, out, line), OUTCOME_FAILED);
		return true;
	}
	if (at == line.length || !screen_skip(&line, "test "))
		return false;
	at -= strlen("test ");
	verdict = screen_from(line, at + strlen(" ... "));
	outcome = verdict_of(verdict);
	cargo->running = test_of(screen, cargo, out, screen_cut(line, at));
	if (outcome != OUTCOME_COUNT) {
		screen_tell(screen, cargo->running, outcome);
		cargo->running = NULL;
	}
	return true;
}

static bool output_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	enum outcome outcome = verdict_of(screen_of(out));

	/* the binary ended without a result */
	if (screen_begin(screen_of(out), "error: test failed"))
		cargo->part = PART_NONE;
	if (cargo->part != PART_LIST)
		return false;
	out->test = cargo->running;
	if (cargo->running != NULL && outcome != OUTCOME_COUNT) {
		screen_tell(screen, cargo->running, outcome);
		cargo->running = NULL;
	} else {
		out->printed = true;
	}
	return true;
}

static bool block_title(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	struct span line = screen_of(out);

	if (!screen_skip(&line, "---- "))
		return false;
	if (!screen_ends(line, " stdout ----") && !screen_ends(line, " stderr ----"))
		return false;
	line = screen_cut(line, line.length - strlen(" stdout ----"));
	cargo->block = test_of(screen, cargo, out, line);
	screen_tell(screen, cargo->block, OUTCOME_FAILED);
	cargo->part = PART_PRINTED;
	screen_block(screen);
	return true;
}

static const char *const tellers[] = { "Error: ", "note: test did not panic", "note: panic did not",
	"error: ", "error[" };

/*
 * "thread 'a::b' panicked at src/lib.rs:14:51:" and the message in the next line, or, before Rust
 * 1.73, "thread 'a::b' panicked at 'message', src/lib.rs:14:51".
 */
static bool panic_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	static const char word[] = " panicked at ";
	struct span line = screen_of(out);
	size_t at = screen_find(line, word);

	if (!screen_begin(line, "thread '") || at == line.length)
		return false;
	cargo->part = PART_TOLD;
	line = screen_from(line, at + strlen(word));
	if (!screen_skip(&line, "'")) {
		if (strstr(out->test->name, " (line ") == NULL) /* what rustdoc made is no file */
			screen_where(out->test, line);
		return true;
	}
	at = screen_find_last(line, "', ");
	screen_where(out->test, screen_from(line, at + 3));
	screen_error(screen, out, screen_cut(line, at));
	cargo->part = at < line.length ? PART_FRAMES : PART_TOLD;
	return true;
}

static void block_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	struct span line = screen_of(out);

	out->test = cargo->block;
	if (screen_begin(line, "stack backtrace:") || screen_begin(line, "note: run with ")) {
		cargo->part = PART_FRAMES;
		return;
	}
	if (panic_line(screen, cargo, out))
		return;
	for (size_t i = 0; i < sizeof(tellers) / sizeof(tellers[0]); i++)
		if (cargo->part == PART_PRINTED && screen_begin(line, tellers[i]))
			cargo->part = PART_TOLD;
	if (cargo->part == PART_TOLD)
		screen_error(screen, out, line);
	out->printed = cargo->part == PART_PRINTED;
}

static void end(struct screen *screen, struct cargo *cargo, const struct counts *stated)
{
	const struct counts *counted = screen_counted(screen);
	uint64_t told = counted->passed + counted->failed + counted->errors + counted->skipped;

	if (stated != NULL)
		screen_state(screen, stated);
	else if (cargo->open && cargo->announced > told)
		source_note(screen->source, "%s announced %llu tests and told of %llu",
			cargo->binary == NULL ? "a binary" : cargo->binary,
			(unsigned long long)cargo->announced, (unsigned long long)told);
	cargo->open = false;
	cargo->part = PART_NONE;
	cargo->block = cargo->running = NULL;
}

/* A binary that was killed has no result; cargo says how it ended, which is all that is known. */
static bool killed_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	struct span line = screen_of(out);

	screen_blanks(&line);
	if (!cargo->open || !screen_begin(line, "process didn't exit successfully: "))
		return false;
	if (cargo->running != NULL)
		out->test = cargo->running;
	else
		screen_test(screen, out,
			screen_span(cargo->binary == NULL ? "test binary" : cargo->binary));
	screen_tell(screen, out->test, OUTCOME_ERROR);
	screen_block(screen);
	screen_error(screen, out, line);
	end(screen, cargo, NULL);
	return true;
}

static bool begin_line(struct cargo *cargo, struct span line)
{
	uint64_t number;

	if (!screen_skip(&line, "running ") || !screen_number(&line, &number) ||
		(!screen_is(line, " tests") && !screen_is(line, " test")))
		return false;
	cargo->announced = number;
	cargo->open = true;
	cargo->part = PART_LIST;
	return true;
}

/* "failures:" begins the blocks, and later the names. */
static bool section_line(struct screen *screen, struct cargo *cargo, struct entry *out)
{
	struct span line = screen_of(out);
	struct counts counts;

	if (is_result(line, &counts)) {
		end(screen, cargo, &counts);
		return true;
	}
	if (screen_is(line, "failures:") && cargo->part != PART_NONE) {
		cargo->part = PART_NAMES;
		cargo->block = cargo->running = NULL;
		return true;
	}
	if (cargo->part != PART_NAMES || !screen_skip(&line, "    "))
		return false;
	screen_tell(screen, test_of(screen, cargo, out, line), OUTCOME_FAILED);
	return true;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct cargo *cargo = state;
	struct span line = screen_of(out);

	if (line.length == 0) {
		if (cargo->part == PART_TOLD && cargo->block != NULL &&
			cargo->block->message != NULL)
			cargo->part = PART_FRAMES;
		return cargo->part != PART_NONE;
	}
	if (binary_line(screen, cargo, line) || begin_line(cargo, line) ||
		section_line(screen, cargo, out) || killed_line(screen, cargo, out))
		return true;
	if (cargo->part != PART_NONE && block_title(screen, cargo, out))
		return true;
	if (cargo->block != NULL) {
		block_line(screen, cargo, out);
		return true;
	}
	return test_line(screen, cargo, out) || output_line(screen, cargo, out);
}

static void finish(struct screen *screen, void *state)
{
	end(screen, state, NULL);
}

const struct screen_runner screen_cargo = { "cargo-test", sizeof(struct cargo), sign, line, finish,
	false };
