/*
 * The Test Anything Protocol, versions 12 to 14: a plan, test points with directives, diagnostics
 * behind "#" or in YAML, subtests by indentation. What the plan has and the points have not is
 * missing, and a failure. https://testanything.org/tap-version-14-specification.html
 */
#include "source/transcript/screen.h"

#include <string.h>

#define LEVEL 4 /* blanks of indentation of a subtest */

/* A test point whose diagnostics may still say what it is. */
struct point {
	struct test *test;
	size_t level;
	enum outcome outcome;
	bool group; /* points of a level below came before it */
};

struct tap {
	bool open, planned, met; /* MET: any line was taken */
	uint64_t plan, seen, number; /* points of the outer level; NUMBER: of the newest */
	uint64_t line; /* of the plan */
	char *file; /* "t/a.t" of prove -v; NULL: not told */
	struct screen_nest nest; /* titles of the subtests that are open */
	struct point point;
	bool group; /* a point of a level below was told since the newest of the outer */
	size_t yaml; /* 1 more than the indentation of the block that is open; 0: none */
	size_t text; /* 1 more than that of the key whose text goes on below it; 0: none */
	char *hint; /* what is told of the failure, unless better comes */
	struct counts figures; /* "# pass 1" */
	bool has_figures;
};

struct parsed {
	bool ok, numbered;
	uint64_t number;
	struct span name, directive;
};

static const char *const directives[] = { " # SKIP", " # skip", " # Skip", " # TODO", " # todo",
	" # Todo" };

/* "ok", "not ok 2 - name # TODO later": false where nothing behind "ok" says that it is a point. */
static bool parse_point(struct span line, struct parsed *out)
{
	size_t at = line.length;

	*out = (struct parsed){ .ok = !screen_skip(&line, "not ") };
	if (!screen_skip(&line, "ok") || (line.length > 0 && line.text[0] != ' '))
		return false;
	screen_blanks(&line);
	out->numbered = screen_number(&line, &out->number);
	if (out->numbered && line.length > 0 && line.text[0] != ' ')
		return false;
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		size_t found = screen_find(line, directives[i]);

		at = found < at ? found : at;
	}
	out->directive = screen_from(line, at + 3);
	line = screen_trim(screen_cut(line, at));
	if (screen_skip(&line, "- "))
		out->numbered = true;
	out->name = screen_is(line, "-") ? screen_cut(line, 0) : line;
	return true;
}

/* "1..4", "1..0 # SKIP no network". */
static bool parse_plan(struct span line, uint64_t *plan)
{
	return screen_skip(&line, "1..") && screen_number(&line, plan) &&
	       (screen_trim(line).length == 0 || screen_begin(line, " #"));
}

static bool is_version(struct span line)
{
	return screen_is(line, "TAP version 13") || screen_is(line, "TAP version 14") ||
	       screen_is(line, "TAP version 12");
}

/*
 * Sure are: a version; a plan, then point 1; points 1 to n with all numbers, then a plan of n.
 * SEEN is 2n after point n.
 */
static unsigned sign(unsigned seen, struct span line)
{
	struct parsed point;
	uint64_t plan;

	if (is_version(line))
		return SCREEN_SURE;
	if (parse_plan(line, &plan)) {
		if (plan > 0 && plan < 1U << 30 && seen == 2 * (unsigned)plan)
			return SCREEN_SURE;
		return plan > 0 ? SCREEN_MAYBE : 0;
	}
	if (!parse_point(line, &point) || !point.numbered || point.number == 0)
		return seen;
	if (point.number == 1)
		return seen == SCREEN_MAYBE ? SCREEN_SURE : 2;
	return point.number < 1U << 30 && seen == 2 * (unsigned)point.number - 2 ? seen + 2 : 0;
}

static void set_hint(struct screen *screen, struct tap *tap, struct span text)
{
	talloc_free(tap->hint);
	tap->hint = text.length > 0 ? mem_strndup(screen, text.text,
					      text.length < 1000 ? text.length : 1000)
				    : NULL;
}

