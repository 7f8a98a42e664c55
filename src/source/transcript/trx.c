/* Visual Studio's TRX: results of vstest and dotnet test. */
#include "source/transcript/xml.h"

#include <string.h>

static const struct {
	const char *name;
	enum outcome outcome;
} outcomes[] = {
	{ "Passed", OUTCOME_PASSED },
	{ "PassedButRunAborted", OUTCOME_PASSED },
	{ "Warning", OUTCOME_PASSED },
	{ "Completed", OUTCOME_PASSED },
	{ "Failed", OUTCOME_FAILED },
	{ "Timeout", OUTCOME_FAILED },
	{ "Error", OUTCOME_ERROR },
	{ "Aborted", OUTCOME_ERROR },
	{ "Disconnected", OUTCOME_ERROR },
	{ "InProgress", OUTCOME_ERROR }, /* and so it stayed: the run ended first */
	{ "NotExecuted", OUTCOME_SKIPPED },
	{ "NotRunnable", OUTCOME_SKIPPED },
	{ "Inconclusive", OUTCOME_SKIPPED },
	{ "Pending", OUTCOME_SKIPPED },
};

/* Error is the first of the enumeration: it is what a result without an outcome had. */
static enum outcome outcome_of(const char *name)
{
	if (name == NULL)
		return OUTCOME_ERROR;
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (strcmp(outcomes[i].name, name) == 0)
			return outcomes[i].outcome;
	return OUTCOME_NONE;
}

/* "00:00:01.0200000", a TimeSpan. */
static int64_t duration_of(const char *text)
{
	int64_t hours, minutes, seconds;

	if (text == NULL || strlen(text) < 8 || text[2] != ':' || text[5] != ':')
		return -1;
	hours = line_seconds(text, 2);
	minutes = line_seconds(text + 3, 2);
	seconds = line_seconds(text + 6, strlen(text + 6));
	return hours < 0 || minutes < 0 || seconds < 0 ? -1 : hours * 3600 + minutes * 60 + seconds;
}

struct trx {
	struct test *outer[SOURCE_NESTING_MAX]; /* of the results that are open */
	unsigned depth;
};

static void start_result(struct xml *xml, const char **attributes)
{
	const char *name = xml_attribute(attributes, "testName");
	enum outcome outcome = outcome_of(xml_attribute(attributes, "outcome"));
	struct trx *trx = xml->dialect;
	struct test *test;

	/* the rows of a test with data are results in its result */
	if (trx->depth < SOURCE_NESTING_MAX)
		trx->outer[trx->depth] = xml->test;
	trx->depth++;
	test = xml_begin_case(xml, name != NULL && name[0] != '\0' ? name : "UnitTestResult");

	test->duration = duration_of(xml_attribute(attributes, "duration"));
	test->start = xml_time(xml, attributes, "startTime");
	if (outcome != OUTCOME_NONE)
		source_outcome(xml->source, test, outcome);
}

static void end_result(struct xml *xml)
{
	struct trx *trx = xml->dialect;

	xml->test = NULL;
	if (trx->depth > 0 && --trx->depth < SOURCE_NESTING_MAX)
		xml->test = trx->outer[trx->depth];
}

/* What ended the run itself: no count tells it. */
static void start_summary(struct xml *xml, const char **attributes)
{
	static const char *const bad[] = { "Aborted", "Error", "Timeout", "Disconnected" };
	const char *outcome = xml_attribute(attributes, "outcome");

	for (size_t i = 0; outcome != NULL && i < sizeof(bad) / sizeof(bad[0]); i++)
		if (strcmp(outcome, bad[i]) == 0)
			source_note(xml->source,
				"the outcome of the run is %s: tests may be missing", bad[i]);
}

static void start_counters(struct xml *xml, const char **attributes)
{
	xml_take_tag(xml, "Counters", attributes, TIME_NONE);
}

static void start_times(struct xml *xml, const char **attributes)
{
	xml_take_tag(xml, "Times", attributes, xml_time(xml, attributes, "start"));
}

static const struct xml_element elements[] = {
	{ "UnitTestResult", start_result, end_result },
	{ "GenericTestResult", start_result, end_result },
	{ "ManualTestResult", start_result, end_result },
	{ "TestResult", start_result, end_result },
	{ "WebTestResult", start_result, end_result },
	{ "ResultSummary", start_summary, NULL },
	{ "Message", xml_take_message, NULL },
	{ "StackTrace", xml_take_text, NULL },
	{ "StdOut", xml_take_printed, NULL },
	{ "StdErr", xml_take_printed, NULL },
	{ "DebugTrace", xml_take_printed, NULL },
	{ "Text", xml_take_text, NULL },
	{ "Counters", start_counters, NULL },
	{ "Times", start_times, NULL },
	{ NULL, NULL, NULL },
};

static int open_trx(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, NULL, mem_new(source, struct trx));
}

static int recognise(const char *sample, size_t length)
{
	char root[32];

	return xml_root(sample, length, root, sizeof(root)) && strcmp(root, "TestRun") == 0 ? 98
											    : 0;
}

const struct format trx_format = {
	.name = "trx",
	.recognise = recognise,
	.open = open_trx,
	.next = xml_next,
};
