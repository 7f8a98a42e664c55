/* NUnit 2 ("test-results") and NUnit 3 ("test-run"). */
#include "source/transcript/xml.h"

#include <string.h>
#include <strings.h>

static enum outcome outcome_of(const char **attributes)
{
	const char *result = xml_attribute(attributes, "result");
	const char *executed = xml_attribute(attributes, "executed");
	const char *success = xml_attribute(attributes, "success");
	enum outcome outcome;

	if (result != NULL) {
		outcome = words_outcome(result, strlen(result));
		return outcome == OUTCOME_COUNT ? OUTCOME_PASSED : outcome;
	}
	if (executed != NULL && strcasecmp(executed, "False") == 0)
		return OUTCOME_SKIPPED;
	return success != NULL && strcasecmp(success, "False") == 0 ? OUTCOME_FAILED
								    : OUTCOME_PASSED;
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
	xml_take_tag(xml, "test-run", attributes, xml_time(xml, attributes, "start-time"));
}

static void start_results(struct xml *xml, const char **attributes)
{
	xml_take_tag(xml, "test-results", attributes, TIME_NONE);
}

static void start_message(struct xml *xml, const char **attributes)
{
	if (xml->test != NULL && xml->test->outcome >= OUTCOME_SKIPPED)
		xml_take_message(xml, attributes);
	else
		xml_take_text(xml, attributes);
}

static const struct xml_element elements[] = {
	{ "test-case", start_case, end_case },
	{ "message", start_message, NULL },
	{ "stack-trace", xml_take_text, NULL },
	{ "output", xml_take_text, NULL },
	{ "test-run", start_run, NULL },
	{ "test-results", start_results, NULL },
	{ NULL, NULL, NULL },
};

static int open_nunit(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, NULL, NULL);
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
