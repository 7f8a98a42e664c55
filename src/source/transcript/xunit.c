/* xUnit.net, versions 1 ("assembly") and 2 ("assemblies"). */
#include "source/transcript/xml.h"

#include <string.h>

static void start_test(struct xml *xml, const char **attributes)
{
	const char *name = xml_attribute(attributes, "name");
	const char *result = xml_attribute(attributes, "result");
	enum outcome outcome =
		result == NULL ? OUTCOME_COUNT : words_outcome(result, strlen(result));
	struct test *test = xml_begin_case(xml, name != NULL && name[0] != '\0' ? name : "test");

	test->duration = xml_seconds(attributes, "time");
	if (outcome != OUTCOME_COUNT)
		source_outcome(xml->source, test, outcome);
}

static void end_test(struct xml *xml)
{
	xml->test = NULL;
}

static void start_assembly(struct xml *xml, const char **attributes)
{
	const char *date = xml_attribute(attributes, "run-date");
	const char *clock = xml_attribute(attributes, "run-time");
	struct source_info *info = xml->source->info;
	int64_t time = TIME_NONE;
	char *text;

	if (xml_count(attributes, "passed", &info->stated.passed) &&
		xml_count(attributes, "failed", &info->stated.failed))
		info->has_stated = true;
	xml_count(attributes, "skipped", &info->stated.skipped);
	/* of version 3: explicit tests that nobody asked for */
	xml_count(attributes, "not-run", &info->stated.skipped);
	xml_count(attributes, "errors", &info->stated.errors);
	if (date != NULL && clock != NULL) {
		text = mem_printf(NULL, "%.10sT%.8s", date, clock);
		time = line_time(xml->source, text, strlen(text));
		talloc_free(text);
	}
	xml_take_tag(xml, "assembly", attributes, time);
}

/* "errors": what failed outside of tests, as the cleanup of a class. */
static void start_error(struct xml *xml, const char **attributes)
{
	const char *type = xml_attribute(attributes, "type");
	const char *name = xml_attribute(attributes, "name");
	char *text = mem_printf(NULL, "%s%s%s", type != NULL ? type : "error",
		name != NULL && name[0] != '\0' ? " " : "", name != NULL ? name : "");

	source_outcome(xml->source, xml_begin_case(xml, text), OUTCOME_ERROR);
	talloc_free(text);
}

static const struct xml_element elements[] = {
	{ "error", start_error, end_test },
	{ "test", start_test, end_test },
	{ "message", xml_take_message, NULL },
	{ "stack-trace", xml_take_text, NULL },
	{ "reason", xml_take_message, NULL },
	{ "output", xml_take_printed, NULL },
	{ "assembly", start_assembly, NULL },
	{ NULL, NULL, NULL },
};

static int open_xunit(struct source *source, struct err *err)
{
	(void)err;
	return xml_open(source, elements, NULL, NULL);
}

static int recognise(const char *sample, size_t length)
{
	char root[32];

	if (!xml_root(sample, length, root, sizeof(root)))
		return 0;
	return strcmp(root, "assemblies") == 0 || strcmp(root, "assembly") == 0 ? 98 : 0;
}

const struct format xunit_format = {
	.name = "xunit",
	.recognise = recognise,
	.open = open_xunit,
	.next = xml_next,
};
