/* The table of formats that tell of tests, and what their parsers do at the end. */
#include "source/transcript/transcript.h"

#include <string.h>

#define MESSAGE_MAX 2000 /* bytes of a test's message that are kept */
#define MESSAGE_READ 65536 /* bytes of it that are looked at: a secret at the cut must be whole */

const struct format *const transcript_formats[] = {
	&console_format,
	&junit_format,
	&nunit_format,
	&xunit_format,
	&trx_format,
	&dart_format,
	&gotest_format,
	&jest_format,
	&mocha_format,
	&playwright_format,
	&rspec_format,
	&report_format,
	&runner_format,
	&screen_format,
	&markdown_format,
	NULL,
};

void transcript_finish(struct source *source)
{
	struct source_info *info = source->info;
	struct counts counted = info->unnamed;

	for (size_t i = 0; i < info->test_count; i++) {
		counted.passed += info->tests[i]->counts.passed;
		counted.failed += info->tests[i]->counts.failed;
		counted.errors += info->tests[i]->counts.errors;
		counted.skipped += info->tests[i]->counts.skipped;
	}
	info->transcript = true;
	info->counted = counted;
	if (info->unit == NULL)
		info->unit = "tests";
}

void transcript_message(struct source *source, struct test *test, const char *text, size_t length)
{
	size_t cut;
	char *message;

	if (test == NULL || test->message != NULL)
		return;
	line_trim(&text, &length);
	if (length == 0)
		return;
	message = source_clean(test, source, text, length > MESSAGE_READ ? MESSAGE_READ : length);
	cut = utf8_cut(message, strlen(message), MESSAGE_MAX);
	message[cut] = '\0';
	test->message = message;
}

const char *transcript_counts(const struct counts *counts, char buffer[TRANSCRIPT_COUNTS])
{
	snprintf(buffer, TRANSCRIPT_COUNTS, "%llu passed, %llu failed, %llu errors, %llu skipped",
		(unsigned long long)counts->passed, (unsigned long long)counts->failed,
		(unsigned long long)counts->errors, (unsigned long long)counts->skipped);
	return buffer;
}

/* What the test printed, and the source code that a traceback shows, may say anything. */
void transcript_place(const struct entry *entry)
{
	if (!entry->printed && !entry->quoted)
		frame_note(entry->test, entry->text, entry->text_len);
}
