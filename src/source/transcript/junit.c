/* JUnit XML, as pytest, Jest, Surefire, GoogleTest and many more write it. */
#include "source/transcript/xml.h"

#include <string.h>

/* What a suite says by its attributes, and what its cases and inner suites add up to. */
struct suite {
	bool stated;
	bool has_failures, has_errors, has_skipped;
	uint64_t tests;
	struct counts own;
	struct counts cases; /* of the cases directly in it */
	struct counts inner; /* of the suites in it */
	char *name; /* NULL: none */
};

struct junit {
	struct suite suites[SOURCE_NESTING_MAX + 1];
	unsigned depth; /* suites[0] is the file itself */
	unsigned nameless;
	bool stated; /* at least one suite had attributes */
	bool failed, decided, flaked; /* the open case */
	bool open; /* there is one */
	uint64_t flaky; /* cases that passed only when they were run again */
	enum outcome status; /* of the open case, by its attribute or an element of that name */
};

static uint64_t total(const struct counts *counts)
{
	return counts->passed + counts->failed + counts->errors + counts->skipped;
}

static void add(struct counts *sum, const struct counts *counts)
{
	sum->passed += counts->passed;
	sum->failed += counts->failed;
	sum->errors += counts->errors;
	sum->skipped += counts->skipped;
}

static bool read_skipped(const char **attributes, uint64_t *out)
{
	static const char *const names[] = { "skipped", "skips", "skip", "ignored" };
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !any; i++)
		any = xml_count(attributes, names[i], out);
	/* GoogleTest counts disabled tests beside skipped ones */
	return xml_count(attributes, "disabled", out) || any;
}

static void begin_suite(struct xml *xml, const char **attributes)
{
	struct junit *junit = xml->dialect;
	struct suite *suite;

	if (junit->depth + 1 >= SOURCE_NESTING_MAX)
		return;
	suite = &junit->suites[++junit->depth];
	talloc_free(suite->name);
	memset(suite, 0, sizeof(*suite));
	suite->name = mem_strdup(junit, xml_attribute(attributes, "name"));
	suite->stated = xml_count(attributes, "tests", &suite->tests);
	suite->has_failures = xml_count(attributes, "failures", &suite->own.failed);
	suite->has_errors = xml_count(attributes, "errors", &suite->own.errors);
	suite->has_skipped = read_skipped(attributes, &suite->own.skipped);
	xml->test = NULL;
}

static void start_suite(struct xml *xml, const char **attributes)
{
	begin_suite(xml, attributes);
	xml_take_tag(xml, "testsuite", attributes, xml_time(xml, attributes, "timestamp"));
}

static void start_suites(struct xml *xml, const char **attributes)
{
	begin_suite(xml, attributes);
	if (attributes[0] != NULL)
		xml_take_tag(xml, "testsuites", attributes, xml_time(xml, attributes, "timestamp"));
}

/* Do its attributes cover what is in the suite? Some leave inner suites out, or figures. */
static bool covers(const struct suite *suite, const struct counts *found)
{
	uint64_t cases = total(&suite->cases), inner = total(&suite->inner);

	if (!suite->stated || suite->tests < inner || (suite->tests == 0 && total(found) > 0))
		return false;
	return suite->tests != cases || cases == 0 || inner == 0;
}

/* TestCafe says the same figure twice, as failures and as errors. */
static bool repeats_failures(const struct suite *suite, const struct counts *found)
{
	return suite->own.errors == suite->own.failed && suite->tests == total(found) &&
	       found->errors == 0 && found->failed == suite->own.failed;
}

/*
 * What the attributes of a suite say goes before its cases: a file may show a part of them only,
 * and pytest one test twice, that failed and whose teardown did. But they cannot speak of fewer
 * failures than are there, nor of more results than tests.
 */
static struct counts suite_counts(const struct suite *suite)
{
	struct counts found = suite->inner, result = suite->own;
	uint64_t bad;

	add(&found, &suite->cases);
	if (!covers(suite, &found))
		return found;
	if (!suite->has_failures)
		result.failed = found.failed;
	if (!suite->has_errors || repeats_failures(suite, &found))
		result.errors = found.errors;
	if (!suite->has_skipped)
		result.skipped = found.skipped;
	if (result.failed + result.errors < found.failed + found.errors) {
		result.failed = found.failed;
		result.errors = found.errors;
	}
	bad = result.failed + result.errors + result.skipped;
	if (bad > suite->tests)
		return found;
	result.passed = suite->tests > bad ? suite->tests - bad : 0;
	return result;
}

