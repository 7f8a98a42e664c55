/* What Jest ("--json") and Vitest ("--reporter=json") write: testResults of assertionResults. */
#include "source/transcript/results.h"

#include <string.h>

static const struct {
	const char *status;
	enum outcome outcome;
} outcomes[] = {
	{ "passed", OUTCOME_PASSED },
	{ "failed", OUTCOME_FAILED },
	{ "skipped", OUTCOME_SKIPPED },
	{ "pending", OUTCOME_SKIPPED },
	{ "todo", OUTCOME_SKIPPED },
	{ "disabled", OUTCOME_SKIPPED },
};

static enum outcome outcome_of(struct json status)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (value_is(status, outcomes[i].status))
			return outcomes[i].outcome;
	return OUTCOME_NONE;
}

/* "src/cart.test.js > Cart > adds": the file, the titles around it, its own. */
static const char *name_of(struct results *results, struct json test, const char *file)
{
	struct json titles = value_get(test, "ancestorTitles"), title;
	const char *own = value_string(results->parts, value_get(test, "title"));
	char *name = mem_strdup(results->parts, file);
	size_t at = 0;

	while (json_kind(titles) == '[' && json_element(titles, &at, &title) > 0) {
		const char *text = value_string(results->parts, title);

		/* older versions of Vitest begin with an empty one */
		if (text != NULL)
			name = mem_check(talloc_asprintf_append_buffer(name, " > %s", text));
	}
	if (own == NULL)
		own = value_string(results->parts, value_get(test, "fullName"));
	return mem_check(talloc_asprintf_append_buffer(name, " > %s", own != NULL ? own : ""));
}

static void take_failures(struct results *results, struct test *test, struct json failures)
{
	struct json failure;
	size_t at = 0;

	while (json_kind(failures) == '[' && json_element(failures, &at, &failure) > 0)
		results_take_message(results, test, failure);
}

/* "invocations": 3, or "retryReasons" that are not empty. */
static bool was_retried(struct json test)
{
	struct json reasons = value_get(test, "retryReasons");

	return value_count(value_get(test, "invocations")) > 1 || reasons.length > 2;
}

static enum outcome take_test(struct results *results, struct json object, const char *file)
{
	enum outcome outcome = outcome_of(value_get(object, "status"));
	struct test *test;

	if (outcome == OUTCOME_NONE)
		return outcome;
	test = results_test(results, name_of(results, object, file), object);
	test->duration = value_duration(value_get(object, "duration"), WHEN_SECOND / 1000);
	test->start = value_time(value_get(object, "startAt"));
	source_outcome(results->source, test, outcome);
	results_place(results, test, file, value_get(value_get(object, "location"), "line"));
	results->retried += outcome == OUTCOME_PASSED && was_retried(object);
	take_failures(results, test, value_get(object, "failureMessages"));
	return outcome;
}

/* A suite that failed without a test that did: it could not be loaded, or ended badly. */
static void take_suite_error(struct results *results, struct json suite, const char *file)
{
	struct test *test = results_test(results, file, suite);
	static const struct counts one = { .errors = 1 };

	source_outcome(results->source, test, OUTCOME_ERROR);
	results_place(results, test, file, (struct json){ NULL, 0 });
	results_take_message(results, test, value_get(suite, "message"));
	if (results->source->info->has_stated)
		results_state(results, &one);
}

static void take_suite(struct results *results, struct json suite)
{
	struct json tests = value_get(suite, "assertionResults"), test;
	const char *path = value_string(results->parts, value_get(suite, "name"));
	unsigned failed = 0;
	size_t at = 0;

	if (path == NULL)
		path = value_string(results->parts, value_get(suite, "testFilePath"));
	path = path == NULL ? "suite" : value_path(path);
	results_take_member(results, suite, "startTime", value_time(value_get(suite, "startTime")));
	while (json_kind(tests) == '[' && json_element(tests, &at, &test) > 0)
		if (results_is_whole(results, test))
			failed += take_test(results, test, path) == OUTCOME_FAILED;
	if (failed == 0 && results_is_whole(results, suite) &&
		value_is(value_get(suite, "status"), "failed"))
		take_suite_error(results, suite, path);
}

/* The figures stand at the beginning, so they hold for a file that is cut off, too. */
static void take_figures(struct results *results)
{
	struct json root = results->root;
	struct counts counts = {
		.passed = value_count(value_get(root, "numPassedTests")),
		.failed = value_count(value_get(root, "numFailedTests")),
		.skipped = value_count(value_get(root, "numPendingTests")) +
			   value_count(value_get(root, "numTodoTests")),
	};

	/* some versions of Vitest count tests twice, or those that never ran as nothing */
	if (counts.passed + counts.failed + counts.skipped ==
		value_count(value_get(root, "numTotalTests")))
		results_state(results, &counts);
	results_take_member(results, root, "numTotalTests", TIME_NONE);
	results_take_member(results, root, "numFailedTests", TIME_NONE);
	if (value_is_true(value_get(root, "wasInterrupted"))) {
		results->source->info->truncated = true;
		source_note(results->source, "Jest was interrupted: tests may be missing");
	}
}

static const struct results_dialect jest = {
	.keys = { "numTotalTests", "numFailedTests" },
	.list = "testResults",
	.begin = take_figures,
	.take = take_suite,
};

static int recognise(const char *sample, size_t length)
{
	return results_recognise(sample, length, &jest);
}

static int open(struct source *source, struct err *err)
{
	(void)err;
	return results_open(source, &jest);
}

const struct format jest_format = { "jest-json", recognise, open, results_next };
