/* Large files, which a second thread reads ahead. */
#include "source/source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "unit/test.h"

#define LINES 200000 /* of 64 bytes: beyond where reading ahead begins */

static char path[] = "/tmp/ahead-test-XXXXXX";

static int write_file(void **state)
{
	int descriptor = mkstemp(path);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");

	(void)state;
	if (file == NULL)
		return -1;
	for (unsigned i = 0; i < LINES; i++)
		fprintf(file, "2026-01-01T00:00:00Z ERROR line %06u %029u\n", i, i);
	return fclose(file);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static struct source *open_file(TALLOC_CTX *mem, struct inputs **inputs)
{
	const char *const paths[] = { path, NULL };
	struct err err = { 0 };
	struct source *source = NULL;

	assert_int_equal(inputs_new(mem, paths, NULL, inputs, &err), 0);
	assert_int_equal(inputs_next(*inputs, &source, &err), 1);
	return source;
}

static void every_line_of_a_large_file_comes_once_and_in_order(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct inputs *inputs;
	struct source *source = open_file(mem, &inputs);
	struct err err = { 0 };
	struct entry entry;
	unsigned count = 0;

	(void)state;
	while (source_next(source, &entry, &err) == 1) {
		char wanted[32];

		snprintf(wanted, sizeof(wanted), "line %06u", count++);
		assert_non_null(strstr(entry.text, wanted));
		assert_int_equal(entry.line, count);
	}
	assert_int_equal(count, LINES);
	talloc_free(mem);
}

static void the_digest_of_a_large_file_is_that_of_its_bytes(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct inputs *inputs;
	struct source *source = open_file(mem, &inputs);
	struct err err = { 0 };
	char digest[DIGEST_TEXT], *text;
	struct entry entry;
	size_t length;

	(void)state;
	while (source_next(source, &entry, &err) == 1)
		;
	assert_int_equal(path_read(mem, path, 64U << 20, &text, &length, &err), 0);
	digest_of(text, length, digest);
	assert_string_equal(source_info(source)->sha256, digest);
	assert_int_equal(source_info(source)->bytes, length);
	talloc_free(mem);
}

static void a_large_file_may_be_left_half_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct inputs *inputs;
	struct source *source = open_file(mem, &inputs);
	struct err err = { 0 };
	struct entry entry;

	(void)state;
	for (unsigned i = 0; i < LINES / 4 * 3; i++)
		assert_int_equal(source_next(source, &entry, &err), 1);
	assert_int_equal(entry.line, LINES / 4 * 3);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_of_a_large_file_comes_once_and_in_order),
		cmocka_unit_test(the_digest_of_a_large_file_is_that_of_its_bytes),
		cmocka_unit_test(a_large_file_may_be_left_half_read),
	};

	return cmocka_run_group_tests_name("ahead", tests, write_file, remove_file);
}
