/* What RSpec's "--format json" writes: examples, and messages of what failed outside of them. */
#include "source/transcript/results.h"

#include <string.h>

static void take_strings(struct results *results, struct test *test, struct json list)
{
	struct json string;
	size_t at = 0;

	while (json_kind(list) == '[' && json_element(list, &at, &string) > 0)
		results_take(results, test, string);
}

/* "KeyError: key not found": the class says nothing where an expectation was not met. */
static void take_exception(struct results *results, struct test *test, struct json exception)
{
	struct json message = value_get(exception, "message");
	const char *kind = value_string(results->parts, value_get(exception, "class"));
	const char *text = value_string(results->parts, message);

	if (kind != NULL && strstr(kind, "ExpectationNotMet") == NULL)
		results_take_error(results, test, kind, message);
	else
		results_take_message(results, test, message);
	if (text == NULL)
		results_take_message(results, test, value_get(exception, "class"));
	take_strings(results, test, value_get(exception, "backtrace"));
}

static enum outcome outcome_of(struct json status)
{
	if (value_is(status, "passed"))
		return OUTCOME_PASSED;
	if (value_is(status, "failed"))
		return OUTCOME_FAILED;
	return value_is(status, "pending") ? OUTCOME_SKIPPED : OUTCOME_NONE;
}

static void take_example(struct results *results, struct json example)
{
	enum outcome outcome = outcome_of(value_get(example, "status"));
	const char *name = value_string(results->parts, value_get(example, "full_description"));
	const char *file = value_string(results->parts, value_get(example, "file_path"));
	struct test *test;

	if (name == NULL)
		name = value_string(results->parts, value_get(example, "id"));
	if (name == NULL || outcome == OUTCOME_NONE || !results_is_whole(results, example))
		return;
	test = results_test(results, name, example);
	test->duration = value_duration(value_get(example, "run_time"), WHEN_SECOND);
	source_outcome(results->source, test, outcome);
	results_place(results, test, file == NULL ? NULL : value_path(file),
		value_get(example, "line_number"));
	if (outcome == OUTCOME_SKIPPED)
		results_take_message(results, test, value_get(example, "pending_message"));
	else if (outcome == OUTCOME_FAILED)
		take_exception(results, test, value_get(example, "exception"));
}

/* "An error occurred while loading ./spec/cart_spec.rb.": the file, or what it says it is. */
static const char *name_of(TALLOC_CTX *mem, const char *found)
{
	const char *file = strstr(found, " loading ");
	size_t length = strcspn(found, "\n");
	char *name;

	if (file != NULL && file < found + length) {
		found = file + strlen(" loading ");
		length = strcspn(found, " \n");
	}
	while (length > 0 && strchr(". \r", found[length - 1]) != NULL)
		length--;
	name = mem_strndup(mem, found, length);
	return value_path(name);
}

static void take_message(struct results *results, struct json message)
{
	const char *text = value_string(results->parts, message);
	const char *found = text == NULL ? NULL : strstr(text, "An error occurred");
	struct test *test;

	if (found == NULL) {
		results_take(results, NULL, message);
		return;
	}
	test = results_test(results, name_of(results->parts, found), message);
	source_outcome(results->source, test, OUTCOME_ERROR);
	/* the first line only says where */
	text = found + strcspn(found, "\n");
	transcript_message(results->source, test, text, strlen(text));
	results_take(results, test, message);
}

static void take_messages(struct results *results)
{
	struct json list = value_get(results->root, "messages"), message;
	size_t at = 0;

	while (json_kind(list) == '[' && json_element(list, &at, &message) > 0)
		if (results_is_whole(results, message))
			take_message(results, message);
}

static void take_summary(struct results *results)
{
	struct json summary = value_get(results->root, "summary");
	uint64_t all = value_count(value_get(summary, "example_count"));
	struct counts counts = {
		.failed = value_count(value_get(summary, "failure_count")),
		.errors = value_count(value_get(summary, "errors_outside_of_examples_count")),
		.skipped = value_count(value_get(summary, "pending_count")),
	};

	if (!results_is_whole(results, summary))
		return;
	if (all > counts.failed + counts.skipped)
		counts.passed = all - counts.failed - counts.skipped;
	results_state(results, &counts);
	results_take_member(results, results->root, "summary_line", TIME_NONE);
}

static const struct results_dialect rspec = {
	.keys = { "examples" },
	.mentions = { "\"full_description\"", "\"summary_line\"" },
	.list = "examples",
	.begin = take_messages,
	.take = take_example,
	.end = take_summary,
};

static int recognise(const char *sample, size_t length)
{
	return results_recognise(sample, length, &rspec);
}

static int open(struct source *source, struct err *err)
{
	(void)err;
	return results_open(source, &rspec);
}

const struct format rspec_format = { "rspec-json", recognise, open, results_next };
