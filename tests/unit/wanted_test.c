/* What a failed test wanted to see is no evidence; what it got is. */
#include <string.h>

#include "match/wanted.h"
#include "unit/test.h"

#define WANTED "disk full"

static bool is_wanted(const char *text, const char *name)
{
	struct source_info source = { .name = "t.txt", .transcript = true };
	struct test test = { .name = name };
	struct entry entry = { .text = text,
		.text_len = strlen(text),
		.source = &source,
		.test = name != NULL ? &test : NULL };
	const char *at = strstr(text, WANTED);
	struct span span;

	assert_non_null(at);
	span.start = (uint32_t)(at - text);
	span.end = span.start + (uint32_t)strlen(WANTED);
	return wanted_is(&entry, &span);
}

static void what_a_comparison_wanted_is_told_from_what_it_got(void **state)
{
	static const struct {
		const char *text;
		bool wanted;
	} lines[] = {
		{ "E       AssertionError: assert 'disk full' in 'all is well'", true },
		{ "E       AssertionError: assert 'a' in 'the disk full'", false },
		{ "E       assert 'disk full' not in 'the disk full'", false },
		{ "E       assert [] == ['disk full']", true },
		{ "E       assert 'disk full' == ''", false },
		{ "E       assert 'disk == full: disk full' == 'a'", false },
		{ "E       assert 'it\\'s' == \"disk full\"", true },
		{ "FAILED t.py::test_x - AssertionError: assert 'the disk full of old l...", true },
		{ "AssertionError: assert b'disk full' in b'a'", true },
		{ "E        Regex: 'disk full'", true },
		{ "E        Input: 'disk full'", false },
		{ "E           Expected: send('disk full')", true },
		{ "E             Actual: send('disk full')", true },
		{ "E             Actual: disk full", false },
		{ "E           Expected: 'room', got 'disk full'", false },
		{ "E         Right contains one more item: 'disk full'", true },
		{ "E         Left contains one more item: 'disk full'", false },
		{ "E        +  where False = 'a'.startswith('disk full')", true },
		{ "E        +  where 'disk full' = text('a')", false },
		{ "E       OSError: disk full", false },
		{ "[XPASS(strict)] disk full", true },
		{ "ERROR cannot assert anything: disk full", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (is_wanted(lines[i].text, NULL) != lines[i].wanted)
			fail_msg(
				"%s: %s", lines[i].text, lines[i].wanted ? "is wanted" : "is told");
}

static void the_parameters_of_a_test_are_a_part_of_its_name(void **state)
{
	static const char name[] = "tests/t.py::test_x[disk full-3]";

	(void)state;
	assert_true(is_wanted("tests/t.py::test_x[disk full-3] FAILED", name));
	assert_true(is_wanted("____ test_x[disk full-3] ____", name));
	assert_false(is_wanted("FAILED tests/t.py::test_x - OSError: disk full", name));
	assert_false(is_wanted("E   OSError: disk full", "tests/t.py::test_x"));
}

static void what_a_log_tells_is_told_however_it_looks(void **state)
{
	static const char text[] = "assert 'disk full' in 'a'";
	struct source_info source = { .name = "l.log" };
	struct entry entry = { .text = text, .text_len = strlen(text), .source = &source };
	struct span span = { 8, 17 };

	(void)state;
	assert_false(wanted_is(&entry, &span));
	source.transcript = true;
	assert_true(wanted_is(&entry, &span));
	entry.printed = true;
	assert_false(wanted_is(&entry, &span));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_comparison_wanted_is_told_from_what_it_got),
		cmocka_unit_test(the_parameters_of_a_test_are_a_part_of_its_name),
		cmocka_unit_test(what_a_log_tells_is_told_however_it_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
