/* Result files, logs of runners, generated reports; and several of them of one run. */
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

static void junit_messages_are_unescaped_line_by_line(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "junit.xml",
		"<?xml version='1.0'?><testsuites><testsuite name='pytest' errors='0' failures='1' "
		"skipped='0' tests='1' timestamp='2025-03-04T05:06:07Z'>\n"
		"<testcase classname='tests.a.TestA' name='test_b' time='0.5'>"
		"<failure message='one &amp; &quot;two&quot;&#10;three'>#x1B[31mE   red#x1B[0m\n"
		"last</failure><system-out>[WARNING] out</system-out></testcase></testsuite>"
		"</testsuites>");
	const struct heard *tag;

	(void)state;
	tag = transcript_line(reading,
		"<testsuite name=\"pytest\" errors=\"0\" failures=\"1\" skipped=\"0\" tests=\"1\" "
		"timestamp=\"2025-03-04T05:06:07Z\">");
	assert_null(tag->test);
	assert_int_equal(tag->time, INT64_C(1741064767) * WHEN_SECOND);
	assert_string_equal(transcript_line(reading, "three")->test, "tests.a.TestA.test_b");
	assert_int_equal(transcript_line(reading, "E   red")->severity, SEVERITY_ERROR);
	assert_int_equal(transcript_line(reading, "last")->line, 3);
	assert_int_equal(transcript_line(reading, "[WARNING] out")->severity, SEVERITY_WARNING);
	assert_int_equal(
		transcript_test(reading, "tests.a.TestA.test_b")->duration, WHEN_SECOND / 2);
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void errors_in_set_up_and_teardown_of_a_case_are_two(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "junit.xml",
		"<testsuite tests='2' errors='2' failures='0'><testcase name='a'>"
		"<error message='set-up'/><error message='teardown'/></testcase></testsuite>");

	(void)state;
	assert_int_equal(transcript_test(reading, "a")->counts.errors, 2);
	assert_counts(reading, "0 passed, 0 failed, 2 errors, 0 skipped");
	talloc_free(mem);
}

static void a_file_that_breaks_off_tells_what_was_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "junit.xml",
		"<testsuite><testcase name='a'/><testcase name='b'><failure message='x'>cut he");

	(void)state;
	assert_true(reading->info->truncated);
	assert_null(reading->error);
	assert_non_null(transcript_line(reading, "cut he"));
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void entities_are_not_expanded_and_what_is_told_is_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "junit.xml",
		"<!DOCTYPE t [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'><!ENTITY % p '&a;'>%p;"
		"<!ENTITY f SYSTEM 'file:///etc/hostname'><!ATTLIST testcase name CDATA '&b;'>]>"
		"<testsuite><testcase name='&b;'><failure>is &f;</failure></testcase></testsuite>");

	(void)state;
	assert_true(is_noted(reading, "entities that it declares were not expanded"));
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "&b;")->message, "is &f;");
	talloc_free(mem);
}

static void deep_nesting_is_refused(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *deep = mem_strdup(mem, "<testsuite>");
	struct reading *reading;

	(void)state;
	for (int i = 0; i < 80; i++)
		deep = talloc_strdup_append(deep, "<a>");
	reading = transcript_read(mem, "junit.xml", deep);
	assert_true(is_noted(reading, "more than 64 deep"));
	talloc_free(mem);
}

