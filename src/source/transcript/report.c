/* Results in JSON: pytest-json-report, and plain lists of results. */
#include "source/transcript/transcript.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "source/transcript/mend.h"

#define REPORT_MAX (64U << 20) /* bytes: a report is read whole */

struct report {
	struct source *source;
	struct queue *queue;
	char *text;
	size_t length;
	size_t at; /* how far TEXT was searched for the places of tests */
	uint64_t line; /* of AT */
	cJSON *root;
	const cJSON *next; /* the test that is yielded next */
	bool read, pytest;
};

static int close_report(struct report *report)
{
	cJSON_Delete(report->root);
	return 0;
}

static const char *string_of(const cJSON *item, const char *const *names)
{
	for (; *names != NULL; names++) {
		const char *value =
			cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, *names));

		if (value != NULL && value[0] != '\0')
			return value;
	}
	return NULL;
}

static const char *const name_keys[] = { "nodeid", "node_id", "fullName", "full_name", "test_name",
	"name", "test", "title", NULL };
static const char *const outcome_keys[] = { "outcome", "status", "result", "state", NULL };
static const char *const message_keys[] = { "message", "error", "error_message", "reason",
	"longrepr", "traceback", NULL };
static const char *const output_keys[] = { "stdout", "stderr", "output", NULL };

/* Where TEXT goes on with WANTED: its line. The search only moves forward. */
static uint64_t find_line(struct report *report, const char *wanted)
{
	const char *begin = report->text + report->at;
	const char *found = memmem(begin, report->length - report->at, wanted, strlen(wanted));

	if (found == NULL)
		return report->line;
	for (; begin < found; begin++)
		report->line += *begin == '\n';
	report->at = (size_t)(found - report->text);
	return report->line;
}

/* The lines of one string: all of them stand in that line of the file where the string does. */
static void take_text(struct report *report, struct test *test, const char *text)
{
	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, "\n");

		if (length > 0)
			queue_entry(report->queue, text, length, report->line, test, TIME_NONE);
		text += length + (text[length] == '\n');
	}
}

/* The same for the member NAME of OBJECT, which is looked for behind what was read so far. */
static void take_string(
	struct report *report, struct test *test, const cJSON *object, const char *name)
{
	const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
	char key[32];

	if (value == NULL)
		return;
	snprintf(key, sizeof(key), "\"%s\"", name);
	find_line(report, key);
	take_text(report, test, value);
}

/* "crash": {"message": ...} is what failed; "longrepr" the traceback. */
static void take_phase(struct report *report, struct test *test, const cJSON *phase)
{
	static const char *const crash[] = { "message", NULL };
	static const char *const traceback[] = { "longrepr", NULL };
	const char *message = string_of(cJSON_GetObjectItemCaseSensitive(phase, "crash"), crash);
	const char *longrepr = string_of(phase, traceback);
	const cJSON *record;

	if (message != NULL)
		transcript_message(report->source, test, message, strlen(message));
	else if (longrepr != NULL)
		transcript_message(report->source, test, longrepr, strlen(longrepr));
	if (message != NULL)
		find_line(report, "\"crash\"");
	take_text(report, test, message);
	queue_printed(report->queue, true);
	for (size_t i = 0; output_keys[i] != NULL; i++)
		take_string(report, test, phase, output_keys[i]);
	queue_printed(report->queue, false);
	take_string(report, test, phase, "longrepr");
	queue_printed(report->queue, true);
	cJSON_ArrayForEach(record, cJSON_GetObjectItemCaseSensitive(phase, "log")) take_text(report,
		test, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, "msg")));
	queue_printed(report->queue, false);
}

static int64_t duration_of(const cJSON *item)
{
	const cJSON *duration = cJSON_GetObjectItemCaseSensitive(item, "duration");

	if (!cJSON_IsNumber(duration) || !(duration->valuedouble >= 0) ||
		duration->valuedouble > 1e9)
		return -1;
	return (int64_t)(duration->valuedouble * 1e9);
}

static enum outcome outcome_of(const cJSON *item)
{
	const char *outcome = string_of(item, outcome_keys);
	const cJSON *passed = cJSON_GetObjectItemCaseSensitive(item, "passed");

	if (outcome == NULL)
		passed = cJSON_IsBool(passed) ? passed
					      : cJSON_GetObjectItemCaseSensitive(item, "success");
	if (outcome == NULL && cJSON_IsBool(passed))
		return cJSON_IsTrue(passed) ? OUTCOME_PASSED : OUTCOME_FAILED;
	return outcome == NULL ? OUTCOME_COUNT : words_outcome(outcome, strlen(outcome));
}

