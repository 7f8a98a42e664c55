/* What Playwright's JSON reporter writes: suites in suites, specs, a test for each project. */
#include "source/transcript/results.h"

#include <string.h>

static const struct {
	const char *status;
	enum outcome outcome;
} outcomes[] = {
	{ "expected", OUTCOME_PASSED }, /* a test that had to fail and did, too */
	{ "flaky", OUTCOME_PASSED },
	{ "unexpected", OUTCOME_FAILED },
	{ "skipped", OUTCOME_SKIPPED },
};

static enum outcome outcome_of(struct json status)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (value_is(status, outcomes[i].status))
			return outcomes[i].outcome;
	return OUTCOME_NONE;
}

/* "message" has the frames of the stack in some versions; "value" is of what was thrown raw. */
static void take_error(struct results *results, struct test *test, struct json error)
{
	struct json message = value_get(error, "message"), stack = value_get(error, "stack");

	results_take_message(
		results, test, message.length > 0 ? message : value_get(error, "value"));
	if (message.length == 0 || memmem(message.text, message.length, "\\n    at ", 9) == NULL)
		results_take(results, test, stack);
}

static void take_output(struct results *results, struct test *test, struct json pieces)
{
	struct json piece;
	size_t at = 0;

	while (json_kind(pieces) == '[' && json_element(pieces, &at, &piece) > 0)
		results_take_printed(results, test, value_get(piece, "text"));
}

/* One time that a test was run. */
static void take_attempt(struct results *results, struct test *test, struct json attempt)
{
	struct json errors = value_get(attempt, "errors"), error;
	bool any = false;
	size_t at = 0;

	while (json_kind(errors) == '[' && json_element(errors, &at, &error) > 0) {
		take_error(results, test, error);
		any = true;
	}
	if (!any)
		take_error(results, test, value_get(attempt, "error"));
	take_output(results, test, value_get(attempt, "stdout"));
	take_output(results, test, value_get(attempt, "stderr"));
}

/* Start and duration are those of the last attempt, which counts. */
static struct json take_attempts(struct results *results, struct test *test, struct json object)
{
	struct json attempts = value_get(object, "results"), attempt, last = { NULL, 0 };
	size_t at = 0;

	while (json_kind(attempts) == '[' && json_element(attempts, &at, &attempt) > 0) {
		take_attempt(results, test, attempt);
		last = attempt;
	}
	test->start = value_time(value_get(last, "startTime"));
	test->duration = value_duration(value_get(last, "duration"), WHEN_SECOND / 1000);
	return last;
}

static void take_test(
	struct results *results, struct json object, struct json spec, const char *name)
{
	enum outcome outcome = outcome_of(value_get(object, "status"));
	const char *project = value_string(results->parts, value_get(object, "projectName"));
	const char *file = value_string(results->parts, value_get(spec, "file"));
	struct json last;
	struct test *test;

	if (outcome == OUTCOME_NONE || !results_is_whole(results, object))
		return;
	if (project != NULL)
		name = mem_printf(results->parts, "%s [%s]", name, project);
	test = results_test(results, name, object);
	source_outcome(results->source, test, outcome);
	results_place(
		results, test, file == NULL ? NULL : value_path(file), value_get(spec, "line"));
	last = take_attempts(results, test, object);
	results->retried += value_is(value_get(object, "status"), "flaky");
	if (outcome == OUTCOME_FAILED && value_is(value_get(object, "expectedStatus"), "failed") &&
		value_is(value_get(last, "status"), "passed"))
		transcript_message(results->source, test, "Expected to fail, but passed.", 29);
	else if (outcome != OUTCOME_FAILED)
		test->message = NULL;
}

static void take_specs(struct results *results, struct json suite, const char *path)
{
	struct json specs = value_get(suite, "specs"), spec, tests, test;
	size_t at = 0, inner;

	while (json_kind(specs) == '[' && json_element(specs, &at, &spec) > 0) {
		const char *title = value_string(results->parts, value_get(spec, "title"));
		const char *name =
			mem_printf(results->parts, "%s > %s", path, title != NULL ? title : "");

		tests = value_get(spec, "tests");
		inner = 0;
		while (json_kind(tests) == '[' && json_element(tests, &inner, &test) > 0)
			take_test(results, test, spec, name);
	}
}

/* Not deeper than JSON is read: that was measured before. */
static void take_suite_of(struct results *results, struct json suite, const char *outer)
{
	struct json suites = value_get(suite, "suites"), inner;
	const char *title = value_string(results->parts, value_get(suite, "title"));
	const char *path = title == NULL   ? outer
			   : outer == NULL ? value_path(title)
					   : mem_printf(results->parts, "%s > %s", outer, title);
	size_t at = 0;

	if (path == NULL)
		path = "suite";
	take_specs(results, suite, path);
	while (json_kind(suites) == '[' && json_element(suites, &at, &inner) > 0)
		take_suite_of(results, inner, path);
}

static void take_suite(struct results *results, struct json suite)
{
	take_suite_of(results, suite, NULL);
}

/* What failed outside of tests: a file that cannot be loaded, a worker, no tests at all. */
static void take_outer_error(struct results *results, struct json error, unsigned number)
{
	struct json place = value_get(error, "location");
	const char *file = value_string(results->parts, value_get(place, "file"));
	struct test *test;

	if (file != NULL)
		file = value_path(file);
	else
		file = mem_printf(results->parts, "error %u outside of tests", number);
	test = results_test(results, file, error);
	source_outcome(results->source, test, OUTCOME_ERROR);
	if (place.length > 0)
		results_place(results, test, file, value_get(place, "line"));
	take_error(results, test, error);
}

static void take_end(struct results *results)
{
	struct json stats = value_get(results->root, "stats");
	struct json errors = value_get(results->root, "errors"), error;
	struct counts counts = {
		.passed = value_count(value_get(stats, "expected")) +
			  value_count(value_get(stats, "flaky")),
		.failed = value_count(value_get(stats, "unexpected")),
		.skipped = value_count(value_get(stats, "skipped")),
	};
	size_t at = 0;

	results_take_member(results, stats, "startTime", value_time(value_get(stats, "startTime")));
	while (json_kind(errors) == '[' && json_element(errors, &at, &error) > 0)
		if (results_is_whole(results, error))
			take_outer_error(results, error, (unsigned)++counts.errors);
	if (results_is_whole(results, stats))
		results_state(results, &counts);
}

static const struct results_dialect playwright = {
	.keys = { "config" },
	.mentions = { "\"forbidOnly\"", "\"expectedStatus\"" },
	.list = "suites",
	.take = take_suite,
	.end = take_end,
};

static int recognise(const char *sample, size_t length)
{
	return results_recognise(sample, length, &playwright);
}

static int open(struct source *source, struct err *err)
{
	(void)err;
	return results_open(source, &playwright);
}

const struct format playwright_format = { "playwright-json", recognise, open, results_next };
