/* Result files in XML as writers get them wrong, or write what others do not. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

static void assert_counts(const struct reading *reading, const char *expected)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	assert_string_equal(transcript_figures(mem, &reading->run->counts), expected);
	talloc_free(mem);
}

static bool is_noted(const struct reading *reading, const char *part)
{
	for (size_t i = 0; i < reading->info->note_count; i++)
		if (strstr(reading->info->notes[i], part) != NULL)
			return true;
	return false;
}

#define BEHIND "</failure></testcase><testcase name='b'/></testsuite>"

static void what_xml_cannot_hold_ends_no_reading(void **state)
{
	static const char *const wrong[] = { "caf\xe9", "&#27;[31mred&#0;", "a &nbsp; b", "a & b &",
		"\x01\xef\xbf\xbf", "<![CDATA[a && b \xff]]>" };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct reading *reading = transcript_read(mem, "x",
			mem_printf(mem,
				"<?xml version='1.0'?><testsuite>"
				"<testcase name='a'><failure>%s" BEHIND,
				wrong[i]));

		assert_false(reading->info->truncated);
		assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	}
	talloc_free(mem);
}

static void an_ampersand_stands_for_itself(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuite><testcase name='a'><failure message='x &amp; y &lt;&#233;'>"
		"<![CDATA[a && b &amp; c]]>\n1 & 2" BEHIND);

	(void)state;
	assert_string_equal(transcript_line(reading, "x & y <\xc3\xa9")->test, "a");
	assert_non_null(transcript_line(reading, "a && b &amp; c"));
	assert_int_equal(transcript_line(reading, "1 & 2")->line, 2);
	talloc_free(mem);
}

static void encodings_of_windows_and_the_east_are_known(void **state)
{
	static const struct {
		const char *name, *bytes, *text;
	} texts[] = {
		{ "windows-1251", "\xcd\xe5\xf2", "\xd0\x9d\xd0\xb5\xd1\x82" },
		{ "ISO-8859-15", "\xa4", "\xe2\x82\xac" },
		{ "GBK", "\xc4\xe3\xba\xc3", "\xe4\xbd\xa0\xe5\xa5\xbd" },
		{ "Shift_JIS", "\x83\x65", "\xe3\x83\x86" },
		{ "x-unheard-of", "\xe9", "\xc3\xa9" },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct reading *reading = transcript_read(mem, "x",
			mem_printf(mem,
				"<?xml version='1.0' encoding='%s'?><testsuite>"
				"<testcase name='a'><failure message='%s'>" BEHIND,
				texts[i].name, texts[i].bytes));

		assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
		assert_string_equal(transcript_test(reading, "a")->message, texts[i].text);
	}
	talloc_free(mem);
}

static void what_says_that_it_is_utf16_and_is_not_is_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<?xml version='1.0' encoding='utf-16'?>\n<testsuite tests='2'>"
		"<testcase name='gr\xc3\xbc\xc3\x9f'/><testcase name='b'><skipped/></testcase>"
		"</testsuite>");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 0 errors, 1 skipped");
	assert_non_null(transcript_test(reading, "gr\xc3\xbc\xc3\x9f"));
	talloc_free(mem);
}

static void documents_behind_each_other_add_up(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<?xml version='1.0'?>\n<testsuite tests='1'><testcase name='a'/></testsuite>\n"
		"<?xml version='1.0'?>\n<testsuite tests='1' failures='1'>\n"
		"<testcase name='b'><failure message='gone'/></testcase></testsuite>\nexit 1\n");

	(void)state;
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_int_equal(transcript_test(reading, "b")->line, 5);
	assert_null(transcript_line(reading, "exit 1")->test);
	assert_int_equal(transcript_line(reading, "exit 1")->line, 6);
	assert_false(reading->info->truncated);
	talloc_free(mem);
}

static void what_is_printed_before_a_document_is_of_no_test(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"\n> shop@1.0.0 test\n> lint && mocha\n\n<?xml version='1.0'?>\n<testsuite>\n"
		"<testcase name='a'><failure message='gone'/></testcase></testsuite>\n");

	(void)state;
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	assert_int_equal(transcript_line(reading, "> lint && mocha")->line, 3);
	assert_null(transcript_line(reading, "> lint && mocha")->test);
	assert_int_equal(transcript_test(reading, "a")->line, 7);
	talloc_free(mem);
}

static void a_file_without_tests_says_that_it_is_there(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x", "<?xml version='1.0'?><testsuites/>");

	(void)state;
	assert_null(transcript_line(reading, "<testsuites>")->test);
	assert_counts(reading, "0 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_status_without_an_element_is_believed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuite><testcase name='a' status='failed'/><testcase name='b' status='run'/>"
		"<testcase name='c' status='disabled'/><testcase name='d'><disabled/></testcase>"
		"</testsuite>");

	(void)state;
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 2 skipped");
	talloc_free(mem);
}

static void a_rerun_of_surefire_counts_once(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuite><testcase name='a'><failure message='first'/>"
		"<rerunFailure message='second'><stackTrace>at "
		"x</stackTrace></rerunFailure></testcase>"
		"<testcase name='b'><flakyFailure message='once'/><flakyError message='twice'/>"
		"</testcase></testsuite>");

	(void)state;
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "a")->message, "first");
	assert_string_equal(transcript_line(reading, "second")->test, "a");
	assert_null(transcript_test(reading, "b")->message);
	assert_true(is_noted(reading, "1 tests passed only when they were run again"));
	talloc_free(mem);
}

static void a_suite_that_fails_outside_of_its_cases_is_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuites><testsuite name='shop' tests='1' errors='1'>"
		"<error message='no database'/></testsuite></testsuites>");

	(void)state;
	assert_counts(reading, "0 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "shop")->message, "no database");
	talloc_free(mem);
}

static void figures_of_a_suite_may_leave_out_its_inner_suites(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuites><testsuite name='outer' tests='1' failures='0'><testcase name='a'/>"
		"<testsuite name='inner' tests='1' failures='1'><testcase name='b'><failure/>"
		"</testcase></testsuite></testsuite></testsuites>");
	struct reading *all = transcript_read(mem, "x",
		"<testsuites><testsuite name='outer' tests='2' failures='1'><testcase name='a'/>"
		"<testsuite name='inner' tests='1' failures='1'><testcase name='b'><failure/>"
		"</testcase></testsuite></testsuite></testsuites>");

	(void)state;
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_counts(all, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void figures_of_a_suite_cannot_hide_failures_nor_tell_them_twice(void **state)
{
	static const char *const files[][2] = {
		/* TestCafe tells failures twice */
		{ "<testsuite tests='3' failures='1' errors='1' skipped='0'><testcase name='a'/>"
		  "<testcase name='b'/><testcase name='c'><failure/></testcase></testsuite>",
			"2 passed, 1 failed, 0 errors, 0 skipped" },
		/* ESLint calls failures errors */
		{ "<testsuite tests='2' errors='2'><testcase name='a'><failure/></testcase>"
		  "<testcase name='b'><failure/></testcase></testsuite>",
			"0 passed, 2 failed, 0 errors, 0 skipped" },
		{ "<testsuite tests='4' failures='0' errors='0'><testcase name='a'>"
		  "<failure/></testcase></testsuite>",
			"3 passed, 1 failed, 0 errors, 0 skipped" },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_counts(transcript_read(mem, "x", files[i][0]), files[i][1]);
	talloc_free(mem);
}

