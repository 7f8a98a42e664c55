/* Reading transcripts in tests. */
#include "transcript_support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "unit/test.h"

struct kept {
	struct reading *reading;
	const struct test **tests; /* of the lines */
};

static void keep(TALLOC_CTX *mem, struct kept *kept, const struct entry *entry)
{
	struct reading *reading = kept->reading;

	reading->lines = mem_grow(mem, reading->lines, reading->count, sizeof(struct heard));
	kept->tests = mem_grow(mem, kept->tests, reading->count, sizeof(struct test *));
	kept->tests[reading->count] = entry->test;
	reading->lines[reading->count++] = (struct heard){
		mem_strndup(mem, entry->text, entry->text_len),
		NULL,
		entry->time,
		entry->line,
		entry->severity,
	};
	assert_int_equal(strlen(entry->text), entry->text_len);
}

static void read_source(TALLOC_CTX *mem, struct kept *kept, struct source *source)
{
	struct reading *reading = kept->reading;
	struct run *run = reading->run;
	struct err err = { 0 };
	struct entry entry;
	int got;

	while ((got = source_next(source, &entry, &err)) > 0)
		keep(mem, kept, &entry);
	if (got < 0)
		reading->error = mem_strdup(mem, err.text);
	reading->info = source_info(source);
	run->sources = mem_grow(run, run->sources, run->source_count, sizeof(run->sources[0]));
	run->sources[run->source_count++] = reading->info;
}

static struct kept begin(TALLOC_CTX *mem)
{
	struct kept kept = { mem_new(mem, struct reading), NULL };

	kept.reading->run = mem_new(kept.reading, struct run);
	return kept;
}

/* Names may become known after the lines: only now they are final. */
static struct reading *end(struct kept *kept)
{
	struct reading *reading = kept->reading;

	source_merge_tests(reading->run, reading->run);
	for (size_t i = 0; i < reading->count; i++)
		if (kept->tests[i] != NULL)
			reading->lines[i].test = kept->tests[i]->name;
	return reading;
}

struct reading *transcript_read_bytes(
	TALLOC_CTX *mem, const char *name, const char *text, size_t length)
{
	struct kept kept = begin(mem);
	struct source *source = NULL;
	struct err err = { 0 };

	assert_int_equal(source_open_text(mem, name, text, length, NULL, &source, &err), 0);
	read_source(mem, &kept, source);
	return end(&kept);
}

struct reading *transcript_read(TALLOC_CTX *mem, const char *name, const char *text)
{
	return transcript_read_bytes(mem, name, text, strlen(text));
}

struct reading *transcript_read_texts(TALLOC_CTX *mem, const char *const *pairs)
{
	struct kept kept = begin(mem);
	struct err err = { 0 };

	for (; pairs[0] != NULL; pairs += 2) {
		struct source *source = NULL;

		assert_int_equal(source_open_text(mem, pairs[0], pairs[1], strlen(pairs[1]), NULL,
					 &source, &err),
			0);
		read_source(mem, &kept, source);
	}
	return end(&kept);
}

struct reading *transcript_read_files(TALLOC_CTX *mem, const char *const *paths)
{
	static const struct source_options options;
	struct kept kept = begin(mem);
	struct inputs *inputs = NULL;
	struct source *source;
	struct err err = { 0 };
	int got;

	assert_int_equal(inputs_new(mem, paths, &options, &inputs, &err), 0);
	while ((got = inputs_next(inputs, &source, &err)) != 0) {
		if (got < 0)
			fail_msg("%s", err.text);
		read_source(mem, &kept, source);
	}
	return end(&kept);
}

const struct heard *transcript_line(const struct reading *reading, const char *text)
{
	for (size_t i = 0; i < reading->count; i++)
		if (strcmp(reading->lines[i].text, text) == 0)
			return &reading->lines[i];
	fail_msg("no line is \"%s\"", text);
	return NULL;
}

const struct test *transcript_test(const struct reading *reading, const char *name)
{
	for (size_t i = 0; i < reading->run->test_count; i++)
		if (strcmp(reading->run->tests[i]->name, name) == 0)
			return reading->run->tests[i];
	return NULL;
}

const char *transcript_figures(TALLOC_CTX *mem, const struct counts *counts)
{
	return mem_printf(mem, "%llu passed, %llu failed, %llu errors, %llu skipped",
		(unsigned long long)counts->passed, (unsigned long long)counts->failed,
		(unsigned long long)counts->errors, (unsigned long long)counts->skipped);
}

void transcript_counts_are(const struct reading *reading, const char *expected)
{
	const char *figures = transcript_figures(reading->run, &reading->run->counts);

	assert_string_equal(figures, expected);
	for (size_t i = 0; i < reading->run->count_note_count; i++)
		fail_msg("%s", reading->run->count_notes[i]);
}

void transcript_failed(
	const struct reading *reading, const char *name, uint64_t line, const char *message)
{
	const struct test *test = transcript_test(reading, name);

	if (test == NULL)
		fail_msg("no test is %s", name);
	assert_true(test->outcome >= OUTCOME_FAILED);
	assert_int_equal(test->line, line);
	if (message == NULL)
		assert_null(test->message);
	else if (test->message == NULL)
		fail_msg("%s has no message", name);
	else
		assert_string_equal(test->message, message);
}

void transcript_failed_at(const struct reading *reading, const char *name, const char *place)
{
	const struct test *test = transcript_test(reading, name);

	if (test == NULL || test->file == NULL)
		fail_msg("no test is %s, or it tells no file", name);
	assert_string_equal(mem_printf(reading->run, "%s:%llu", test->file,
				    (unsigned long long)test->file_line),
		place);
}

const char *transcript_data(TALLOC_CTX *mem, const char *name)
{
	const char *top = getenv("TOP_SRCDIR");
	char *path = mem_printf(mem, "%s/../shared/data/%s", top != NULL ? top : ".", name);
	struct stat status;

	if (stat(path, &status) == 0)
		return path;
	printf("# left out: the external test data %s are not there\n", name);
	return NULL;
}
