/*
 * JUnit XML, as Jenkins reads it (junit-4.xsd and junit-10.xsd of its xunit plugin) and GitLab,
 * too: a suite for each file, or class where no file is known, and in it a case for each outcome
 * of each test.
 */
#include "render/junit.h"

#include <stdlib.h>
#include <string.h>

#include "render/alert.h"
#include "render/clean.h"
#include "render/junit_suite.h"
#include "render/xml.h"

/* Which alert a test belongs to. */
struct owner {
	const char *test;
	const struct alert *alert;
};

struct writer {
	const struct page *page;
	FILE *out;
	struct owner *owners; /* by name */
	size_t owner_count;
};

static int by_test(const void *a, const void *b)
{
	return strcmp(((const struct owner *)a)->test, ((const struct owner *)b)->test);
}

static void find_owners(struct writer *writer)
{
	TALLOC_CTX *mem = writer->page->mem;
	const struct alerts *alerts = alerts_of(mem, writer->page->diagnosis);

	for (size_t i = 0; i < alerts->count; i++)
		for (size_t j = 0; j < alerts->items[i].test_count; j++) {
			writer->owners = mem_grow(
				mem, writer->owners, writer->owner_count, sizeof(*writer->owners));
			writer->owners[writer->owner_count++] =
				(struct owner){ alerts->items[i].tests[j]->name,
					&alerts->items[i] };
		}
	if (writer->owner_count > 0)
		qsort(writer->owners, writer->owner_count, sizeof(*writer->owners), by_test);
}

static const struct alert *alert_of(const struct writer *writer, const struct test *test)
{
	const struct owner key = { .test = test->name };
	const struct owner *found = NULL;

	if (writer->owner_count > 0)
		found = bsearch(&key, writer->owners, writer->owner_count, sizeof(key), by_test);
	return found != NULL ? found->alert : NULL;
}

static void put_number(FILE *out, const char *name, uint64_t number)
{
	fprintf(out, " %s=\"%llu\"", name, (unsigned long long)number);
}

static void put_seconds(FILE *out, int64_t duration)
{
	if (duration >= 0)
		fprintf(out, " time=\"%lld.%03lld\"", (long long)(duration / WHEN_SECOND),
			(long long)(duration % WHEN_SECOND / (WHEN_SECOND / 1000)));
}

static void put_property(FILE *out, const char *name, const char *value)
{
	fputs("      <property", out);
	xml_write_attribute(out, "name", name);
	xml_write_attribute(out, "value", value);
	fputs("/>\n", out);
}

/* The report of the whole run, and each cause that made tests of this suite fail. */
static void put_properties(struct writer *writer, const struct junit_suite *suite)
{
	const char *report = writer->page->options->report;
	const char **causes = NULL;
	size_t count = 0;

	for (size_t i = 0; i < suite->count; i++) {
		const struct alert *alert = alert_of(writer, suite->cases[i].test);
		size_t at = 0;

		while (alert != NULL && at < count && strcmp(causes[at], alert->rule) != 0)
			at++;
		if (alert == NULL || at < count || suite->cases[i].test->outcome < OUTCOME_FAILED)
			continue;
		causes = mem_grow(writer->page->mem, causes, count, sizeof(*causes));
		causes[count++] = alert->rule;
	}
	if (report == NULL && count == 0)
		return;
	fputs("    <properties>\n", writer->out);
	if (report != NULL)
		put_property(writer->out, "report", report);
	for (size_t i = 0; i < count; i++)
		put_property(writer->out, "cause", causes[i]);
	fputs("    </properties>\n", writer->out);
}

/* What the transcript said of it, then the chain. */
static void put_failure(
	struct writer *writer, const struct test *test, const char *element, const char *type)
{
	TALLOC_CTX *mem = writer->page->mem;
	const struct alert *alert = alert_of(writer, test);
	const char *message = test->message, *said = test->message;
	FILE *out = writer->out;

	if (alert != NULL && alert->unknown != NULL)
		message = mem_printf(mem, "cause: unknown, no rule explains it: %s", alert->claim);
	else if (alert != NULL)
		message = mem_printf(mem, "cause: %s: %s", alert->rule, alert->claim);
	fprintf(out, "      <%s", element);
	xml_write_attribute(out, "message", message != NULL ? clean_line(mem, message) : NULL);
	xml_write_attribute(out, "type", alert != NULL ? alert->rule : type);
	fputc('>', out);
	if (said != NULL) {
		xml_write(out, said, false);
		fputc('\n', out);
	}
	if (alert != NULL)
		xml_write(out, alert_chain(mem, writer->page->diagnosis, alert), false);
	fprintf(out, "</%s>\n", element);
}

/* Older schemas know no attribute there, and all readers take the text. */
static void put_skipped(FILE *out, const char *why)
{
	fputs("      <skipped>", out);
	if (why != NULL)
		xml_write(out, why, false);
	fputs("</skipped>\n", out);
}

static void put_case(struct writer *writer, const struct junit_case *item)
{
	FILE *out = writer->out;

	fputs("    <testcase", out);
	xml_write_attribute(out, "name", item->name);
	xml_write_attribute(out, "classname", item->classname);
	put_seconds(out, item->duration);
	if (item->outcome == OUTCOME_PASSED) {
		fputs("/>\n", out);
		return;
	}
	fputs(">\n", out);
	if (item->outcome == OUTCOME_FAILED)
		put_failure(writer, item->test, "failure", "failure");
	else if (item->outcome == OUTCOME_ERROR)
		put_failure(writer, item->test, "error", "error");
	else
		put_skipped(out, item->test->message);
	fputs("    </testcase>\n", out);
}

static void put_suite(struct writer *writer, const struct junit_suite *suite)
{
	FILE *out = writer->out;

	fputs("  <testsuite", out);
	xml_write_attribute(out, "name", suite->name);
	put_number(out, "tests", title_total(&suite->counts));
	put_number(out, "failures", suite->counts.failed);
	put_number(out, "errors", suite->counts.errors);
	put_number(out, "skipped", suite->counts.skipped);
	put_seconds(out, suite->duration);
	fputs(">\n", out);
	put_properties(writer, suite);
	for (size_t i = 0; i < suite->count; i++)
		put_case(writer, &suite->cases[i]);
	fputs("  </testsuite>\n", out);
}

int junit_put(const struct page *page, FILE *out, struct err *err)
{
	struct writer writer = { .page = page, .out = out };
	const struct junit_suites *suites = junit_suites_of(page->mem, page->diagnosis->run);

	(void)err;
	find_owners(&writer);
	/* the comment is how our own reports are known, and are no evidence of another run */
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- " PACKAGE_STRING
	      " -->\n<testsuites",
		out);
	xml_write_attribute(out, "name",
		page->diagnosis->run->label != NULL ? page->diagnosis->run->label : PACKAGE_NAME);
	put_number(out, "tests", title_total(&suites->counts));
	put_number(out, "failures", suites->counts.failed);
	put_number(out, "errors", suites->counts.errors);
	fputs(">\n", out);
	for (size_t i = 0; i < suites->count; i++)
		put_suite(&writer, suites->items[i]);
	fputs("</testsuites>\n", out);
	return 0;
}