static void take_test(struct report *report, const cJSON *item)
{
	static const char *const phases[] = { "setup", "call", "teardown" };
	const char *name = string_of(item, name_keys);
	enum outcome outcome = outcome_of(item);
	struct test *test;
	const char *message;
	int64_t duration, sum = -1;

	if (name == NULL || outcome == OUTCOME_COUNT)
		return;
	test = source_test(report->source, name, strlen(name));
	if (test->line == 0)
		test->line = find_line(report, name);
	source_outcome(report->source, test, outcome);
	for (size_t i = 0; i < 3; i++) {
		const cJSON *phase = cJSON_GetObjectItemCaseSensitive(item, phases[i]);

		take_phase(report, test, phase);
		duration = duration_of(phase);
		if (duration >= 0)
			sum = (sum < 0 ? 0 : sum) + duration;
	}
	duration = duration_of(item);
	test->duration = duration >= 0 ? duration : sum;
	message = string_of(item, message_keys);
	if (message != NULL)
		transcript_message(report->source, test, message, strlen(message));
	take_phase(report, test, item);
	if (!report->pytest)
		take_text(report, test, message);
}

/* A file that could not be collected is an error, though "summary" does not count it. */
static void take_collectors(struct report *report)
{
	const cJSON *collector;

	cJSON_ArrayForEach(collector, cJSON_GetObjectItemCaseSensitive(report->root, "collectors"))
	{
		const char *name = string_of(collector, name_keys);
		enum outcome outcome = outcome_of(collector);
		struct test *test;

		if (name == NULL || (outcome != OUTCOME_FAILED && outcome != OUTCOME_ERROR))
			continue;
		test = source_test(report->source, name, strlen(name));
		test->line = find_line(report, name);
		source_outcome(report->source, test, OUTCOME_ERROR);
		report->source->info->stated.errors++;
		take_phase(report, test, collector);
	}
}

/* A member of the root as it stands in the file, blanks squashed: "exitcode": 4. */
static void take_member(struct report *report, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(report->root, name);
	char *value, *text;

	if (item == NULL)
		return;
	value = mem_check(cJSON_Print(item));
	text = mem_printf(report, "\"%s\": ", name);
	for (const char *c = value; *c != '\0'; c++)
		if (*c == '\n' || *c == '\t')
			text = mem_check(talloc_strdup_append_buffer(
				text, *c == '\n' && c[1] != '\t' && c[1] != '}' ? " " : ""));
		else
			text = mem_check(talloc_strndup_append_buffer(text, c, 1));
	queue_entry(report->queue, text, strlen(text), report->line, NULL, TIME_NONE);
	talloc_free(text);
	cJSON_free(value);
}

static uint64_t figure(const cJSON *summary, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(summary, name);

	return cJSON_IsNumber(item) && item->valuedouble > 0 && item->valuedouble < 1e12
		       ? (uint64_t)item->valuedouble
		       : 0;
}

static void take_summary(struct report *report)
{
	const cJSON *summary = cJSON_GetObjectItemCaseSensitive(report->root, "summary");
	const cJSON *created = cJSON_GetObjectItemCaseSensitive(report->root, "created");
	const cJSON *code = cJSON_GetObjectItemCaseSensitive(report->root, "exitcode");
	struct source_info *info = report->source->info;

	find_line(report, "\"exitcode\"");
	take_member(report, "exitcode");
	find_line(report, "\"summary\"");
	take_member(report, "summary");
	(void)created;
	if (!cJSON_IsObject(summary))
		return;
	info->has_stated = true;
	info->stated.passed = figure(summary, "passed");
	info->stated.failed = figure(summary, "failed");
	info->stated.errors = figure(summary, "error") + figure(summary, "errors");
	info->stated.skipped = figure(summary, "skipped");
	if (cJSON_IsNumber(code) && code->valuedouble >= 2)
		source_note(report->source, "pytest ended with exit code %d", code->valueint);
}

static const char *const list_keys[] = { "tests", "results", "testcases", "test_cases",
	"test_results", "testResults", NULL };

static const cJSON *find_list(const cJSON *root)
{
	if (cJSON_IsArray(root))
		return root;
	for (size_t i = 0; list_keys[i] != NULL; i++) {
		const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, list_keys[i]);

		if (cJSON_IsArray(list))
			return list;
	}
	return NULL;
}

