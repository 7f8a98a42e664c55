/*
 * RSpec, as its progress and documentation formatters print it: a numbered block for each failure,
 * and "4 examples, 2 failures, 1 pending". Examples that passed have no full name there.
 */
#include "source/transcript/screen.h"

#include <string.h>

enum part {
	PART_NONE,
	PART_PENDING,
	PART_FAILURES,
	PART_OUTSIDE,
	PART_LIST
};

struct rspec {
	enum part part;
	struct test *block;
	bool told, frames; /* the code was quoted; the frames came */
};

static const struct screen_figure figures[] = {
	{ "examples", OUTCOME_NONE },
	{ "example", OUTCOME_NONE },
	{ "failures", OUTCOME_FAILED },
	{ "failure", OUTCOME_FAILED },
	{ "pending", OUTCOME_SKIPPED },
	{ "errors occurred outside of examples", OUTCOME_ERROR },
	{ "error occurred outside of examples", OUTCOME_ERROR },
	{ NULL, OUTCOME_NONE },
};

/* "4 examples, 2 failures, 1 pending": in CRuby, too, the order is this one. */
static bool is_figures(struct span line, struct counts *counts)
{
	struct span rest = line;
	uint64_t examples, bad;

	if (!screen_number(&rest, &examples) || !screen_skip(&rest, " example"))
		return false;
	screen_skip(&rest, "s");
	if (!screen_begin(rest, ", ") || screen_find(rest, " failure") == rest.length ||
		!screen_figures(line, ',', figures, counts))
		return false;
	bad = counts->failed + counts->skipped;
	counts->passed = examples > bad ? examples - bad : 0;
	return true;
}

static unsigned sign(unsigned seen, struct span line)
{
	struct counts counts;

	if (is_figures(line, &counts) || screen_begin(line, "     Failure/Error: "))
		return SCREEN_SURE;
	if (screen_is(line, "Failures:"))
		return SCREEN_MAYBE;
	if (seen == SCREEN_MAYBE && line.length > 0)
		return screen_begin(line, "  1) ") ? SCREEN_SURE : 0;
	return seen;
}

static const struct {
	const char *title;
	enum part part;
} sections[] = {
	{ "Pending: (", PART_PENDING },
	{ "Failures:", PART_FAILURES },
	{ "Failed examples:", PART_LIST },
	{ "An error occurred while loading ", PART_OUTSIDE },
	{ "An error occurred in ", PART_OUTSIDE },
	{ "Finished in ", PART_NONE },
};

static bool section_line(struct screen *screen, struct rspec *rspec, struct entry *out)
{
	struct span line = screen_of(out);

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if (!screen_skip(&line, sections[i].title))
			continue;
		*rspec = (struct rspec){ .part = sections[i].part };
		screen_block(screen);
		if (rspec->part != PART_OUTSIDE)
			return true;
		line = screen_cut(line, screen_find(line, " "));
		if (screen_ends(line, "."))
			line = screen_cut(line, line.length - 1);
		rspec->block = screen_test(screen, out, line);
		screen_tell(screen, rspec->block, OUTCOME_ERROR);
		return true;
	}
	return false;
}

/* "  1) Cart fails". */
static bool title_line(struct screen *screen, struct rspec *rspec, struct entry *out)
{
	struct span line = screen_of(out);
	uint64_t number;

	if (!screen_skip(&line, "  ") || !screen_number(&line, &number) ||
		!screen_skip(&line, ") ") || line.length == 0)
		return false;
	rspec->block = screen_test(screen, out, line);
	rspec->told = rspec->frames = false;
	screen_tell(screen, rspec->block,
		rspec->part == PART_PENDING ? OUTCOME_SKIPPED : OUTCOME_FAILED);
	screen_block(screen);
	return true;
}

/* "1.2) Failure/Error: ...": one of several failures of an example. */
static void skip_number(struct span *line)
{
	struct span rest = *line;
	uint64_t number;

	if (screen_number(&rest, &number) && screen_skip(&rest, ".") &&
		screen_number(&rest, &number) && screen_skip(&rest, ") "))
		*line = rest;
}

static void block_line(struct screen *screen, struct rspec *rspec, struct entry *out)
{
	struct span line = screen_of(out);

	out->test = rspec->block;
	screen_blanks(&line);
	skip_number(&line);
	if (screen_begin(line, "Failure/Error:")) {
		rspec->told = true;
		out->quoted = true;
	} else if (screen_begin(line, "# ")) {
		rspec->frames = true;
		if (screen_find(line, "_spec.rb:") < line.length)
			screen_where(rspec->block, screen_from(line, 2));
	} else if (rspec->told && !rspec->frames) {
		screen_error(screen, out, line);
	}
}

/* "rspec ./spec/a_spec.rb:3 # Cart fails". */
static bool list_line(struct screen *screen, struct rspec *rspec, struct entry *out)
{
	struct span line = screen_of(out);
	size_t at = screen_find(line, " # ");

	if (rspec->part != PART_LIST || !screen_begin(line, "rspec ") || at == line.length)
		return false;
	screen_test(screen, out, screen_from(line, at + strlen(" # ")));
	screen_late(screen, out->test, OUTCOME_FAILED); /* its block is not in this file */
	return true;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct rspec *rspec = state;
	struct counts counts;

	if (out->text_len == 0)
		return rspec->part != PART_NONE;
	if (is_figures(screen_of(out), &counts)) {
		screen_state(screen, &counts);
		*rspec = (struct rspec){ 0 };
		return true;
	}
	if (section_line(screen, rspec, out) || list_line(screen, rspec, out))
		return true;
	if ((rspec->part == PART_PENDING || rspec->part == PART_FAILURES) &&
		title_line(screen, rspec, out))
		return true;
	if (rspec->block == NULL)
		return false;
	block_line(screen, rspec, out);
	return true;
}

static void finish(struct screen *screen, void *state)
{
	(void)screen;
	(void)state;
}

const struct screen_runner screen_rspec = { "rspec", sizeof(struct rspec), sign, line, finish,
	false };