static void a_report_tells_its_exit_code_and_summary(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "report.json",
		"{\"exitcode\": 4, \"summary\": {\"total\": 0, \"collected\": 0}, \"tests\": []}");

	(void)state;
	assert_non_null(transcript_line(reading, "\"exitcode\": 4"));
	assert_true(is_noted(reading, "exit code 4"));
	assert_counts(reading, "0 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_report_tells_phases_and_output(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "report.json",
		"{\"exitcode\": 1, \"summary\": {\"failed\": 1, \"error\": 1},\n"
		"\"tests\": [{\"nodeid\": \"a.py::b\", \"outcome\": \"failed\",\n"
		"\"setup\": {\"duration\": 0.25}, \"call\": {\"duration\": 0.5,\n"
		"\"crash\": {\"message\": \"KeyError: 'x'\"}, \"stdout\": \"one\\ntwo\\n\"}},\n"
		"{\"nodeid\": \"a.py::c\", \"outcome\": \"error\"}]}");
	const struct test *test = transcript_test(reading, "a.py::b");

	(void)state;
	assert_string_equal(test->message, "KeyError: 'x'");
	assert_int_equal(test->duration, 3 * WHEN_SECOND / 4);
	assert_int_equal(test->line, 2);
	assert_string_equal(transcript_line(reading, "two")->test, "a.py::b");
	assert_counts(reading, "0 passed, 1 failed, 1 errors, 0 skipped");
	talloc_free(mem);
}

static void a_report_that_is_cut_off_tells_what_was_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "report.json",
		"{\"exitcode\": 1, \"summary\": {\"failed\": 2, \"total\": 2},\n"
		"\"tests\": [{\"nodeid\": \"a.py::b\", \"outcome\": \"failed\"},\n"
		"{\"nodeid\": \"a.py::c\", \"outcome\": \"fai");

	(void)state;
	assert_true(reading->info->truncated);
	assert_true(is_noted(reading, "the JSON is cut off"));
	assert_int_equal(reading->run->test_count, 1);
	assert_counts(reading, "0 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_runner_counts_modules(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "runner.txt",
		"[1/2] Running test_pump...\n[PASS] Valve tested\n[INFO] no pressure\n"
		"  [FAIL] 1 passed, 2 failed: test_flow: none; test_level: low\n\n"
		"[2/2] Running test_tank...\n[FAIL] one step, as expected\n"
		"  [PASS] All 3 tests passed\n\n"
		"TEST SUMMARY\nTotal: 2 modules\nPassed: 1\nFailed: 1\nSkipped: 0\n");

	(void)state;
	assert_string_equal(reading->info->unit, "modules");
	assert_string_equal(transcript_line(reading, "[INFO] no pressure")->test, "test_pump");
	assert_int_equal(transcript_test(reading, "test_tank")->outcome, OUTCOME_PASSED);
	assert_string_equal(transcript_test(reading, "test_pump")->message,
		"1 passed, 2 failed: test_flow: none; test_level: low");
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

#define REPORT                                                                                     \
	"# Nightly Test Report\n\n## Summary\n\n- **Total Tests:** 2\n- **Passed:** 2 (100%)\n"    \
	"- **Failed:** 0\n\n| Test Name | Status | Duration | File |\n|---|---|---|---|\n"         \
	"| test_flow | PASS passed | 1.5s | test_pump.py |\n"                                      \
	"| test_level | PASS passed | 0.1s | test_pump.py |\n\n"                                   \
	"### Run 1\n```\ntest_other.py::test_old FAILED\n\n1 passed, 5 failed in 9s\n```\n"

static void an_object_that_counts_tests_is_no_list_of_results(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(
		mem, "budget.json", "{\"tests\": {\"passed\": 3, \"failed\": null}}\n");

	(void)state;
	assert_false(reading->info->transcript);
	reading = transcript_read(
		mem, "results.json", "{\"tests\": [{\"name\": \"a\", \"status\": \"failed\"}]}\n");
	assert_true(reading->info->transcript);
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_generated_report_counts_its_summary_and_table(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "report.md", REPORT);

	(void)state;
	assert_int_equal(
		transcript_test(reading, "test_pump.py::test_flow")->duration, 3 * WHEN_SECOND / 2);
	assert_int_equal(reading->run->test_count, 2);
	assert_counts(reading, "2 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_console_is_trusted_more_than_a_generated_report(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *const pairs[] = { "console.log",
		"==== test session starts ====\n"
		"tests/e2e/test_pump.py::TestPump::test_flow PASSED\n"
		"tests/e2e/test_pump.py::TestPump::test_level PASSED\n"
		"tests/e2e/test_pump.py::TestPump::test_setup ERROR\n",
		"report.md", REPORT, NULL };
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_counts(reading, "2 passed, 0 failed, 1 errors, 0 skipped");
	assert_int_equal(reading->run->test_count, 3);
	assert_string_equal(reading->run->count_notes[0],
		"report.md states 2 passed, 0 failed, 0 errors, 0 skipped; console.log counts "
		"2 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(reading->info->tests[0]->same_as->name,
		"tests/e2e/test_pump.py::TestPump::test_flow");
	talloc_free(mem);
}

