/* Packages of go test: how they end, and those that cannot be built. */
#include "source/transcript/screen_go.h"

#include <string.h>

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

bool screen_go_is_end(struct span line)
{
	struct span package;
	enum end end = parse_end(line, &package);

	return end != END_NONE && end != END_EMPTY;
}

/* "# example.com/shop/broken [example.com/shop/broken.test]", then errors with their places. */
bool screen_go_build(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);

	if (go->part != GO_RUN && screen_skip(&line, "# ")) {
		line = screen_cut(line, screen_find(line, " ["));
		if (line.length == 0 || memchr(line.text, ' ', line.length) != NULL)
			return false;
		if (line.text[0] == '[') /* vet says it twice */
			return go->part == GO_BUILD;
		go->part = GO_BUILD;
		go->speaker = screen_test(screen, out, line);
		go->speaker->message = NULL;
		screen_block(screen);
		return true;
	}
	if (go->part != GO_BUILD)
		return false;
	if (screen_place(line) == 0 && !screen_begin(line, "\t")) {
		go->part = GO_NONE;
		return false;
	}
	out->test = go->speaker;
	screen_where(go->speaker, line);
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
		screen_go_fail(screen, go, go->speaker);
		return;
	}
	test = screen_test(screen, out, package);
	screen_count(screen, test, OUTCOME_ERROR);
	if (test->message == NULL && go->reason != NULL && !build)
		screen_message(screen, test, go->reason);
	else if (test->message == NULL)
		screen_error(screen, out, screen_of(out));
}

/* Subtests begin after their test; NULL: none failed. */
static const struct test *failed_below(const struct go *go, size_t index)
{
	const char *name = go->tests[index]->name;
	size_t length = strlen(name);

	for (size_t i = index + 1; i < go->count; i++) {
		const struct test *other = go->tests[i];

		if (strncmp(other->name, name, length) != 0 || other->name[length] != '/')
			return NULL;
		if (other->outcome >= OUTCOME_FAILED)
			return other;
	}
	return NULL;
}

void screen_go_settle(struct screen *screen, struct go *go)
{
	for (size_t i = 0; i < go->count; i++) {
		struct test *test = go->tests[i];

		if (test->outcome < OUTCOME_FAILED) {
			test->message = test->file = NULL;
			test->file_line = 0;
		}
		if (test->outcome >= OUTCOME_FAILED && test->message == NULL)
			test->part = failed_below(go, i);
		if (test->part != NULL)
			screen_message(screen, test,
				mem_printf(test, "its subtest failed: %s", test->part->name));
	}
}

static void end_package(struct screen *screen, struct go *go, struct span package)
{
	char *name;

	screen_go_settle(screen, go);
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

bool screen_go_end(struct screen *screen, struct go *go, struct entry *out)
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
		go->part = GO_NONE;
	talloc_free(copy);
	return true;
}
