/* Where in its own file a test failed, as transcripts tell it. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define START "==== test session starts ====\n"
#define SUMMARY "==== short test summary info ====\n"

struct told {
	const char *text, *test; /* a transcript, and the test it is about */
	const char *file; /* NULL: what its name says, or nothing */
	uint64_t line; /* 0: not told */
};

static void assert_told(const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct reading *reading = transcript_read(mem, "t", told[i].text);
		const struct test *test = transcript_test(reading, told[i].test);

		if (test == NULL)
			fail_msg("no test %s", told[i].test);
		if (told[i].file != NULL && test->file == NULL)
			fail_msg("no file of %s", told[i].test);
		if (told[i].file != NULL)
			assert_string_equal(test->file, told[i].file);
		else
			assert_null(test->file);
		assert_int_equal(test->file_line, told[i].line);
		talloc_free(mem);
	}
}

#define ASSERT_TOLD(told) assert_told(told, sizeof(told) / sizeof((told)[0]))

static void the_last_frame_in_the_file_of_the_test_is_where_it_failed(void **state)
{
	static const struct told told[] = {
		{ START "==== FAILURES ====\n____ test_a ____\n"
			"tests/test_a.py:12: in test_a\n    check()\ntests/test_a.py:4: in check\n"
			"    raise ValueError\nlib/python/json.py:90: ValueError\n" SUMMARY
			"FAILED tests/test_a.py::test_a - ValueError\n",
			"tests/test_a.py::test_a", NULL, 4 },
		{ START "tests/test_a.py::test_a FAILED\n==== FAILURES ====\n____ test_a ____\n"
			"  File \"/srv/app/tests/test_a.py\", line 31, in test_a\n    x()\n",
			"tests/test_a.py::test_a", NULL, 31 },
		{ START "==== FAILURES ====\n/srv/tests/test_a.py:7: assert 1 == 2\n" SUMMARY
			"FAILED tests/test_a.py::test_a - assert 1 == 2\n",
			"tests/test_a.py::test_a", NULL, 7 },
	};

	(void)state;
	ASSERT_TOLD(told);
}

static void frames_of_other_files_and_printed_lines_tell_nothing(void **state)
{
	static const struct told told[] = {
		{ START "==== FAILURES ====\n____ test_a ____\n"
			"lib/best_tests/test_a.py:12: in f\ntests/test_b.py:3: in g\n"
			"tests/test_a.py:0: in h\ntests/test_a.py:x: in h\n"
			"---- Captured stdout call ----\ntests/test_a.py:99: printed\n" SUMMARY
			"FAILED tests/test_a.py::test_a - E\n",
			"tests/test_a.py::test_a", NULL, 0 },
		{ "<testsuite tests='1'><testcase classname='test.test_a.TestA' name='test_b'>"
		  "<failure message='m'>/usr/lib/python3/test.py:5: in run\n"
		  "test_b.py:6: E</failure><system-out>test/test_a.py:7: printed</system-out>"
		  "</testcase></testsuite>",
			"test.test_a.TestA.test_b", NULL, 0 },
	};

	(void)state;
	ASSERT_TOLD(told);
}

static void dotted_names_of_junit_have_the_file_of_their_module(void **state)
{
	static const struct told told[] = {
		{ "<testsuite tests='1'><testcase classname='tests.e2e.test_a.TestA' "
		  "name='test_b[1.5]'>"
		  "<failure message='m'>tests\\e2e\\test_a.py:41: in test_b</failure></testcase>"
		  "</testsuite>",
			"tests.e2e.test_a.TestA.test_b[1.5]", "tests/e2e/test_a.py", 41 },
		{ "<testsuite tests='1'><testcase classname='tests.e2e.test_a' name='test_b'>"
		  "<failure message='m'>test_a.py:8: in test_b</failure></testcase></testsuite>",
			"tests.e2e.test_a.test_b", "tests/e2e/test_a.py", 8 },
	};

	(void)state;
	ASSERT_TOLD(told);
}

static void attributes_tell_the_file_and_the_line_but_not_that_of_python(void **state)
{
	static const struct told told[] = {
		{ "<testsuite tests='1'><testcase classname='Shop' name='pays' "
		  "file='spec/shop_spec.rb' "
		  "line='12'><failure message='m'/></testcase></testsuite>",
			"Shop.pays", "spec/shop_spec.rb", 12 },
		{ "<testsuite tests='1'><testcase classname='tests.test_a' name='b' "
		  "file='tests/test_a.py' line='11'><failure message='m'/></testcase></testsuite>",
			"tests.test_a.b", "tests/test_a.py", 0 },
		{ "<testsuite tests='1'><testcase classname='src/shop.test.ts' name='pays'>"
		  "<failure message='m'/></testcase></testsuite>",
			"src/shop.test.ts.pays", "src/shop.test.ts", 0 },
	};

	(void)state;
	ASSERT_TOLD(told);
}

static void of_two_transcripts_the_one_that_knows_the_place_tells_it(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *const pairs[] = { "c.txt",
		START "tests/test_a.py::test_b FAILED\n==== 1 failed in 0.10s ====\n", "j.xml",
		"<testsuite tests='1' failures='1'><testcase classname='tests.test_a' "
		"name='test_b'><failure message='m'>tests/test_a.py:41: E</failure></testcase>"
		"</testsuite>",
		NULL };
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_int_equal(reading->run->test_count, 1);
	assert_int_equal(reading->run->tests[0]->file_line, 41);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_frame_in_the_file_of_the_test_is_where_it_failed),
		cmocka_unit_test(frames_of_other_files_and_printed_lines_tell_nothing),
		cmocka_unit_test(dotted_names_of_junit_have_the_file_of_their_module),
		cmocka_unit_test(attributes_tell_the_file_and_the_line_but_not_that_of_python),
		cmocka_unit_test(of_two_transcripts_the_one_that_knows_the_place_tells_it),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
