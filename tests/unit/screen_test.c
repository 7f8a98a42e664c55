/* Consoles of test runners: what is one, where it begins, and what shares an input with it. */
#include <stdlib.h>
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define BULLET "\xe2\x97\x8f"

#define GO                                                                                         \
	"--- FAIL: TestSum (0.02s)\n    sum_test.go:19: sum = 3, want 5\nFAIL\n"                   \
	"FAIL\texample.com/desk/sum\t0.031s\n"
#define JEST                                                                                       \
	"FAIL test/a.test.js\n  " BULLET " one\n\n    broken\n\n"                                  \
	"Test Suites: 1 failed, 1 total\nTests:       1 failed, 1 passed, 2 total\n"
#define CARGO                                                                                      \
	"running 1 test\ntest a::one ... FAILED\n\n"                                               \
	"test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n"

/* What a service says by chance. */
static const char *const logs[] = {
	"starting\nok 1\nFAIL to open\nok 2\nall is well\n",
	"FAIL\nPASS\nfailed\nok\n",
	"FAIL test of the pump\n  one\n  two\n",
	"1..5 workers\nok 1 worker is up\n",
	"worker says: --- FAIL: TestSum (0.02s)\nand: FAIL\texample.com/desk/sum\t0.031s\n",
	"running 3 tests\ntest\n",
	"test result: pending\nRan 3 jobs in 0.1s\nOK\n",
	"Tests: 3 failed, 4 total in all regions\nTest Suites: none\n",
	"3/5 tests of the line\nthe following tests FAILED: 2\n",
	"[  FAILED  ] to start\n[  RUN  ] x.y\n",
	"  2 passing lorries (they were 3s late)\n  1 failing\n",
	"4 examples, of which 2 failures were known\nFailures:\nnone\n",
	" RUN  verification\n Test Files  2\n",
	"======\nERROR: disk (full)\n------\n",
	"2031-01-02T03:04:05Z ok 1 - x\n2031-01-02T03:04:06Z 1..1\n",
	"2031-01-02T03:04:05Z GET /\n2031-01-02T03:04:06Z bad:\n--- FAIL: TestX (0.01s)\n"
	"2031-01-02T03:04:07Z GET /\n2031-01-02T03:04:08Z GET /\n",
};

static void a_log_that_says_fail_stays_a_log(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct reading *reading = transcript_read(mem, "tests.log", logs[i]);

		if (reading->info->transcript || reading->run->test_count > 0)
			fail_msg("log %zu is taken for %s", i, reading->info->format);
		talloc_free(mem);
	}
}