static void a_case_with_several_results_is_one_case_and_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<testsuite tests='4'><testcase name='a'><failure/><error/></testcase>"
		"<testcase name='b'><skipped/><failure/></testcase>"
		"<testcase name='c'><failure/><skipped/></testcase>"
		"<testcase name='d'><skipped/><skipped/></testcase></testsuite>");

	(void)state;
	assert_counts(reading, "0 passed, 3 failed, 0 errors, 1 skipped");
	assert_int_equal(transcript_test(reading, "b")->counts.skipped, 0);
	talloc_free(mem);
}

static void results_that_only_nunit_has_are_known(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<test-results><test-suite><results><test-case name='a' result='Cancelled'/>"
		"<test-case name='b' result='Inconclusive'/><test-case name='c' result='Ignored'/>"
		"<test-case name='d' result='NotRunnable'/><test-case name='e' result='Warning'/>"
		"<test-case name='f' executed='False'/></results></test-suite></test-results>");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 1 errors, 4 skipped");
	talloc_free(mem);
}

static void an_nunit_run_that_failed_outside_of_its_tests_does_not_pass(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<test-run result='Failed'><test-suite fullname='Shop.Tests' result='Failed' "
		"site='TearDown'><failure><message>port in use</message></failure>"
		"<test-case fullname='Shop.Tests.A' result='Passed'/></test-suite></test-run>");
	struct reading *both = transcript_read(mem, "x",
		"<test-run result='Failed'><test-suite fullname='Shop.Tests' result='Failed' "
		"site='TearDown'><failure><message>port in use</message></failure>"
		"<test-case fullname='Shop.Tests.A' result='Failed'/></test-suite></test-run>");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "Shop.Tests")->message, "port in use");
	assert_counts(both, "0 passed, 1 failed, 0 errors, 0 skipped");
	assert_true(is_noted(both, "Shop.Tests failed outside of its tests"));
	talloc_free(mem);
}