/* The diagnostics of the newest point are over: it counts. */
static void settle(struct screen *screen, struct tap *tap)
{
	struct point *point = &tap->point;
	struct span none = { NULL, 0 };

	if (point->test != NULL && point->outcome != OUTCOME_NONE) {
		if (point->outcome == OUTCOME_FAILED && point->test->message == NULL &&
			tap->hint != NULL)
			screen_message(screen, point->test, tap->hint);
		screen_count(screen, point->test, point->outcome);
	}
	point->test = NULL;
	tap->yaml = tap->text = 0;
	set_hint(screen, tap, none);
}

static const char *document_name(const struct tap *tap)
{
	return tap->file != NULL ? tap->file : "TAP";
}

/* MISSING tests are failures that have no name. */
static void add_missing(struct screen *screen, struct tap *tap, uint64_t missing, const char *why)
{
	char *name =
		mem_printf(NULL, "%s 1..%llu", document_name(tap), (unsigned long long)tap->plan);
	struct test *test = screen_test(screen, NULL, screen_span(name));
	struct counts counts = { 0 };

	if (test->line == 0)
		test->line = tap->line;
	screen_count(screen, test, OUTCOME_ERROR);
	screen_message(screen, test, why);
	if (missing > 1) {
		counts.errors = missing - 1;
		screen_missing(screen, test, &counts);
	}
	talloc_free(name);
}

static void end_document(struct screen *screen, struct tap *tap, const char *bail)
{
	char *why;
	struct counts stated;

	settle(screen, tap);
	if (tap->open && tap->planned && tap->plan > tap->seen) {
		why = bail != NULL ? mem_strdup(NULL, bail)
				   : mem_printf(NULL, "planned %llu tests, and %llu ran",
					     (unsigned long long)tap->plan,
					     (unsigned long long)tap->seen);
		add_missing(screen, tap, tap->plan - tap->seen, why);
		talloc_free(why);
	} else if (tap->open && bail != NULL) {
		add_missing(screen, tap, 1, bail);
	} else if (tap->open && !tap->planned) {
		source_note(screen->source, "a TAP document has no plan: it may have broken off");
	}
	if (tap->has_figures) {
		stated = tap->figures;
		stated.errors += screen_counted(screen)->errors;
		if (stated.skipped == 0)
			stated.skipped = screen_counted(screen)->skipped;
		screen_state(screen, &stated);
	}
	screen_nest_close(&tap->nest, 0);
	*tap = (struct tap){ .file = tap->file, .hint = tap->hint, .met = true };
}

static bool is_complete(const struct tap *tap)
{
	return tap->open && tap->planned && tap->seen >= tap->plan;
}

static void open_document(struct screen *screen, struct tap *tap)
{
	if (is_complete(tap))
		end_document(screen, tap, NULL);
	tap->open = true;
}

static bool plan_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);
	uint64_t plan;

	if (is_version(line)) {
		end_document(screen, tap, NULL);
		tap->open = true;
		return true;
	}
	if (screen_blanks(&line) > 0)
		return tap->open && parse_plan(line, &plan);
	if (!parse_plan(line, &plan))
		return false;
	settle(screen, tap);
	if (!tap->met && screen_is_late(screen)) { /* its points stood before it, and are lost */
		tap->met = true;
		return true;
	}
	if (tap->planned)
		end_document(screen, tap, NULL);
	tap->open = tap->planned = tap->met = true;
	tap->plan = plan;
	tap->line = out->line;
	return true;
}

static enum outcome outcome_of(const struct parsed *parsed)
{
	if (parsed->directive.length > 0) /* a test to do may fail */
		return OUTCOME_SKIPPED;
	return parsed->ok ? OUTCOME_PASSED : OUTCOME_FAILED;
}

/* "ok" at the end of a file is prove's word; a point has a number, a dash, or a plan that wants it. */
static bool is_wanted(const struct tap *tap, const struct parsed *parsed)
{
	return parsed->numbered || (tap->open && tap->planned && tap->seen < tap->plan);
}

