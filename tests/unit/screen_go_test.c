/* The console of go test, with and without -v. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define PANIC                                                                                      \
	"panic: runtime error: index out of range [3] with length 3 [recovered]\n"                 \
	"\n"                                                                                       \
	"goroutine 7 [running]:\n"                                                                 \
	"testing.tRunner.func1.2({0x508ec0, 0x551cc0})\n"                                          \
	"\t/usr/lib/go/src/testing/testing.go:1396 +0x24e\n"                                       \
	"example.com/desk/order.TestPick.func1(0x0?)\n"                                            \
	"\t/src/order/order_test.go:41 +0x2e\n"

static void a_subtest_keeps_its_name_below_its_package(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"--- FAIL: TestSum (0.02s)\n"
		"    --- FAIL: TestSum/two_items#01 (0.01s)\n"
		"        sum_test.go:17: adding\n"
		"        sum_test.go:19: sum = 3, want 5\n"
		"            for 1 and 4\n"
		"FAIL\n"
		"FAIL\texample.com/desk/sum\t0.031s\n"
		"ok  \texample.com/desk/fine\t0.002s\n"
		"FAIL\n");

	(void)state;
	assert_string_equal(reading->info->format, "go-test");
	transcript_failed(reading, "example.com/desk/sum.TestSum/two_items#01", 2,
		"sum = 3, want 5\nfor 1 and 4");
	transcript_failed(reading, "example.com/desk/sum.TestSum", 1,
		"its subtest failed: TestSum/two_items#01");
	assert_ptr_equal(transcript_test(reading, "example.com/desk/sum.TestSum")->part,
		transcript_test(reading, "example.com/desk/sum.TestSum/two_items#01"));
	assert_int_equal(
		transcript_line(reading, "        sum_test.go:19: sum = 3, want 5")->severity,
		SEVERITY_ERROR);
	assert_int_equal(transcript_line(reading, "        sum_test.go:17: adding")->severity,
		SEVERITY_DEFAULT);
	assert_int_equal(transcript_test(reading, "example.com/desk/sum.TestSum")->duration,
		20 * WHEN_SECOND / 1000);
	transcript_counts_are(reading, "0 passed, 2 failed, 0 errors, 0 skipped");
	assert_string_equal(reading->info->notes[0],
		"1 packages of go test passed without saying how many tests they have");
	talloc_free(mem);
}

static void what_a_running_test_logs_is_an_error_only_if_it_fails(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"=== RUN   TestOne\n"
		"    one_test.go:5: all well\n"
		"--- PASS: TestOne (0.00s)\n"
		"=== RUN   TestTwo\n"
		"=== RUN   TestTwo/a\n"
		"level=info opening\n"
		"    two_test.go:9: closed too soon\n"
		"--- FAIL: TestTwo (0.00s)\n"
		"    --- FAIL: TestTwo/a (0.00s)\n"
		"=== RUN   TestThree\n"
		"    two_test.go:20: no network\n"
		"--- SKIP: TestThree (0.00s)\n"
		"FAIL\n"
		"FAIL\texample.com/desk\t0.004s\n");

	(void)state;
	assert_int_equal(transcript_line(reading, "    one_test.go:5: all well")->severity,
		SEVERITY_DEFAULT);
	assert_int_equal(transcript_line(reading, "    two_test.go:9: closed too soon")->severity,
		SEVERITY_ERROR);
	assert_int_equal(transcript_line(reading, "    two_test.go:9: closed too soon")->line, 7);
	assert_string_equal(
		transcript_line(reading, "level=info opening")->test, "example.com/desk.TestTwo/a");
	transcript_failed_at(reading, "example.com/desk.TestTwo/a", "two_test.go:9");
	assert_null(transcript_test(reading, "example.com/desk.TestOne")->file);
	assert_null(transcript_test(reading, "example.com/desk.TestOne")->message);
	transcript_failed(reading, "example.com/desk.TestTwo/a", 5, "closed too soon");
	transcript_counts_are(reading, "1 passed, 2 failed, 0 errors, 1 skipped");
	assert_int_equal(reading->count, 14);
	talloc_free(mem);
}

static void parallel_tests_are_told_apart_by_their_marks(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"=== RUN   TestA\n=== PAUSE TestA\n=== RUN   TestB\n=== PAUSE TestB\n"
		"=== CONT  TestB\n    x_test.go:8: b is odd\n"
		"=== CONT  TestA\n    x_test.go:3: a is even\n"
		"=== NAME  TestB\n    x_test.go:9: b is not even\n"
		"--- FAIL: TestB (0.00s)\n--- FAIL: TestA (0.00s)\n"
		"FAIL\nFAIL\tdesk\t0.1s\n");

	(void)state;
	transcript_failed(reading, "desk.TestA", 1, "a is even");
	transcript_failed(reading, "desk.TestB", 3, "b is not even");
	transcript_counts_are(reading, "0 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_panic_is_what_failed_with_its_stack(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"--- FAIL: TestPick (0.00s)\n    --- FAIL: TestPick/third (0.00s)\n" PANIC
		"FAIL\texample.com/desk/order\t0.005s\nFAIL\n");

	(void)state;
	transcript_failed(reading, "example.com/desk/order.TestPick/third", 2,
		"panic: runtime error: index out of range [3] with length 3 [recovered]");
	transcript_failed_at(
		reading, "example.com/desk/order.TestPick/third", "/src/order/order_test.go:41");
	assert_string_equal(transcript_line(reading, "\t/src/order/order_test.go:41 +0x2e")->test,
		"example.com/desk/order.TestPick/third");
	transcript_counts_are(reading, "0 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void the_stack_or_the_list_names_the_test_that_hangs(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"panic: test timed out after 2s\n\ngoroutine 18 [sleep]:\n"
		"time.Sleep(0x2540be400)\n\t/usr/lib/go/src/runtime/time.go:195 +0x135\n"
		"example.com/desk/slow.TestHang(0x0?)\n\t/src/slow/s_test.go:3 +0x25\n"
		"FAIL\texample.com/desk/slow\t2.003s\n"
		"panic: test timed out after 3s\n\trunning tests:\n"
		"FAIL\texample.com/desk/none\t3.003s\n"
		"panic: test timed out after 4s\nrunning tests:\n\tTestWait/long (4s)\n\n"
		"goroutine 1 [chan receive]:\nFAIL\texample.com/desk/wait\t4.003s\nFAIL\n");

	(void)state;
	transcript_failed(
		reading, "example.com/desk/slow.TestHang", 6, "panic: test timed out after 2s");
	transcript_failed(reading, "example.com/desk/none", 11, "panic: test timed out after 3s");
	transcript_failed(reading, "example.com/desk/wait.TestWait/long", 14,
		"panic: test timed out after 4s");
	transcript_counts_are(reading, "0 passed, 2 failed, 1 errors, 0 skipped");
	talloc_free(mem);
}

static void a_package_that_did_not_build_is_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"# example.com/desk/bad [example.com/desk/bad.test]\n"
		"bad/b_test.go:3:27: undefined: open\n"
		"FAIL\texample.com/desk/bad [build failed]\n"
		"FAIL\texample.com/desk/none [setup failed]\n"
		"=== RUN   TestLeave\n"
		"FAIL\texample.com/desk/leave\t0.003s\n"
		"exit status 3\n"
		"FAIL\texample.com/desk/left\t0.002s\n"
		"?   \texample.com/desk/empty\t[no test files]\nFAIL\n");

	(void)state;
	transcript_failed(
		reading, "example.com/desk/bad", 1, "bad/b_test.go:3:27: undefined: open");
	transcript_failed(
		reading, "example.com/desk/none", 4, "FAIL\texample.com/desk/none [setup failed]");
	transcript_failed(reading, "example.com/desk/leave.TestLeave", 5, NULL);
	transcript_failed(reading, "example.com/desk/left", 8, "exit status 3");
	transcript_counts_are(reading, "0 passed, 1 failed, 3 errors, 0 skipped");
	talloc_free(mem);
}

static void a_data_race_is_what_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"=== RUN   TestRace\n==================\nWARNING: DATA RACE\n"
		"Read at 0x00c0000b2168 by goroutine 8:\n"
		"  example.com/desk/race.TestRace.func1()\n      /src/r_test.go:3 +0x39\n"
		"==================\n"
		"    testing.go:1319: race detected during execution of test\n"
		"--- FAIL: TestRace (0.00s)\nFAIL\nFAIL\texample.com/desk/race\t0.012s\n");

	(void)state;
	transcript_failed(reading, "example.com/desk/race.TestRace", 1, "WARNING: DATA RACE");
	assert_string_equal(transcript_line(reading, "      /src/r_test.go:3 +0x39")->test,
		"example.com/desk/race.TestRace");
	talloc_free(mem);
}

static void testify_labels_what_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"--- FAIL: TestEqual (0.00s)\n"
		"    e_test.go:12: \n"
		"        \tError Trace:\t/src/e_test.go:12\n"
		"        \tError:      \tNot equal: \n"
		"        \t            \texpected: 1\n"
		"        \t            \tactual  : 2\n"
		"        \tTest:       \tTestEqual\n"
		"FAIL\nFAIL\texample.com/desk/e\t0.012s\n");

	(void)state;
	transcript_failed(
		reading, "example.com/desk/e.TestEqual", 1, "Not equal:\nexpected: 1\nactual  : 2");
	talloc_free(mem);
}

static void tests_of_two_packages_are_two_and_of_two_runs_are_one(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"--- FAIL: TestX (0.00s)\n    x_test.go:1: first\nFAIL\nFAIL\ta.example/x\t0.1s\n"
		"--- FAIL: TestX (0.00s)\n    x_test.go:1: other\nFAIL\nFAIL\ta.example/y\t0.1s\n"
		"--- FAIL: TestX (0.00s)\n    x_test.go:1: again\nFAIL\nFAIL\ta.example/x\t0.1s\n");

	(void)state;
	assert_int_equal(reading->run->test_count, 2);
	transcript_failed(reading, "a.example/x.TestX", 1, "first");
	transcript_failed(reading, "a.example/y.TestX", 5, "other");
	transcript_counts_are(reading, "0 passed, 3 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void what_runs_when_the_input_breaks_off_is_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"=== RUN   TestOne\n--- PASS: TestOne (0.00s)\n=== RUN   TestTwo\n"
		"    two_test.go:3: half a li");

	(void)state;
	assert_int_equal(reading->count, 4);
	assert_string_equal(
		reading->info->notes[0], "TestTwo was running when the transcript ended");
	transcript_counts_are(reading, "1 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void the_junit_file_of_a_run_is_the_same_run(void **state)
{
	static const char *const pairs[] = { "ci.txt",
		"--- FAIL: TestSum (0.02s)\n    --- FAIL: TestSum/two (0.01s)\n"
		"        sum_test.go:19: sum = 3, want "
		"5\nFAIL\nFAIL\texample.com/desk/sum\t0.031s\n",
		"junit.xml",
		"<testsuites><testsuite name=\"example.com/desk/sum\" tests=\"3\" failures=\"2\">"
		"<testcase classname=\"example.com/desk/sum\" "
		"name=\"TestSum\"><failure/></testcase>"
		"<testcase classname=\"example.com/desk/sum\" "
		"name=\"TestSum/two\"><failure/></testcase>"
		"<testcase classname=\"example.com/desk/sum\" name=\"TestFine\"/>"
		"</testsuite></testsuites>",
		NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_int_equal(reading->run->test_count, 3);
	transcript_failed(reading, "example.com/desk/sum.TestSum/two", 2, "sum = 3, want 5");
	assert_int_equal(reading->run->counts.failed, 2);
	assert_int_equal(reading->run->counts.passed, 1);
	talloc_free(mem);
}

static void what_gotestsum_tells_once_more_counts_once(void **state)
{
	static const char sum[] = "\n=== Skipped\n=== SKIP: desk/sum TestSkip (0.00s)\n"
				  "    sum_test.go:5: no network\n\n=== Failed\n"
				  "=== FAIL: desk/sum TestSum/two (0.01s)\n"
				  "    sum_test.go:19: sum = 3, want 5\n"
				  "    --- FAIL: TestSum/two (0.01s)\n\n"
				  "DONE 6 tests, 1 skipped, 1 failure in 1.234s\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt", sum);

	(void)state;
	transcript_failed(reading, "desk/sum.TestSum/two", 7, "sum = 3, want 5");
	assert_int_equal(transcript_line(reading, "    sum_test.go:19: sum = 3, want 5")->severity,
		SEVERITY_ERROR);
	transcript_counts_are(reading, "4 passed, 1 failed, 0 errors, 1 skipped");
	reading = transcript_read(mem, "ci.txt",
		mem_printf(mem,
			"--- FAIL: TestSum/two (0.01s)\n    sum_test.go:19: sum = 3, want 5\n"
			"FAIL\nFAIL\tdesk/sum\t0.1s\n%s",
			sum));
	transcript_failed(reading, "desk/sum.TestSum/two", 1, "sum = 3, want 5");
	transcript_counts_are(reading, "4 passed, 1 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_subtest_keeps_its_name_below_its_package),
		cmocka_unit_test(what_a_running_test_logs_is_an_error_only_if_it_fails),
		cmocka_unit_test(parallel_tests_are_told_apart_by_their_marks),
		cmocka_unit_test(a_panic_is_what_failed_with_its_stack),
		cmocka_unit_test(the_stack_or_the_list_names_the_test_that_hangs),
		cmocka_unit_test(a_package_that_did_not_build_is_an_error),
		cmocka_unit_test(a_data_race_is_what_failed),
		cmocka_unit_test(testify_labels_what_failed),
		cmocka_unit_test(tests_of_two_packages_are_two_and_of_two_runs_are_one),
		cmocka_unit_test(what_runs_when_the_input_breaks_off_is_told),
		cmocka_unit_test(the_junit_file_of_a_run_is_the_same_run),
		cmocka_unit_test(what_gotestsum_tells_once_more_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