static void runners_one_after_another_add_up(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"+ go test ./...\n" GO "+ npx jest\n" JEST "+ cargo test\n" CARGO "+ exit 1\n");

	(void)state;
	assert_string_equal(reading->info->format, "test-console");
	transcript_failed(reading, "example.com/desk/sum.TestSum", 2, "sum = 3, want 5");
	transcript_failed(reading, "test/a.test.js > one", 8, "broken");
	transcript_failed(reading, "a::one", 16, NULL);
	assert_null(transcript_line(reading, "+ npx jest")->test);
	assert_null(transcript_line(reading, "+ exit 1")->test);
	transcript_counts_are(reading, "1 passed, 3 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

#define PYTEST                                                                                     \
	"============ test session starts ============\n"                                          \
	"tests/test_desk.py::test_sum FAILED [100%]\n==== 1 failed in 0.10s ====\n"

static void they_stand_beside_a_session_of_pytest(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt", GO PYTEST JEST);

	(void)state;
	assert_string_equal(reading->info->format, "pytest-console");
	transcript_failed(reading, "example.com/desk/sum.TestSum", 1, "sum = 3, want 5");
	transcript_failed(reading, "test/a.test.js > one", 9, "broken");
	transcript_failed(reading, "tests/test_desk.py::test_sum", 6, NULL);
	transcript_counts_are(reading, "1 passed, 3 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void figures_without_names_behind_pytest_are_told_and_not_added(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		PYTEST
		"Test Suites: 1 failed, 1 total\nTests:       4 failed, 3 passed, 7 total\n");

	(void)state;
	transcript_counts_are(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	assert_string_equal(reading->info->notes[0], "jest states 3 passed, 4 failed, 0 errors, 0 "
						     "skipped; no test of it is named, so they "
						     "are not counted");
	talloc_free(mem);
}

/* COUNT lines of a build before TEXT. Owned by MEM. */
static char *deep(TALLOC_CTX *mem, unsigned count, const char *text)
{
	char *log = mem_array(mem, char, (size_t)count * 32 + strlen(text) + 1), *at = log;

	for (unsigned i = 0; i < count; i++)
		at += sprintf(at, "[%u] cc -c part%u.c\n", i, i);
	memcpy(at, text, strlen(text) + 1);
	return log;
}

static void a_runner_deep_in_a_build_log_is_heard(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *text = deep(mem, 9000, JEST GO CARGO "done\n");
	struct reading *reading = transcript_read(mem, "ci.txt", text);

	(void)state;
	assert_true(reading->info->transcript);
	assert_string_equal(reading->info->format, "test-console");
	transcript_failed(reading, "test/a.test.js > one", 9002, "broken");
	transcript_failed(reading, "example.com/desk/sum.TestSum", 9008, "sum = 3, want 5");
	transcript_failed(reading, "a::one", 9013, NULL);
	assert_int_equal(transcript_line(reading, "[17] cc -c part17.c")->line, 18);
	assert_string_equal(reading->info->notes[0], "output of a test runner begins at line 9002");
	transcript_counts_are(reading, "1 passed, 3 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void tracebacks_before_a_runner_are_entries_as_in_any_text(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *text = deep(mem, 9000,
		"Traceback (most recent call last):\n  File \"x.py\", line 1\nKeyError: 'a'\n" GO);
	struct reading *reading = transcript_read(mem, "ci.txt", text);

	(void)state;
	assert_int_equal(transcript_line(reading,
				 "Traceback (most recent call last):\n  File \"x.py\", line 1\n"
				 "KeyError: 'a'")
				 ->line,
		9001);
	transcript_failed(reading, "example.com/desk/sum.TestSum", 9004, "sum = 3, want 5");
	talloc_free(mem);
}

static void errors_of_the_build_around_tests_keep_their_level(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading =
		transcript_read(mem, "ci.txt", "ERROR: no space left\nhello\n" GO);

	(void)state;
	assert_int_equal(
		transcript_line(reading, "ERROR: no space left")->severity, SEVERITY_ERROR);
	assert_null(transcript_line(reading, "ERROR: no space left")->test);
	talloc_free(mem);
}

static void many_lines_of_one_test_do_not_wait_for_ever(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_array(mem, char, 200000), *at = text;
	struct reading *reading;

	(void)state;
	at += sprintf(at, "=== RUN   TestX\n    x_test.go:1: begins\n");
	for (unsigned i = 0; i < 5000; i++)
		at += sprintf(at, "line %u\n", i);
	sprintf(at, "    x_test.go:9: ends\n--- FAIL: TestX (0.00s)\nFAIL\nFAIL\tdesk\t0.1s\n");
	reading = transcript_read(mem, "ci.txt", text);
	assert_int_equal(reading->count, 5006);
	for (size_t i = 0; i < reading->count; i++)
		assert_int_equal(reading->lines[i].line, i + 1);
	transcript_failed(reading, "desk.TestX", 1, "ends");
	talloc_free(mem);
}

static void every_beginning_of_a_console_can_be_read(void **state)
{
	static const char text[] = "x\n" GO JEST CARGO;

	(void)state;
	for (size_t length = 0; length < sizeof(text); length++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct reading *reading = transcript_read_bytes(mem, "ci.txt", text, length);

		assert_null(reading->error);
		assert_true(reading->run->counts.failed <= 3);
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_log_that_says_fail_stays_a_log),
		cmocka_unit_test(runners_one_after_another_add_up),
		cmocka_unit_test(they_stand_beside_a_session_of_pytest),
		cmocka_unit_test(figures_without_names_behind_pytest_are_told_and_not_added),
		cmocka_unit_test(a_runner_deep_in_a_build_log_is_heard),
		cmocka_unit_test(tracebacks_before_a_runner_are_entries_as_in_any_text),
		cmocka_unit_test(errors_of_the_build_around_tests_keep_their_level),
		cmocka_unit_test(many_lines_of_one_test_do_not_wait_for_ever),
		cmocka_unit_test(every_beginning_of_a_console_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