static bool point_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);
	size_t level = screen_blanks(&line) / LEVEL;
	struct parsed parsed;
	char *name, *number = NULL;

	if (!parse_point(line, &parsed) || !is_wanted(tap, &parsed) ||
		(level > 0 && (!tap->open || tap->yaml > 0)))
		return false;
	settle(screen, tap);
	if (level == 0) {
		if (parsed.numbered && parsed.number == 1)
			open_document(screen, tap);
		tap->open = true;
		tap->seen++;
	}
	screen_nest_close(&tap->nest, level * LEVEL);
	if (parsed.name.length == 0) {
		number = mem_printf(NULL, "test %llu",
			(unsigned long long)(parsed.number > 0 ? parsed.number : tap->seen));
		parsed.name = screen_span(number);
	}
	name = screen_nest_name(NULL, &tap->nest, tap->file, parsed.name);
	tap->point = (struct point){ screen_test(screen, out, screen_span(name)), level,
		outcome_of(&parsed), level == 0 && tap->group };
	tap->group = level > 0;
	screen_block(screen);
	talloc_free(name);
	talloc_free(number);
	return true;
}

static const struct screen_figure figures[] = {
	{ "pass", OUTCOME_PASSED },
	{ "fail", OUTCOME_FAILED },
	{ "cancelled", OUTCOME_FAILED },
	{ "skipped", OUTCOME_SKIPPED },
	{ "todo", OUTCOME_SKIPPED },
	{ "tests", OUTCOME_NONE },
	{ "suites", OUTCOME_NONE },
	{ NULL, OUTCOME_NONE },
};

/* "# pass 1", "# fail  3": what the program says at its end. */
static bool figure_line(struct tap *tap, struct span line)
{
	uint64_t number;

	if (!screen_skip(&line, "# "))
		return false;
	for (size_t i = 0; figures[i].word != NULL; i++) {
		struct span rest = line;

		if (!screen_skip(&rest, figures[i].word) || screen_blanks(&rest) == 0 ||
			!screen_number(&rest, &number) || screen_trim(rest).length > 0)
			continue;
		screen_add(&tap->figures, figures[i].outcome, number);
		tap->has_figures = tap->has_figures || figures[i].outcome == OUTCOME_PASSED;
		return true;
	}
	return false;
}

/* "at t/a.t line 2." of Perl, "(in test file t/a.bats, line 6)" of bats. */
static void words_place(struct test *test, struct span line)
{
	size_t at = screen_find_last(line, " line ");
	char *place;

	if (at == line.length)
		return;
	line = screen_from(line, screen_begin(line, "(in test file ")
					 ? strlen("(in test file ")
					 : screen_find(line, "at ") + 3);
	at = screen_find_last(line, " line ");
	place = mem_printf(NULL, "%.*s:%s", (int)(at - (at > 0 && line.text[at - 1] == ',')),
		line.text, line.text + at + strlen(" line "));
	if (at < line.length)
		screen_where(test, screen_span(place));
	talloc_free(place);
}

/* "#   Failed test 'name'" and its place are no reason, but better than none. */
static bool comment_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line);

	if (!screen_skip(&line, "#"))
		return false;
	line = screen_trim(line);
	if (screen_skip(&line, "Subtest: ")) {
		settle(screen, tap);
		/* before Test::More 1.3 the comment stood within the subtest */
		screen_nest_open(screen, &tap->nest, indent, line);
		return true;
	}
	if (tap->point.test == NULL)
		return true;
	if (screen_begin(line, "Looks like you ")) {
		settle(screen, tap);
		return true;
	}
	out->test = tap->point.test;
	if (tap->point.outcome != OUTCOME_FAILED)
		return true;
	words_place(tap->point.test, line);
	if (screen_begin(line, "Failed test") || (tap->hint == NULL && screen_begin(line, "at ")))
		set_hint(screen, tap, line);
	else if (!screen_begin(line, "at "))
		screen_error(screen, out, line);
	return true;
}

static const char *const keys[] = {
	"message: ", "error: ", "expected: ", "actual: ", "wanted: ", "found: ", "got: "
};

