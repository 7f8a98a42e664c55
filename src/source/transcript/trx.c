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
	{ "NotExecuted", OUTCOME_SKIPPED },
	{ "NotRunnable", OUTCOME_SKIPPED },
	{ "Inconclusive", OUTCOME_SKIPPED },
	{ "Pending", OUTCOME_SKIPPED },
};

static enum outcome outcome_of(const char *name)
{
	for (size_t i = 0; name != NULL && i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
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

static void start_result(struct xml *xml, const char **attributes)
{
	const char *name = xml_attribute(attributes, "testName");
	enum outcome outcome = outcome_of(xml_attribute(attributes, "outcome"));
	struct test *test =
		xml_begin_case(xml, name != NULL && name[0] != '\0' ? name : "UnitTestResult");

	test->duration = duration_of(xml_attribute(attributes, "duration"));
	test->start = xml_time(xml, attributes, "startTime");
	if (outcome != OUTCOME_NONE)
		source_outcome(xml->source, test, outcome);
}

static void end_result(struct xml *xml)
{
	xml->test = NULL;
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
	{ "Message", xml_take_message, NULL },
	{ "StackTrace", xml_take_text, NULL },
	{ "StdOut", xml_take_text, NULL },
	{ "StdErr", xml_take_text, NULL },
	{ "DebugTrace", xml_take_text, NULL },
	{ "Text", xml_take_text, NULL },
	{ "Counters", start_counters, NULL },
	{ "Times", start_times, NULL },
	{ NULL, NULL, NULL },
};

static int open_trx(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, NULL, NULL);
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
