/*
 * Mocha's spec reporter: groups and tests by indentation, "  2 passing (5ms)", "  1 failing", and
 * a numbered block for each failure.
 */
#include "source/transcript/screen.h"

#include <string.h>

enum part {
	PART_LIST,
	PART_FIGURES,
	PART_TITLE,
	PART_TOLD,
	PART_FRAMES
};

struct mocha {
	enum part part;
	struct screen_nest nest;
	struct test *block;
	uint64_t next; /* number of the failure that is told next, in the list or in its block */
};

static const struct screen_figure figures[] = {
	{ "passing", OUTCOME_PASSED },
	{ "pending", OUTCOME_SKIPPED },
	{ "failing", OUTCOME_FAILED },
	{ NULL, OUTCOME_NONE },
};

/* "  2 passing (55ms)", which is FIRST; "  1 pending", "  4 failing". */
static bool is_figure(struct span line, bool first, struct counts *counts)
{
	size_t at = screen_find(line, " (");
	bool timed = at < line.length && (screen_ends(line, "s)") || screen_ends(line, "m)"));
	struct span figure = screen_cut(line, at);

	return first == timed && first == screen_ends(figure, " passing") &&
	       screen_blanks(&figure) == 2 && screen_figures(figure, '\n', figures, counts);
}

static unsigned sign(unsigned seen, struct span line)
{
	struct counts counts;

	return is_figure(line, true, &counts) ? SCREEN_SURE : seen;
}

static struct test *test_of(
	struct screen *screen, struct mocha *mocha, struct entry *out, struct span name)
{
	char *full = screen_nest_name(NULL, &mocha->nest, NULL, name);
	struct test *test = screen_test(screen, out, screen_span(full));

	talloc_free(full);
	return test;
}

/* "adds (75ms)": slow ones say so. */
static struct span without_time(struct span name)
{
	size_t at = screen_find_last(name, " (");

	return at < name.length && screen_ends(name, "ms)") ? screen_cut(name, at) : name;
}

/* "3) name", where NUMBER is the next. */
static bool is_numbered(struct mocha *mocha, struct span *line)
{
	struct span rest = *line;
	uint64_t number;

	if (!screen_number(&rest, &number) || number != mocha->next + 1 ||
		!screen_skip(&rest, ") "))
		return false;
	mocha->next = number;
	*line = rest;
	return true;
}

static bool is_passed(struct span *line)
{
	static const char *const marks[] = { "\xe2\x9c\x94 ", "\xe2\x9c\x93 ", "\xe2\x88\x9a " };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (screen_skip(line, marks[i]))
			return true;
	return false;
}

static bool list_line(struct screen *screen, struct mocha *mocha, struct entry *out)
{
	struct span line = screen_of(out), name;
	size_t indent = screen_blanks(&line);
	enum outcome outcome;

	if (indent < 2 || indent % 2 != 0 || line.length == 0)
		return false;
	name = line;
	if (is_passed(&name)) {
		outcome = OUTCOME_PASSED;
	} else if (screen_skip(&name, "- ") && mocha->nest.depth > 0) {
		outcome = OUTCOME_SKIPPED;
	} else if (is_numbered(mocha, &name)) {
		outcome = OUTCOME_FAILED;
	} else { /* a group, as far as can be said */
		screen_nest_open(screen, &mocha->nest, indent, line);
		return false;
	}
	screen_nest_close(&mocha->nest, indent);
	screen_tell(screen, test_of(screen, mocha, out, without_time(name)), outcome);
	return true;
}

static bool figure_line(struct screen *screen, struct mocha *mocha, struct entry *out)
{
	struct counts counts;
	bool first = is_figure(screen_of(out), true, &counts);

	if (!first && (mocha->part != PART_FIGURES || !is_figure(screen_of(out), false, &counts)))
		return false;
	screen_state(screen, &counts);
	mocha->part = PART_FIGURES;
	mocha->next = 0;
	screen_nest_close(&mocha->nest, 0);
	return true;
}

/* "  1) group", "       inner", "         test:": titles, the last of them ends with a colon. */
static void title_line(struct screen *screen, struct mocha *mocha, struct entry *out, size_t indent,
	struct span title)
{
	if (!screen_ends(title, ":")) {
		screen_nest_open(screen, &mocha->nest, indent, title);
		return;
	}
	title = screen_cut(title, title.length - 1);
	screen_nest_close(&mocha->nest, indent);
	mocha->block = test_of(screen, mocha, out, title);
	screen_late(screen, mocha->block, OUTCOME_FAILED); /* its line is not in this file */
	mocha->part = PART_TOLD;
	screen_block(screen);
}

static bool block_line(struct screen *screen, struct mocha *mocha, struct entry *out)
{
	struct span line = screen_of(out), title = line;
	size_t indent = screen_blanks(&title);

	if (indent == 2 && is_numbered(mocha, &title)) {
		screen_nest_close(&mocha->nest, 0);
		mocha->part = PART_TITLE;
		title_line(screen, mocha, out, indent, title);
		return true;
	}
	if (mocha->part == PART_TITLE) {
		title_line(screen, mocha, out, indent, title);
		return true;
	}
	if (mocha->block == NULL)
		return false;
	if (indent < 4 && mocha->part == PART_FRAMES)
		return false;
	out->test = mocha->block;
	if (screen_begin(title, "at ") || screen_begin(title, "+ expected - actual"))
		mocha->part = PART_FRAMES;
	if (screen_begin(title, "at "))
		screen_where(mocha->block, screen_from(title, screen_find_last(title, "(") + 1));
	if (mocha->part == PART_TOLD)
		screen_error(screen, out, line);
	return true;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct mocha *mocha = state;

	if (out->text_len == 0)
		return mocha->part != PART_LIST;
	if (figure_line(screen, mocha, out))
		return true;
	if (mocha->part == PART_LIST)
		return list_line(screen, mocha, out);
	if (block_line(screen, mocha, out))
		return true;
	mocha->part = PART_LIST;
	mocha->block = NULL;
	mocha->next = 0;
	screen_nest_close(&mocha->nest, 0);
	return false;
}

static void finish(struct screen *screen, void *state)
{
	(void)screen;
	(void)state;
}

const struct screen_runner screen_mocha = { "mocha", sizeof(struct mocha), sign, line, finish,
	false };
