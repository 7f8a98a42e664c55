/* Consoles of pytest in all the shapes that they have. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define START "============ test session starts ============\n"
#define ID "tests/e2e/test_pump.py::TestPump::test_flow"

static void assert_counts(const struct reading *reading, const char *expected)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	assert_string_equal(transcript_figures(mem, &reading->run->counts), expected);
	talloc_free(mem);
}

static void a_verdict_is_an_entry_of_its_own(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START ID " FAILED      [ 50%]\n"
			 "tests/e2e/test_pump.py::test_level[a b] PASSED [100%]\n"
			 "==== 1 failed, 1 passed in 0.10s ====\n");

	(void)state;
	assert_string_equal(transcript_line(reading, "FAILED      [ 50%]")->test, ID);
	assert_string_equal(transcript_line(reading, ID)->test, ID);
	assert_non_null(transcript_test(reading, "tests/e2e/test_pump.py::test_level[a b]"));
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_int_equal(reading->run->count_note_count, 0);
	talloc_free(mem);
}

static void output_before_the_verdict_is_of_the_test(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START ID " [INFO] valve opened\n"
			 "2025-03-04T05:06:07Z [ERROR] no pressure\n"
			 "FAILED to connect, trying again\n"
			 "FAILED\n"
			 "tests/e2e/test_pump.py::test_level done PASSED\n"
			 "==== 1 failed, 1 passed in 0.10s ====\n"
			 "after the end\n");

	(void)state;
	assert_string_equal(transcript_line(reading, "[INFO] valve opened")->test, ID);
	assert_string_equal(transcript_line(reading, "FAILED")->test, ID);
	assert_int_equal(transcript_line(reading, "[INFO] valve opened")->severity, SEVERITY_INFO);
	assert_int_equal(transcript_line(reading, "2025-03-04T05:06:07Z [ERROR] no pressure")->time,
		INT64_C(1741064767) * WHEN_SECOND);
	assert_int_equal(
		transcript_line(reading, "2025-03-04T05:06:07Z [ERROR] no pressure")->severity,
		SEVERITY_ERROR);
	assert_null(transcript_line(reading, "after the end")->test);
	assert_int_equal(transcript_test(reading, "tests/e2e/test_pump.py::test_level")->outcome,
		OUTCOME_PASSED);
	talloc_free(mem);
}

static void the_last_of_chained_exceptions_is_the_message(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START ID " FAILED [100%]\n"
			 "==== FAILURES ====\n"
			 "____ TestPump.test_flow ____\n"
			 "E   asyncio.CancelledError\n"
			 "The above exception was the direct cause of the following exception:\n"
			 "E   TimeoutError\n"
			 "---- Captured stdout call ----\n"
			 "[INFO] sent\n"
			 "==== short test summary info ====\n"
			 "FAILED " ID " - TimeoutError\n"
			 "==== 1 failed in 0.10s ====\n");

	(void)state;
	assert_string_equal(transcript_test(reading, ID)->message, "TimeoutError");
	assert_string_equal(transcript_line(reading, "[INFO] sent")->test, ID);
	assert_string_equal(transcript_line(reading, "FAILED " ID " - TimeoutError")->test, ID);
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void dots_get_their_names_from_the_summary(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "tests/test_a.py .F [ 50%]\ntests/test_b.py F. [100%]\n"
		      "==== FAILURES ====\n"
		      "____ test_same ____\nE   first\n____ test_same ____\nE   second\n"
		      "==== short test summary info ====\n"
		      "FAILED tests/test_a.py::test_same\nFAILED tests/test_b.py::test_same\n");

	(void)state;
	assert_string_equal(
		transcript_line(reading, "E   second")->test, "tests/test_b.py::test_same");
	assert_string_equal(
		transcript_test(reading, "tests/test_a.py::test_same")->message, "first");
	assert_int_equal(reading->run->test_count, 2);
	assert_counts(reading, "2 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void workers_repeat_one_collection_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "created: 2/2 workers\n==== ERRORS ====\n"
		      "\x1b[31m____ ERROR collecting tests/test_a.py ____\x1b[0m\nno such marker\n"
		      "\x1b[31m____ ERROR collecting tests/test_a.py ____\x1b[0m\nno such marker\n"
		      "==== short test summary info ====\n"
		      "ERROR app\\tests\\test_a.py - Failed: no such marker\n"
		      "ERROR app\\tests\\test_a.py - Failed: no such marker\n"
		      "==== 2 errors in 0.10s ====\n"
		      "Tests:       131 failed, 490 passed, 621 total\n");

	(void)state;
	assert_int_equal(reading->run->test_count, 1);
	assert_string_equal(
		transcript_test(reading, "tests/test_a.py")->message, "Failed: no such marker");
	assert_counts(reading, "0 passed, 0 failed, 2 errors, 0 skipped");
	talloc_free(mem);
}

static void a_worker_names_its_test_behind_the_verdict(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "scheduling tests via LoadScheduling\n" ID "\n"
		      "[gw0] [ 50%] PASSED " ID "\n"
		      "[gw1] [100%] FAILED tests/test_b.py::test_b\n"
		      "==== FAILURES ====\n____ tests/test_b.py ____\n"
		      "worker 'gw1' crashed while running 'tests/test_b.py::test_b'\n");

	(void)state;
	assert_non_null(transcript_line(reading, "PASSED " ID));
	assert_string_equal(transcript_line(reading,
				    "worker 'gw1' crashed while running 'tests/test_b.py::test_b'")
				    ->test,
		"tests/test_b.py::test_b");
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void two_sessions_and_a_hole_add_up(void **state)
{
	static const char text[] = START ID " FAILED [100%]\r\n==== 1 failed in 0.1s ====\r\n"
					    "\0\0\0\0tests/test_b.py::test_b PASSED [100%]\r\n"
					    "==== FAILURES ====\r\n"
					    "____ TestPump.test_flow ____\r\nE   x\r\n"
					    "==== 1 failed, 5 passed in 0.1s (0:00:01) ====\r\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read_bytes(mem, "c.txt", text, sizeof(text) - 1);

	(void)state;
	assert_int_equal(transcript_test(reading, ID)->counts.failed, 2);
	assert_counts(reading, "5 passed, 2 failed, 0 errors, 0 skipped");
	assert_string_equal(reading->run->count_notes[0],
		"c.txt states 5 passed, 2 failed, 0 errors, 0 skipped; its tests count 1 passed, "
		"2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void set_up_and_teardown_errors_count_beside_the_verdict(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START ID " PASSED\n" ID " ERROR\ntests/a.py::test_b ERROR\n"
			 "==== ERRORS ====\n_ ERROR at teardown of TestPump.test_flow _\nE   late\n"
			 "____ ERROR at setup of test_b ____\nE   early\n");

	(void)state;
	assert_int_equal(transcript_test(reading, ID)->outcome, OUTCOME_ERROR);
	assert_string_equal(transcript_line(reading, "E   early")->test, "tests/a.py::test_b");
	assert_counts(reading, "1 passed, 0 failed, 2 errors, 0 skipped");
	talloc_free(mem);
}

static void a_piece_with_a_verdict_is_one_test_named_after_its_source(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "piece.txt",
		"[INFO] sent\n[INFO] event: ping\nFAILED: TimeoutError after 3 s\n");

	(void)state;
	assert_string_equal(transcript_line(reading, "[INFO] sent")->test, "piece.txt");
	assert_true(transcript_test(reading, "piece.txt")->nameless);
	assert_string_equal(
		transcript_test(reading, "piece.txt")->message, "TimeoutError after 3 s");
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_traceback_names_the_test_of_a_piece(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "piece.txt",
		"[INFO] sent\nFAILED\n\nE   TimeoutError\ntests\\e2e\\test_x.py:3: in test_y\n");

	(void)state;
	assert_string_equal(
		transcript_line(reading, "[INFO] sent")->test, "tests/e2e/test_x.py::test_y");
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_time_limit_fails_the_test_that_ran(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START ID " [INFO] sent\n++++ Timeout ++++\n~~~~ Stack of MainThread (1) ~~~~\n"
			 "  File \"a.py\", line 5, in test_flow\n++++ Timeout ++++\n");

	(void)state;
	assert_int_equal(transcript_test(reading, ID)->counts.failed, 1);
	assert_string_equal(
		transcript_line(reading, "  File \"a.py\", line 5, in test_flow")->test, ID);
	talloc_free(mem);
}

static void failures_of_one_line_are_given_their_tests_by_the_summary(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "tests/test_pump.py FF.\n"
		      "============ FAILURES ============\n"
		      "/srv/tests/test_pump.py:4: TypeError: fill() takes no arguments\n"
		      "/srv/tests/test_pump.py:9: assert 2 == 3\n"
		      "/srv/tests/test_pump.py:9: assert 2 == 4\n"
		      "============ short test summary info ============\n"
		      "FAILED tests/test_pump.py::test_fill - TypeError: fill() takes no a...\n"
		      "FAILED tests/test_pump.py::test_level - assert 2 == 3\n"
		      "==== 2 failed, 1 passed in 0.10s ====\n");

	(void)state;
	assert_string_equal(
		transcript_line(
			reading, "/srv/tests/test_pump.py:4: TypeError: fill() takes no arguments")
			->test,
		"tests/test_pump.py::test_fill");
	assert_string_equal(transcript_test(reading, "tests/test_pump.py::test_fill")->message,
		"TypeError: fill() takes no arguments");
	assert_string_equal(
		transcript_line(reading, "/srv/tests/test_pump.py:9: assert 2 == 3")->test,
		"tests/test_pump.py::test_level");
	/* nobody claims this one, and it is no test of its own */
	assert_null(transcript_test(reading, "/srv/tests/test_pump.py:9"));
	assert_counts(reading, "1 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void times_that_a_ci_service_puts_before_lines_are_none_of_the_console(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		"2025-03-04T05:06:07.1234567Z " START "2025-03-04T05:06:08.1234567Z " ID
		" FAILED [ 50%]\n"
		"2025-03-04T05:06:08.2234567Z tests/e2e/test_pump.py::test_level PASSED [100%]\n"
		"2025-03-04T05:06:08.3234567Z \n"
		"2025-03-04T05:06:09.1234567Z ==== 1 failed, 1 passed in 0.10s ====\n");

	(void)state;
	assert_string_equal(reading->info->format, "pytest-console");
	assert_string_equal(transcript_line(reading, ID)->test, ID);
	assert_int_equal(
		transcript_line(reading, ID)->time, INT64_C(1741064768) * WHEN_SECOND + 123456700);
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	assert_false(reading->info->zone_unknown);
	talloc_free(mem);
}