/* cJSON recurses, so how deep the text is nested is asked before. A file may be cut off. */
static void parse(struct report *report, const char *text, size_t length)
{
	struct source *source = report->source;
	struct mend mend = { 0 };
	char *copy;

	while (length > 0 && strchr(" \t\r\n", *text) != NULL && *text != '\0') {
		text++;
		length--;
	}
	if (length > 0 && (*text == '{' || *text == '['))
		mend_measure(text, length, &mend);
	if (mend.end > 0)
		report->root = cJSON_ParseWithLength(text, mend.end);
	if (mend.end > 0 || mend.deep || mend.safe == 0)
		return;
	copy = mend_close(report, text, &mend, &length);
	report->root = cJSON_ParseWithLength(copy, length);
	talloc_free(copy);
	source->info->truncated = true;
	if (report->root != NULL)
		source_note(source, "the JSON is cut off; what came before was read");
}

static int read_report(struct report *report, struct err *err)
{
	struct source_info *info = report->source->info;
	const char *text;

	report->read = true;
	report->line = 1;
	if (reader_rest(report, report->source->reader, REPORT_MAX, &report->text, &report->length,
		    err) < 0)
		return -1;
	text = report->text;
	if (line_begins(text, report->length, "\xef\xbb\xbf"))
		text += 3;
	parse(report, text, report->length - (size_t)(text - report->text));
	if (report->root == NULL) {
		info->truncated = true;
		source_note(report->source, "no valid JSON, or nested more than %d deep: not read",
			SOURCE_NESTING_MAX);
		return 0;
	}
	take_summary(report);
	report->pytest = cJSON_HasObjectItem(report->root, "exitcode");
	take_collectors(report);
	report->next = find_list(report->root);
	report->next = report->next == NULL ? NULL : report->next->child;
	find_line(report, "\"tests\"");
	return 0;
}

static int report_next(struct source *source, struct entry *out, struct err *err)
{
	struct report *report = source->state;

	if (!report->read && read_report(report, err) < 0)
		return -1;
	while (queue_next(report->queue, source, out) == 0) {
		if (report->next == NULL) {
			transcript_finish(source);
			return 0;
		}
		take_test(report, report->next);
		report->next = report->next->next;
	}
	return 1;
}

static int report_open(struct source *source, struct err *err)
{
	struct report *report = mem_new(source, struct report);

	(void)err;
	report->source = source;
	report->queue = queue_new(report);
	talloc_set_destructor(report, close_report);
	source->state = report;
	source->info->transcript = true;
	return 0;
}

static bool has(const char *sample, size_t length, const char *what)
{
	return memmem(sample, length, what, strlen(what)) != NULL;
}

/* Does a member with one of these names hold a list, or is the whole a list? */
static bool has_list(const char *sample, size_t length)
{
	for (size_t i = 0; list_keys[i] != NULL; i++) {
		char key[32];
		const char *at = sample;
		size_t size = (size_t)snprintf(key, sizeof(key), "\"%s\"", list_keys[i]), left;

		while ((at = memmem(at, length - (size_t)(at - sample), key, size)) != NULL) {
			at += size;
			left = length - (size_t)(at - sample);
			while (left > 0 && strchr(": \t\r\n", *at) != NULL && *at != '\0') {
				at++;
				left--;
			}
			if (left > 0 && *at == '[')
				return true;
		}
	}
	return false;
}

/* Results have names and outcomes; a log has times and severities. */
static bool is_list_of_results(const char *sample, size_t length, bool list)
{
	static const char *const names[] = { "\"test_name\"", "\"tests\"", "\"test\"", "\"nodeid\"",
		NULL };
	bool named = false;

	for (size_t i = 0; names[i] != NULL; i++)
		named = named || has(sample, length, names[i]);
	return named && (list || has_list(sample, length)) &&
	       (has(sample, length, "\"passed\"") || has(sample, length, "\"failed\"")) &&
	       !has(sample, length, "\"severity\"") && !has(sample, length, "\"timestamp\"");
}

static int recognise(const char *sample, size_t length)
{
	size_t at = line_begins(sample, length, "\xef\xbb\xbf") ? 3 : 0;
	unsigned signs = 0;

	while (at < length && strchr(" \t\r\n", sample[at]) != NULL && sample[at] != '\0')
		at++;
	if (at == length || (sample[at] != '{' && sample[at] != '['))
		return 0;
	signs += has(sample, length, "\"exitcode\"");
	signs += has(sample, length, "\"nodeid\"");
	signs += has(sample, length, "\"collectors\"");
	signs += has(sample, length, "\"summary\"") && has(sample, length, "\"tests\"");
	if (signs >= 2)
		return 97;
	return is_list_of_results(sample, length, sample[at] == '[') ? 60 : 0;
}

const struct format report_format = {
	.name = "pytest-json-report",
	.recognise = recognise,
	.open = report_open,
	.next = report_next,
};
