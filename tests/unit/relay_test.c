/* Entries of a long file, which a second thread makes, are those of the same bytes in memory. */
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/test.h"

#define LINES 20000 /* of half a kilobyte: beyond where a thread is begun */

static char path[] = "/tmp/relay-test-XXXXXX";
static char *text;
static size_t length;

/* Entries of all lengths, some of them with secrets, some of them broken. */
static void write_entry(FILE *file, unsigned i)
{
	static char filler[300000];
	/* one that is longer than a batch, now and then */
	size_t size = i % 3000 == 1500 ? sizeof(filler) : i * 31 % 700;

	memset(filler, 'x', sizeof(filler));
	fprintf(file, "{\"insertId\":\"%u\",\"timestamp\":\"2026-01-01T00:00:%02u.%09uZ\",", i,
		i / 1000, i);
	if (i % 5 > 0)
		fprintf(file, "\"resource\":{\"labels\":{\"service_name\":\"s%u\"}},", i % 7);
	if (i % 11 == 0)
		fprintf(file, "\"httpRequest\":{\"status\":503,\"requestUrl\":\"/a/%u\"},", i);
	if (i % 400 == 7)
		fputs("broken,", file);
	fprintf(file, "\"textPayload\":\"line %u %.*s password=hunter%u\"}\n", i, (int)size, filler,
		i % 13);
}

static int write_file(void **state)
{
	int descriptor = mkstemp(path);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
	struct err err = { 0 };

	(void)state;
	if (file == NULL)
		return -1;
	for (unsigned i = 0; i < LINES; i++)
		write_entry(file, i);
	if (fclose(file) != 0)
		return -1;
	return path_read(NULL, path, 64U << 20, &text, &length, &err);
}

static int remove_file(void **state)
{
	(void)state;
	talloc_free(text);
	return unlink(path);
}

static struct source *open_file(TALLOC_CTX *mem)
{
	static const struct source_options options;
	const char *const paths[] = { path, NULL };
	struct err err = { 0 };
	struct inputs *inputs;
	struct source *source = NULL;

	assert_int_equal(inputs_new(mem, paths, &options, &inputs, &err), 0);
	assert_int_equal(inputs_next(inputs, &source, &err), 1);
	return source;
}

static void check_string(const char *got, const char *wanted)
{
	assert_true((got == NULL) == (wanted == NULL));
	if (got != NULL)
		assert_string_equal(got, wanted);
}

static void check_entry(const struct entry *got, const struct entry *wanted)
{
	assert_string_equal(got->text, wanted->text);
	assert_int_equal(got->text_len, wanted->text_len);
	assert_int_equal(got->time, wanted->time);
	assert_int_equal(got->line, wanted->line);
	assert_int_equal(got->severity, wanted->severity);
	assert_int_equal(got->http_status, wanted->http_status);
	assert_int_equal(got->json_len, wanted->json_len);
	assert_memory_equal(got->json, wanted->json, wanted->json_len);
	check_string(got->insert_id, wanted->insert_id);
	check_string(got->service, wanted->service);
	check_string(got->path, wanted->path);
	check_string(got->trace, wanted->trace);
}

static void check_info(const struct source_info *got, const struct source_info *wanted)
{
	assert_int_equal(got->entries, wanted->entries);
	assert_int_equal(got->skipped, wanted->skipped);
	assert_int_equal(got->redactions, wanted->redactions);
	assert_int_equal(got->bytes, wanted->bytes);
	assert_int_equal(got->note_count, wanted->note_count);
	for (size_t i = 0; i < wanted->note_count; i++)
		assert_string_equal(got->notes[i], wanted->notes[i]);
	assert_string_equal(got->sha256, wanted->sha256);
}

static void entries_and_what_is_told_of_them_are_the_same(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source *made = open_file(mem), *read;
	struct err err = { 0 };
	struct entry got, wanted;

	(void)state;
	assert_int_equal(source_open_text(mem, "x", text, length, NULL, &read, &err), 0);
	while (source_next(read, &wanted, &err) > 0) {
		assert_int_equal(source_next(made, &got, &err), 1);
		check_entry(&got, &wanted);
	}
	assert_int_equal(source_next(made, &got, &err), 0);
	assert_int_equal(source_next(made, &got, &err), 0);
	check_info(source_info(made), source_info(read));
	assert_true(source_info(made)->skipped > 0 && source_info(made)->redactions > 0);
	talloc_free(mem);
}

/* As what is kept of an input depends on it, it must not depend on which thread is faster. */
static void the_bytes_told_with_an_entry_are_always_the_same(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source *one = open_file(mem), *other = open_file(mem);
	uint64_t *bytes = mem_array(mem, uint64_t, LINES);
	struct err err = { 0 };
	struct entry entry;
	unsigned count = 0;

	(void)state;
	for (; source_next(one, &entry, &err) > 0; count++)
		bytes[count] = source_info(one)->bytes;
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(source_next(other, &entry, &err), 1);
		assert_int_equal(source_info(other)->bytes, bytes[i]);
	}
	assert_true(bytes[0] < bytes[count - 1] && bytes[count - 1] <= length);
	talloc_free(mem);
}

static void a_source_may_be_left_at_any_entry(void **state)
{
	(void)state;
	for (unsigned count = 0; count < 2000; count += 61) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct source *source = open_file(mem);
		struct err err = { 0 };
		struct entry entry;

		for (unsigned i = 0; i < count; i++)
			assert_int_equal(source_next(source, &entry, &err), 1);
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_and_what_is_told_of_them_are_the_same),
		cmocka_unit_test(the_bytes_told_with_an_entry_are_always_the_same),
		cmocka_unit_test(a_source_may_be_left_at_any_entry),
	};

	return cmocka_run_group_tests_name("relay", tests, write_file, remove_file);
}
