/* What Mocha's "--reporter json" writes: one list of all tests, and one for each outcome. */
#include "source/transcript/results.h"

#include <string.h>

static const struct {
	const char *list;
	enum outcome outcome;
} lists[] = {
	{ "failures", OUTCOME_FAILED },
	{ "pending", OUTCOME_SKIPPED },
	{ "passes", OUTCOME_PASSED },
};

/* Title: "\"before each\" hook for \"adds\"": what failed is no test, but what prepares them. */
static bool is_hook(struct json object)
{
	static const char *const begins[] = { "\\\"before ", "\\\"after " };
	struct json title = value_get(object, "title");

	for (size_t i = 0; i < 2; i++)
		if (title.length > 0 && line_begins(title.text + 1, title.length - 1, begins[i]) &&
			memmem(title.text, title.length, "\\\" hook", 7) != NULL)
			return true;
	return false;
}

static void take_error(struct results *results, struct test *test, struct json error)
{
	struct json message = value_get(error, "message"), stack = value_get(error, "stack");

	results_take_message(results, test, message);
	results_take_message(results, test, stack);
	results_take(results, test, value_get(error, "diff"));
}

static void tell(struct results *results, struct json object, enum outcome outcome)
{
	const char *name = value_string(results->parts, value_get(object, "fullTitle"));
	const char *file = value_string(results->parts, value_get(object, "file"));
	struct test *test;

	if (name == NULL)
		name = value_string(results->parts, value_get(object, "title"));
	if (name == NULL || !results_is_whole(results, object))
		return;
	test = results_test(results, name, object);
	if (outcome == OUTCOME_FAILED && is_hook(object))
		outcome = OUTCOME_ERROR;
	test->duration = value_duration(value_get(object, "duration"), WHEN_SECOND / 1000);
	source_outcome(results->source, test, outcome);
	results_place(
		results, test, file == NULL ? NULL : value_path(file), (struct json){ NULL, 0 });
	results->retried +=
		outcome == OUTCOME_PASSED && value_count(value_get(object, "currentRetry")) > 0;
	if (outcome >= OUTCOME_FAILED)
		take_error(results, test, value_get(object, "err"));
}

static void take_figures(struct results *results)
{
	struct json stats = value_get(results->root, "stats");
	struct counts counts = {
		.passed = value_count(value_get(stats, "passes")),
		.failed = value_count(value_get(stats, "failures")),
		.skipped = value_count(value_get(stats, "pending")),
	};

	if (results_is_whole(results, stats))
		results_state(results, &counts);
	results_take_member(results, stats, "start", value_time(value_get(stats, "start")));
	results_take_member(results, stats, "end", value_time(value_get(stats, "end")));
}

/* Hooks are among the failures of the figures: here they are errors. */
static void take_list(struct results *results, struct json list, enum outcome outcome)
{
	struct counts *stated = &results->source->info->stated;
	struct json object;
	size_t at = 0;

	while (json_kind(list) == '[' && json_element(list, &at, &object) > 0) {
		if (outcome == OUTCOME_FAILED && is_hook(object) && stated->failed > 0) {
			stated->failed--;
			stated->errors++;
		}
		tell(results, object, outcome);
	}
}

/* The list of all tests does not say which were pending: only where the others are cut off. */
static void take_test(struct results *results, struct json object)
{
	struct json error = value_get(object, "err");

	if (results_is_whole(results, results->root))
		return;
	if (value_get(error, "message").length > 0 || value_get(error, "stack").length > 0)
		tell(results, object, OUTCOME_FAILED);
	else
		tell(results, object,
			value_get(object, "duration").length > 0 ? OUTCOME_PASSED
								 : OUTCOME_SKIPPED);
}

static void take_lists(struct results *results)
{
	if (!results_is_whole(results, results->root))
		return;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		take_list(results, value_get(results->root, lists[i].list), lists[i].outcome);
}

static const struct results_dialect mocha = {
	.keys = { "stats", "tests" },
	.mentions = { "\"passes\"" },
	.list = "tests",
	.begin = take_figures,
	.take = take_test,
	.end = take_lists,
};

static int recognise(const char *sample, size_t length)
{
	return results_recognise(sample, length, &mocha);
}

static int open(struct source *source, struct err *err)
{
	(void)err;
	return results_open(source, &mocha);
}

const struct format mocha_format = { "mocha-json", recognise, open, results_next };
