/* Masks and the choice of the line that tells an error. */
#include "reason/mask.h"

#include <string.h>

#include "reason/errors.h"
#include "unit/test.h"

static void masked_as(const char *text, const char *expected)
{
	char *masked = mask_text(NULL, text, strlen(text));

	assert_string_equal(masked, expected);
	talloc_free(masked);
}

static void status_codes_and_small_numbers_stay(void **state)
{
	(void)state;
	masked_as("answered 403, not 404", "answered 403, not 404");
	masked_as("expected 5 events, got 12", "expected 5 events, got 12");
}

static void ids_times_and_addresses_are_masked_by_type(void **state)
{
	(void)state;
	masked_as("at 2025-01-02T03:04:05.678Z: no", "at <time>: no");
	masked_as("12:34:56,789 ERROR x", "<time> ERROR x");
	masked_as("id 123e4567-e89b-12d3-a456-426614174000 gone", "id <uuid> gone");
	masked_as("trace 4bf92f3577b34da6a3ce929d0e0e4736", "trace <hex>");
	masked_as("<x object at 0x7f33aa>", "<x object at <addr>>");
	masked_as("connect to 192.0.2.7:5432 failed", "connect to <ip> failed");
	masked_as("took 1.532s of 123456 bytes", "took <n>s of <n> bytes");
	masked_as("user 'abc12345d' unknown", "user <id> unknown");
}

static void files_are_masked_but_names_and_routes_stay(void **state)
{
	(void)state;
	masked_as("in /opt/app/src/main.py: no", "in <path>: no");
	masked_as("in C:\\work\\tests\\a.py", "in <path>");
	masked_as("GET /api/health", "GET /api/health");
	masked_as("No module named 'alpha.beta'", "No module named 'alpha.beta'");
	masked_as("KeyError: 'percentage'", "KeyError: 'percentage'");
}

static void blanks_are_squeezed_and_long_texts_cut(void **state)
{
	char text[4000], *masked;

	(void)state;
	masked_as("  a \t b  ", "a b");
	memset(text, '/', sizeof(text));
	masked = mask_text(NULL, text, sizeof(text));
	assert_true(strlen(masked) < 1000);
	talloc_free(masked);
}

static void the_last_line_that_names_an_error_tells_it(void **state)
{
	const char *text = "Traceback (most recent call last):\n  File \"a.py\", line 3\n"
			   "KeyError: 'first'\n\nDuring handling, another:\n"
			   "ValueError: closed file\nand more\n";
	size_t length;
	const char *line;

	(void)state;
	line = errors_line(text, strlen(text), &length);
	assert_int_equal(length, strlen("ValueError: closed file"));
	assert_memory_equal(line, "ValueError: closed file", length);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_codes_and_small_numbers_stay),
		cmocka_unit_test(ids_times_and_addresses_are_masked_by_type),
		cmocka_unit_test(files_are_masked_but_names_and_routes_stay),
		cmocka_unit_test(blanks_are_squeezed_and_long_texts_cut),
		cmocka_unit_test(the_last_line_that_names_an_error_tells_it),
	};

	return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