static void errors_of_an_assembly_of_xunit_are_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<assemblies><assembly total='2' passed='1' failed='0' skipped='0' not-run='1' "
		"errors='1'><errors><error type='test-class-cleanup' name='Shop'><failure>"
		"<message>no permission</message></failure></error></errors>"
		"<collection><test name='a' result='Pass'/><test name='b' result='NotRun'/>"
		"</collection></assembly></assemblies>");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 1 errors, 1 skipped");
	assert_string_equal(
		transcript_test(reading, "test-class-cleanup Shop")->message, "no permission");
	assert_int_equal(reading->run->count_note_count, 0);
	talloc_free(mem);
}

static void every_outcome_of_a_trx_file_counts(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"<TestRun><Results><UnitTestResult testName='a' outcome='Timeout'/>"
		"<UnitTestResult testName='b' outcome='Aborted'/>"
		"<UnitTestResult testName='c' outcome='Inconclusive'/>"
		"<UnitTestResult testName='d' outcome='NotExecuted'/><UnitTestResult testName='e'/>"
		"<UnitTestResult testName='f' outcome='Failed'><InnerResults>"
		"<UnitTestResult testName='f (1)' outcome='Passed'/></InnerResults>"
		"<Output><ErrorInfo><Message>row 2</Message></ErrorInfo></Output></UnitTestResult>"
		"<UnitTestResult testName='g' outcome='InProgress'/>"
		"</Results><ResultSummary outcome='Aborted'/></TestRun>");

	(void)state;
	assert_counts(reading, "1 passed, 2 failed, 3 errors, 2 skipped");
	assert_string_equal(transcript_test(reading, "f")->message, "row 2");
	assert_true(is_noted(reading, "the outcome of the run is Aborted"));
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_xml_cannot_hold_ends_no_reading),
		cmocka_unit_test(an_ampersand_stands_for_itself),
		cmocka_unit_test(encodings_of_windows_and_the_east_are_known),
		cmocka_unit_test(what_says_that_it_is_utf16_and_is_not_is_read),
		cmocka_unit_test(documents_behind_each_other_add_up),
		cmocka_unit_test(what_is_printed_before_a_document_is_of_no_test),
		cmocka_unit_test(a_file_without_tests_says_that_it_is_there),
		cmocka_unit_test(a_status_without_an_element_is_believed),
		cmocka_unit_test(a_rerun_of_surefire_counts_once),
		cmocka_unit_test(a_suite_that_fails_outside_of_its_cases_is_told),
		cmocka_unit_test(figures_of_a_suite_may_leave_out_its_inner_suites),
		cmocka_unit_test(figures_of_a_suite_cannot_hide_failures_nor_tell_them_twice),
		cmocka_unit_test(a_case_with_several_results_is_one_case_and_failed),
		cmocka_unit_test(results_that_only_nunit_has_are_known),
		cmocka_unit_test(an_nunit_run_that_failed_outside_of_its_tests_does_not_pass),
		cmocka_unit_test(errors_of_an_assembly_of_xunit_are_told),
		cmocka_unit_test(every_outcome_of_a_trx_file_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