/* "location: '/src/a.test.mjs:2:46'" of node, "at: x (/src/a.js:3:5)" of tape. */
static void location(struct tap *tap, struct span line)
{
	if (screen_skip(&line, "location: '"))
		screen_where(tap->point.test, line);
	else if (screen_skip(&line, "at: "))
		screen_where(tap->point.test, screen_from(line, screen_find_last(line, "(") + 1));
}

/* A line of YAML: what failed is the text of "message" or "error". */
static void yaml_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line);

	out->test = tap->point.test;
	if (screen_is(line, "type: 'suite'") && tap->point.group) {
		tap->point.outcome = OUTCOME_NONE;
		return;
	}
	if (tap->text > 0 && indent >= tap->text) {
		screen_error(screen, out, line);
		return;
	}
	tap->text = 0;
	location(tap, line);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct span rest = line;

		if (!screen_skip(&rest, keys[i]) || tap->point.outcome != OUTCOME_FAILED)
			continue;
		if (i > 1) { /* the key is a part of what is said */
			screen_error(screen, out, line);
			return;
		}
		if (screen_begin(rest, "|") || screen_begin(rest, ">")) {
			tap->text = indent + 1;
			return;
		}
		if (rest.length > 1 && strchr("'\"", rest.text[0]) != NULL &&
			rest.text[rest.length - 1] == rest.text[0])
			rest = (struct span){ rest.text + 1, rest.length - 2 };
		screen_error(screen, out, rest);
	}
}

/* What follows a point further in than it: YAML, or the words of a reporter that has none. */
static bool detail_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);
	size_t indent = screen_blanks(&line);

	if (indent == 0 && tap->yaml == 0)
		settle(screen, tap);
	if (tap->point.test == NULL)
		return false;
	if (tap->yaml > 0 && screen_is(line, "...") && indent < tap->yaml) {
		out->test = tap->point.test;
		tap->yaml = 0;
		return true;
	}
	if (tap->yaml > 0) {
		yaml_line(screen, tap, out);
		return true;
	}
	if (indent < tap->point.level * LEVEL + 2)
		return false;
	out->test = tap->point.test;
	if (screen_is(line, "---")) {
		tap->yaml = indent + 1;
		return true;
	}
	if (tap->point.outcome == OUTCOME_FAILED && !screen_begin(line, "at "))
		screen_error(screen, out, line);
	return true;
}

/* "t/a.t .. " of prove -v. */
static bool file_line(struct screen *screen, struct tap *tap, struct span line)
{
	size_t at = screen_find(line, " ..");
	struct span dots = screen_trim(screen_from(line, at));

	if (at == line.length || at == 0 || memchr(line.text, ' ', at) != NULL ||
		strspn(dots.text, ".") < dots.length || !screen_ends(line, " "))
		return false;
	end_document(screen, tap, NULL);
	talloc_free(tap->file);
	tap->file = mem_strndup(screen, line.text, at);
	return true;
}

static bool bail_line(struct screen *screen, struct tap *tap, struct entry *out)
{
	struct span line = screen_of(out);

	screen_blanks(&line);
	if (!tap->open || !screen_begin(line, "Bail out!"))
		return false;
	out->severity = SEVERITY_ERROR;
	end_document(screen, tap, line.text);
	return true;
}

static bool line(struct screen *screen, void *state, struct entry *out)
{
	struct tap *tap = state;

	if (out->text_len == 0)
		return tap->open;
	if (tap->yaml == 0 && (plan_line(screen, tap, out) || bail_line(screen, tap, out)))
		return true;
	if (point_line(screen, tap, out) || file_line(screen, tap, screen_of(out)))
		return true;
	if (!tap->open)
		return false;
	if (tap->yaml == 0 && (figure_line(tap, screen_of(out)) || comment_line(screen, tap, out)))
		return true;
	return detail_line(screen, tap, out);
}

static void finish(struct screen *screen, void *state)
{
	end_document(screen, state, NULL);
}

const struct screen_runner screen_tap = { "tap", sizeof(struct tap), sign, line, finish, false };
