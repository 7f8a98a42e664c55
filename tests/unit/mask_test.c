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

static void codes_stay_behind_a_word_that_says_so(void **state)
{
	(void)state;
	masked_as("errno 10054, not row 10054", "errno 10054, not row <n>");
	masked_as("error code: 40001", "error code: 40001");
	masked_as("exitCode=3221225477 of 3221225477", "exitCode=3221225477 of <n>");
	masked_as("HRESULT 0x80070005 at 0x7f33aa", "HRESULT 0x80070005 at <addr>");
	masked_as("status 123456789012", "status <n>");
}

static void secrets_that_were_replaced_are_masked_without_their_number(void **state)
{
	(void)state;
	masked_as("bad \xe2\x80\xb9token:2\xe2\x80\xba here", "bad <secret> here");
}

static void kind_of(const char *text, const char *expected)
{
	char *kind = mask_kind(NULL, text, strlen(text));

	assert_string_equal(kind, expected);
	talloc_free(kind);
}

static void counts_of_any_size_are_one_kind_but_codes_are_not(void **state)
{
	(void)state;
	kind_of("batch 17 of 123456", "batch <n> of <n>");
	kind_of("  HTTP 503,  not 404 ", "HTTP 503, not 404");
	kind_of("exit status 7 after 7 s", "exit status 7 after <n> s");
	kind_of("(errno 11)", "(errno 11)");
	kind_of("utf8 and 2nd stay", "utf8 and 2nd stay");
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
		cmocka_unit_test(codes_stay_behind_a_word_that_says_so),
		cmocka_unit_test(secrets_that_were_replaced_are_masked_without_their_number),
		cmocka_unit_test(counts_of_any_size_are_one_kind_but_codes_are_not),
		cmocka_unit_test(files_are_masked_but_names_and_routes_stay),
		cmocka_unit_test(blanks_are_squeezed_and_long_texts_cut),
		cmocka_unit_test(the_last_line_that_names_an_error_tells_it),
	};

	return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
