/* NUnit 2 ("test-results") and NUnit 3 ("test-run"). */
#include "source/transcript/xml.h"

#include <string.h>
#include <strings.h>

#define FAULTS_MAX 100 /* suites */

/* What failed outside of cases: it counts only where no case tells that the run failed. */
struct fault {
	char *suite;
};

struct nunit {
	char *names[SOURCE_NESTING_MAX + 1]; /* of the suites that are open; NULL: not at fault */
	unsigned depth;
	bool failed; /* the run says that it did */
	struct fault faults[FAULTS_MAX];
	size_t fault_count;
};

/* Results that only NUnit has; the summary of NUnit 2 counts what was cancelled as errors. */
static const struct {
	const char *result;
	enum outcome outcome;
} results[] = {
	{ "Cancelled", OUTCOME_ERROR },
	{ "Invalid", OUTCOME_ERROR },
	{ "Warning", OUTCOME_PASSED },
	{ "Explicit", OUTCOME_SKIPPED },
};

static enum outcome outcome_of(const char **attributes)
{
	const char *result = xml_attribute(attributes, "result");
	const char *executed = xml_attribute(attributes, "executed");
	const char *success = xml_attribute(attributes, "success");
	enum outcome outcome;

	if (result != NULL) {
		for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
			if (strcasecmp(result, results[i].result) == 0)
				return results[i].outcome;
		outcome = words_outcome(result, strlen(result));
		return outcome == OUTCOME_COUNT ? OUTCOME_PASSED : outcome;
	}
	if (executed != NULL && strcasecmp(executed, "False") == 0)
		return OUTCOME_SKIPPED;
	return success != NULL && strcasecmp(success, "False") == 0 ? OUTCOME_FAILED
								    : OUTCOME_PASSED;
}

/* A suite that failed by itself, not by what is in it: in teardown, or as it is no test at all. */
static bool is_at_fault(const char **attributes)
{
	const char *result = xml_attribute(attributes, "result");
	const char *site = xml_attribute(attributes, "site");
	const char *label = xml_attribute(attributes, "label");

	if (result == NULL || (strcmp(result, "Failed") != 0 && strcmp(result, "Error") != 0 &&
				      strcmp(result, "Failure") != 0))
		return false;
	if (label != NULL && strcmp(label, "Invalid") == 0)
		return true;
	return site != NULL && strcmp(site, "Child") != 0 && strcmp(site, "Parent") != 0;
}

static void start_suite(struct xml *xml, const char **attributes)
{
	struct nunit *nunit = xml->dialect;
	const char *name = xml_attribute(attributes, "fullname");

	if (name == NULL)
		name = xml_attribute(attributes, "name");
	if (nunit->depth < SOURCE_NESTING_MAX)
		nunit->names[nunit->depth] =
			is_at_fault(attributes)
				? mem_strdup(nunit, name != NULL ? name : "test-suite")
				: NULL;
	nunit->depth++;
}

static void end_suite(struct xml *xml)
{
	struct nunit *nunit = xml->dialect;

	if (nunit->depth > 0)
		nunit->depth--;
}

/* The message of a suite, in an element "failure" or "reason" of its own. */
static void start_fault(struct xml *xml, const char **attributes)
{
	struct nunit *nunit = xml->dialect;
	unsigned depth = nunit->depth;
	struct fault *fault;

	(void)attributes;
	if (xml->test != NULL || depth == 0 || depth > SOURCE_NESTING_MAX ||
		nunit->names[depth - 1] == NULL || nunit->fault_count == FAULTS_MAX)
		return;
	fault = &nunit->faults[nunit->fault_count++];
	fault->suite = nunit->names[depth - 1];
	nunit->names[depth - 1] = NULL;
	/* its text belongs to it from the first line on, whether it will count or not */
	xml_begin_case(xml, fault->suite);
}

static void end_fault(struct xml *xml)
{
	if (xml->test != NULL && xml->test->outcome == OUTCOME_NONE)
		xml->test = NULL;
}

/* A run that failed though each case passed must not look like one that passed. */
static void finish(struct xml *xml)
{
	struct nunit *nunit = xml->dialect;
	const struct counts *counted = &xml->source->info->counted;
	bool told = counted->failed + counted->errors > 0;

	for (size_t i = 0; i < nunit->fault_count; i++) {
		const char *name = nunit->faults[i].suite;

		if (told)
			source_note(xml->source, "%s failed outside of its tests", name);
		else
			source_outcome(xml->source, source_test(xml->source, name, strlen(name)),
				OUTCOME_ERROR);
	}
	if (nunit->failed && !told && nunit->fault_count == 0)
		source_note(xml->source, "the run says that it failed, but none of its tests did");
}

static void start_case(struct xml *xml, const char **attributes)
{
	const char *name = xml_attribute(attributes, "fullname");
	int64_t duration = xml_seconds(attributes, "duration");
	struct test *test;

	if (name == NULL)
		name = xml_attribute(attributes, "name");
	test = xml_begin_case(xml, name != NULL && name[0] != '\0' ? name : "test-case");
	test->duration = duration >= 0 ? duration : xml_seconds(attributes, "time");
	test->start = xml_time(xml, attributes, "start-time");
	source_outcome(xml->source, test, outcome_of(attributes));
}

static void end_case(struct xml *xml)
{
	xml->test = NULL;
}

static void start_run(struct xml *xml, const char **attributes)
{
	struct nunit *nunit = xml->dialect;
	const char *result = xml_attribute(attributes, "result");

	nunit->failed = result != NULL && strcmp(result, "Failed") == 0;
	xml_take_tag(xml, "test-run", attributes, xml_time(xml, attributes, "start-time"));
}

static void start_results(struct xml *xml, const char **attributes)
{
	xml_take_tag(xml, "test-results", attributes, TIME_NONE);
}

static void start_message(struct xml *xml, const char **attributes)
{
	if (xml->test != NULL && xml->test->outcome != OUTCOME_PASSED)
		xml_take_message(xml, attributes);
	else
		xml_take_text(xml, attributes);
}

static const struct xml_element elements[] = {
	{ "test-case", start_case, end_case },
	{ "test-suite", start_suite, end_suite },
	{ "failure", start_fault, end_fault },
	{ "reason", start_fault, end_fault },
	{ "message", start_message, NULL },
	{ "stack-trace", xml_take_text, NULL },
	{ "output", xml_take_printed, NULL },
	{ "test-run", start_run, NULL },
	{ "test-results", start_results, NULL },
	{ NULL, NULL, NULL },
};

static int open_nunit(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, finish, mem_new(source, struct nunit));
}

static int recognise(const char *sample, size_t length)
{
	char root[32];

	if (!xml_root(sample, length, root, sizeof(root)))
		return 0;
	return strcmp(root, "test-results") == 0 || strcmp(root, "test-run") == 0 ? 98 : 0;
}

const struct format nunit_format = {
	.name = "nunit",
	.recognise = recognise,
	.open = open_nunit,
	.next = xml_next,
};