static void two_formats_of_one_run_are_counted_once(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *const pairs[] = { "junit.xml",
		"<testsuite tests='2' failures='1' errors='0' skipped='0'>"
		"<testcase classname='tests.e2e.test_a.TestA' name='test_b[x.y/z]' time='0.5'>"
		"<failure message='x'/></testcase>"
		"<testcase classname='tests.e2e.test_a' name='test_c'/></testsuite>",
		"console.log",
		"tests\\e2e\\test_a.py::TestA::test_b[x.y/z] FAILED [ 50%]\n"
		"tests\\e2e\\test_a.py::test_c PASSED [100%]\n"
		"==== 1 failed, 1 passed in 0.5s ====\n",
		NULL };
	struct reading *reading = transcript_read_texts(mem, pairs);
	const struct test *test =
		transcript_test(reading, "tests\\e2e\\test_a.py::TestA::test_b[x.y/z]");

	(void)state;
	assert_non_null(test);
	assert_int_equal(test->duration, WHEN_SECOND / 2);
	assert_int_equal(reading->run->test_count, 2);
	assert_int_equal(reading->run->count_note_count, 0);
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void runs_that_share_no_tests_add_up(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *const pairs[] = { "one.xml",
		"<testsuite tests='1'><testcase name='a.b'/></testsuite>", "two.xml",
		"<testsuite tests='1' failures='1'><testcase name='c.d'><failure/></testcase>"
		"</testsuite>",
		NULL };
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_int_equal(reading->run->test_count, 2);
	talloc_free(mem);
}

static void tests_of_the_same_name_in_two_classes_stay_two(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *const pairs[] = { "console.log",
		"a.py::TestA::test_x PASSED\na.py::TestB::test_x FAILED\n", "junit.xml",
		"<testsuite><testcase classname='a.TestB' name='test_x'><failure/></testcase>"
		"<testcase classname='a.TestA' name='test_x'/></testsuite>",
		NULL };
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_int_equal(reading->run->test_count, 2);
	assert_string_equal(reading->info->tests[0]->same_as->name, "a.py::TestB::test_x");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(junit_messages_are_unescaped_line_by_line),
		cmocka_unit_test(errors_in_set_up_and_teardown_of_a_case_are_two),
		cmocka_unit_test(a_file_that_breaks_off_tells_what_was_read),
		cmocka_unit_test(entities_are_not_expanded_and_what_is_told_is_read),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(a_report_tells_its_exit_code_and_summary),
		cmocka_unit_test(a_report_tells_phases_and_output),
		cmocka_unit_test(a_report_that_is_cut_off_tells_what_was_read),
		cmocka_unit_test(a_runner_counts_modules),
		cmocka_unit_test(an_object_that_counts_tests_is_no_list_of_results),
		cmocka_unit_test(a_generated_report_counts_its_summary_and_table),
		cmocka_unit_test(a_console_is_trusted_more_than_a_generated_report),
		cmocka_unit_test(two_formats_of_one_run_are_counted_once),
		cmocka_unit_test(runs_that_share_no_tests_add_up),
		cmocka_unit_test(tests_of_the_same_name_in_two_classes_stay_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