static void end_suite(struct xml *xml)
{
	struct junit *junit = xml->dialect;
	const struct suite *suite = &junit->suites[junit->depth];
	struct counts counts = suite_counts(suite);

	if (junit->depth == 0)
		return;
	if (suite->stated)
		junit->stated = true;
	junit->depth--;
	add(&junit->suites[junit->depth].inner, &counts);
}

/* The root's own figures matter only where it has no suites that tell theirs. */
static void end_suites(struct xml *xml)
{
	struct junit *junit = xml->dialect;
	struct suite *suite = &junit->suites[junit->depth];

	if (total(&suite->inner) > 0)
		suite->stated = false;
	end_suite(xml);
}

static const char *case_name(struct xml *xml, const char **attributes, char **made)
{
	struct junit *junit = xml->dialect;
	const char *name = xml_attribute(attributes, "name");
	const char *folder = xml_attribute(attributes, "classname");

	if (name == NULL || name[0] == '\0')
		*made = mem_printf(NULL, "testcase %u", ++junit->nameless);
	else if (folder != NULL && folder[0] != '\0' && strcmp(folder, name) != 0)
		*made = mem_printf(NULL, "%s.%s", folder, name);
	return *made != NULL ? *made : name;
}

static bool is_python(const char *file)
{
	size_t length = strlen(file);

	return length > 3 && strcmp(file + length - 3, ".py") == 0;
}

/*
 * Where the test is written: in attributes of its own, or as the class (vitest). A line of a file
 * in Python is left alone: pytest counts it from 0, others from 1.
 */
static void take_file(struct xml *xml, struct test *test, const char **attributes)
{
	const char *file = xml_attribute(attributes, "file");
	const char *folder = xml_attribute(attributes, "classname");
	uint64_t line = 0;

	if (file == NULL && folder != NULL && strchr(folder, '/') != NULL)
		file = folder;
	if (file == NULL || file[0] == '\0' || test->file != NULL)
		return;
	test->file = source_clean(test, xml->source, file, strlen(file));
	if (!is_python(file) && xml_count(attributes, "line", &line))
		test->file_line = line;
}

static void start_case(struct xml *xml, const char **attributes)
{
	struct junit *junit = xml->dialect;
	const char *status = xml_attribute(attributes, "status");
	int64_t duration = xml_seconds(attributes, "time");
	char *made = NULL;
	struct test *test = xml_begin_case(xml, case_name(xml, attributes, &made));

	talloc_free(made);
	take_file(xml, test, attributes);
	if (test->duration < 0)
		test->duration = duration;
	if (test->start == TIME_NONE)
		test->start = xml_time(xml, attributes, "timestamp");
	junit->failed = junit->decided = junit->flaked = false;
	junit->open = true;
	junit->status = status == NULL ? OUTCOME_COUNT : words_outcome(status, strlen(status));
}

static void decide(struct xml *xml, enum outcome outcome)
{
	struct junit *junit = xml->dialect;
	struct counts *cases = &junit->suites[junit->depth].cases;

	if (xml->test == NULL)
		return;
	source_outcome(xml->source, xml->test, outcome);
	if (junit->decided) /* to its suite a case is one, and is what it was first */
		return;
	cases->passed += outcome == OUTCOME_PASSED;
	cases->failed += outcome == OUTCOME_FAILED;
	cases->errors += outcome == OUTCOME_ERROR;
	cases->skipped += outcome == OUTCOME_SKIPPED;
	junit->decided = true;
}

static void end_case(struct xml *xml)
{
	struct junit *junit = xml->dialect;

	/* without a failure its status says it, if it is one we know */
	if (!junit->decided)
		decide(xml, junit->status >= OUTCOME_SKIPPED && junit->status < OUTCOME_COUNT
				    ? junit->status
				    : OUTCOME_PASSED);
	junit->open = false;
	xml->test = NULL;
}