static void a_closing_line_that_a_test_printed_closes_nothing(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "tests/e2e/test_pump.py .                  [100%]\n"
		      "================= PASSES ==================\n"
		      "_______________ test_level ________________\n"
		      "---------- Captured stdout call -----------\n"
		      "=== 3 passed in 1s ===\n"
		      "======== short test summary info ==========\n"
		      "PASSED tests/e2e/test_pump.py::test_level\n"
		      "=========== 1 passed in 0.10s =============\n");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_session_inside_of_a_running_test_is_its_output(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "c.txt",
		START "tests/e2e/test_pump.py::test_level inner:\n"
		      "=== test session starts ===\n"
		      "tests/test_inner.py::test_leak FAILED\n"
		      "=== 1 failed in 0.01s ===\n"
		      "PASSED\n"
		      "============ 1 passed in 0.10s ============\n");

	(void)state;
	assert_null(transcript_test(reading, "tests/test_inner.py::test_leak"));
	assert_string_equal(transcript_line(reading, "tests/test_inner.py::test_leak FAILED")->test,
		"tests/e2e/test_pump.py::test_level");
	assert_counts(reading, "1 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_run_without_tests_counts_none(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(
		mem, "c.txt", START "collected 58 items\n==== 6 warnings in 27.70s ====\n");

	(void)state;
	assert_true(reading->info->has_stated);
	assert_counts(reading, "0 passed, 0 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_log_is_not_a_transcript(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "app.log",
		"2025-03-04 05:06:07 INFO started\n2025-03-04 05:06:08 ERROR FAILED to start\n");

	(void)state;
	assert_false(reading->info->transcript);
	assert_int_equal(reading->run->test_count, 0);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verdict_is_an_entry_of_its_own),
		cmocka_unit_test(output_before_the_verdict_is_of_the_test),
		cmocka_unit_test(the_last_of_chained_exceptions_is_the_message),
		cmocka_unit_test(dots_get_their_names_from_the_summary),
		cmocka_unit_test(workers_repeat_one_collection_error),
		cmocka_unit_test(a_worker_names_its_test_behind_the_verdict),
		cmocka_unit_test(two_sessions_and_a_hole_add_up),
		cmocka_unit_test(set_up_and_teardown_errors_count_beside_the_verdict),
		cmocka_unit_test(a_piece_with_a_verdict_is_one_test_named_after_its_source),
		cmocka_unit_test(a_traceback_names_the_test_of_a_piece),
		cmocka_unit_test(a_time_limit_fails_the_test_that_ran),
		cmocka_unit_test(a_run_without_tests_counts_none),
		cmocka_unit_test(times_that_a_ci_service_puts_before_lines_are_none_of_the_console),
		cmocka_unit_test(a_closing_line_that_a_test_printed_closes_nothing),
		cmocka_unit_test(a_session_inside_of_a_running_test_is_its_output),
		cmocka_unit_test(failures_of_one_line_are_given_their_tests_by_the_summary),
		cmocka_unit_test(a_log_is_not_a_transcript),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