/* What fails outside of a case is the suite: it could not be set up, or crashed. */
static void begin_fault(struct xml *xml)
{
	struct junit *junit = xml->dialect;
	const char *name = junit->suites[junit->depth].name;

	if (junit->open)
		return;
	xml_begin_case(xml, name != NULL && name[0] != '\0' ? name : "testsuite");
	junit->failed = junit->decided = false;
}

static void end_fault(struct xml *xml)
{
	struct junit *junit = xml->dialect;

	if (!junit->open)
		xml->test = NULL;
}

static void take_result(struct xml *xml, const char **attributes)
{
	const char *message = xml_attribute(attributes, "message");

	if (message != NULL)
		xml_take_value(xml, message);
	xml_take_message(xml, attributes);
}

/* A case may hold several failures (each broken expectation): it failed once. */
static void start_failure(struct xml *xml, const char **attributes)
{
	struct junit *junit = xml->dialect;

	begin_fault(xml);
	if (!junit->failed)
		decide(xml, OUTCOME_FAILED);
	junit->failed = true;
	take_result(xml, attributes);
}

/* Errors in set-up and teardown of one case are two. */
static void start_error(struct xml *xml, const char **attributes)
{
	begin_fault(xml);
	decide(xml, OUTCOME_ERROR);
	take_result(xml, attributes);
}

/* Surefire's earlier runs of a case: they count nothing, the last run does. */
static void start_rerun(struct xml *xml, const char **attributes)
{
	const char *message = xml_attribute(attributes, "message");

	if (message != NULL && xml->test != NULL)
		xml_say(xml, message);
	xml_take_text(xml, attributes);
}

static void start_flaky(struct xml *xml, const char **attributes)
{
	struct junit *junit = xml->dialect;

	junit->flaky += xml->test != NULL && !junit->flaked;
	junit->flaked = true;
	start_rerun(xml, attributes);
}

/* A failure in the same case, before or behind it, says more: the end of the case decides. */
static void start_skipped(struct xml *xml, const char **attributes)
{
	struct junit *junit = xml->dialect;

	junit->status = OUTCOME_SKIPPED;
	take_result(xml, attributes);
}

static const struct xml_element elements[] = {
	{ "testcase", start_case, end_case },
	{ "failure", start_failure, end_fault },
	{ "error", start_error, end_fault },
	{ "skipped", start_skipped, NULL },
	{ "disabled", start_skipped, NULL },
	{ "ignored", start_skipped, NULL },
	{ "flakyFailure", start_flaky, NULL },
	{ "flakyError", start_flaky, NULL },
	{ "rerunFailure", start_rerun, NULL },
	{ "rerunError", start_rerun, NULL },
	{ "stackTrace", xml_take_text, NULL },
	{ "system-out", xml_take_printed, NULL },
	{ "system-err", xml_take_printed, NULL },
	{ "testsuite", start_suite, end_suite },
	{ "testsuites", start_suites, end_suites },
	{ NULL, NULL, NULL },
};

static void finish(struct xml *xml)
{
	struct junit *junit = xml->dialect;
	struct source_info *info = xml->source->info;

	while (junit->depth > 0) /* a file that breaks off: what its suites say still counts */
		end_suite(xml);
	if (junit->flaky > 0)
		source_note(xml->source,
			"%llu tests passed only when they were run again: the last run counts",
			(unsigned long long)junit->flaky);
	info->has_stated = junit->stated;
	if (junit->stated)
		info->stated = junit->suites[0].inner;
}

static int open_junit(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, finish, mem_new(source, struct junit));
}

static bool is_root(const char *sample, size_t length)
{
	char root[32];

	return xml_root(sample, length, root, sizeof(root)) &&
	       (strcmp(root, "testsuites") == 0 || strcmp(root, "testsuite") == 0);
}

/* What npm, say, prints before a reporter writes to the same output is no part of it. */
static int recognise(const char *sample, size_t length)
{
	static const char *const begins[] = { "\n<?xml ", "\n<testsuite" };

	if (is_root(sample, length))
		return 98;
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]) && length > 0; i++) {
		const char *found = memmem(sample, length, begins[i], strlen(begins[i]));

		if (found != NULL && is_root(found, length - (size_t)(found - sample)))
			return 65;
	}
	return 0;
}

const struct format junit_format = {
	.name = "junit-xml",
	.recognise = recognise,
	.open = open_junit,
	.next = xml_next,
};
