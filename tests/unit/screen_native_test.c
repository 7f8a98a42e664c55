/* The consoles of cargo test, CTest and GoogleTest. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

static void binaries_of_cargo_have_tests_of_their_own(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"   Compiling desk v0.1.0 (/src)\n"
		"     Running unittests src/lib.rs (target/debug/deps/desk-507999230d6984fa)\n\n"
		"running 4 tests\n"
		"test tests::sums ... FAILED\n"
		"test tests::fine ... ok\n"
		"test tests::later ... ignored, slow\n"
		"test tests::panics - should panic ... ok\n\n"
		"failures:\n\n"
		"---- tests::sums stdout ----\n"
		"opening\n\n"
		"thread 'tests::sums' panicked at src/lib.rs:14:51:\n"
		"assertion `left == right` failed: sum of 2\n  left: 3\n right: 5\n"
		"note: run with `RUST_BACKTRACE=1` environment variable to display a "
		"backtrace\n\n\n"
		"failures:\n    tests::sums\n\n"
		"test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; "
		"finished in 0.07s\n\n"
		"     Running tests/sums.rs (target/debug/deps/sums-d6c00e1614d165e9)\n\n"
		"running 1 test\ntest tests::sums ... FAILED\n\nfailures:\n\n"
		"---- tests::sums stdout ----\n"
		"thread 'tests::sums' panicked at 'no such desk', tests/sums.rs:3:5\n"
		"note: run with `RUST_BACKTRACE=1` environment variable to display a "
		"backtrace\n\n\n"
		"failures:\n    tests::sums\n\n"
		"test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n\n"
		"   Doc-tests desk\n\nrunning 1 test\ntest src/lib.rs - add (line 3) ... ok\n\n"
		"test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; "
		"finished in 0.10s\n\n"
		"error: test failed, to rerun pass `--lib`\n");

	(void)state;
	assert_string_equal(reading->info->format, "cargo-test");
	transcript_failed(reading, "desk::tests::sums", 5,
		"assertion `left == right` failed: sum of 2\nleft: 3\nright: 5");
	transcript_failed(reading, "sums::tests::sums", 30, "no such desk");
	transcript_failed_at(reading, "desk::tests::sums", "src/lib.rs:14");
	transcript_failed_at(reading, "sums::tests::sums", "tests/sums.rs:3");
	assert_non_null(transcript_test(reading, "desk::src/lib.rs - add (line 3)"));
	assert_non_null(transcript_test(reading, "desk::tests::panics"));
	assert_string_equal(transcript_line(reading, "opening")->test, "desk::tests::sums");
	transcript_counts_are(reading, "3 passed, 2 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void a_verdict_may_come_behind_output(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"running 2 tests\ntest a::one ... opening\nclosing\nok\ntest a::two ... "
		"thread 'a::two' panicked at src/lib.rs:2:1:\nno\nFAILED\n\n"
		"test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n");

	(void)state;
	assert_int_equal(transcript_test(reading, "a::one")->outcome, OUTCOME_PASSED);
	assert_int_equal(transcript_test(reading, "a::two")->outcome, OUTCOME_FAILED);
	assert_string_equal(transcript_line(reading, "closing")->test, "a::one");
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_binary_that_was_killed_is_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"     Running unittests src/main.rs (target/debug/deps/desk-507999230d6984fa)\n\n"
		"running 3 tests\ntest a::one ... ok\n"
		"error: test failed, to rerun pass `--bin desk`\n\nCaused by:\n"
		"  process didn't exit successfully: "
		"`/src/target/debug/deps/desk-507999230d6984fa` "
		"(signal: 6, SIGABRT: process abort signal)\n");
	const struct test *test = transcript_test(reading, "desk");

	(void)state;
	assert_non_null(test);
	assert_int_equal(test->outcome, OUTCOME_ERROR);
	assert_non_null(strstr(test->message, "SIGABRT"));
	transcript_counts_are(reading, "1 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(reading->info->notes[0], "desk announced 3 tests and told of 2");
	talloc_free(mem);
}

#define CTEST                                                                                      \
	"Test project /src/build\n"                                                                \
	"    Start 1: good\n1/6 Test #1: good .............................   Passed    0.00 "     \
	"sec\n"                                                                                    \
	"    Start 2: bad one\n2/6 Test #2: bad one ..........................***Failed    0.51 "  \
	"sec\n"                                                                                    \
	"opening\nbad.c:12: assertion failed: x == 1\n\n"                                          \
	"    Start 3: crash\n"                                                                     \
	"3/6 Test #3: crash ............................***Exception: SegFault  0.00 sec\n\n"      \
	"    Start 4: hang\n4/6 Test #4: hang .............................***Timeout   1.00 "     \
	"sec\n\n"                                                                                  \
	"    Start 5: none\nUnable to find executable: /none\n"                                    \
	"5/6 Test #5: none .............................***Not Run   0.00 sec\n"                   \
	"    Start 6: skip\n6/6 Test #6: skip .............................***Skipped   0.00 "     \
	"sec\n\n"

static void ctest_says_how_each_test_ended(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"[1/2] Building C object x.o\n[2/2] Linking C executable x\n" CTEST
		"33% tests passed, 4 tests failed out of 6\n\n"
		"Total Test time (real) =   1.51 sec\n\n"
		"The following tests did not run:\n\t  6 - skip (Skipped)\n\n"
		"The following tests FAILED:\n\t  2 - bad one (Failed)\n\t  3 - crash (SEGFAULT)\n"
		"\t  4 - hang (Timeout)\n\t  5 - none (Not Run)\nErrors while running CTest\n"
		"make: *** [test] Error 8\n");

	(void)state;
	assert_string_equal(reading->info->format, "ctest");
	transcript_failed(reading, "bad one", 6, "bad.c:12: assertion failed: x == 1");
	transcript_failed(reading, "crash", 11, "Exception: SegFault");
	transcript_failed(reading, "hang", 14, "Timeout");
	transcript_failed(reading, "none", 17, "Not Run");
	transcript_failed_at(reading, "bad one", "bad.c:12");
	assert_string_equal(transcript_line(reading, "opening")->test, "bad one");
	assert_string_equal(transcript_line(reading, "\t  4 - hang (Timeout)")->test, "hang");
	assert_null(transcript_line(reading, "make: *** [test] Error 8")->test);
	assert_int_equal(transcript_test(reading, "bad one")->duration, 510 * WHEN_SECOND / 1000);
	transcript_counts_are(reading, "1 passed, 4 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void lines_of_ctest_with_numbers_are_of_those_tests(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"test 1\n    Start 1: one\ntest 2\n    Start 2: two\n"
		"1: Test command: /one\n2: x.c:7: two is odd\n1: x.c:8: one is even\n"
		"1/2 Test #2: two ..............................***Failed    0.00 sec\n"
		"2/2 Test #1: one ..............................   Passed    0.00 sec\n\n"
		"50% tests passed, 1 tests failed out of 2\n");

	(void)state;
	transcript_failed(reading, "two", 4, "x.c:7: two is odd");
	assert_null(transcript_test(reading, "one")->message);
	assert_string_equal(transcript_line(reading, "1: Test command: /one")->test, "one");
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void a_list_whose_lines_are_lost_names_its_tests(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"66% tests passed, 1 tests failed out of 3\n\nThe following tests FAILED:\n"
		"\t  2 - bad (Failed)\n");

	(void)state;
	transcript_failed(reading, "bad", 4, NULL);
	assert_int_equal(reading->run->counts.passed, 2);
	assert_int_equal(reading->run->counts.failed, 1);
	talloc_free(mem);
}

#define GTEST                                                                                      \
	"[==========] Running 4 tests from 2 test suites.\n"                                       \
	"[----------] Global test environment set-up.\n[----------] 3 tests from Desk\n"           \
	"[ RUN      ] Desk.Sum\nopening\nd.cc:3: Failure\nExpected equality of these values:\n"    \
	"  1+1\n    Which is: 2\n  3\n[  FAILED  ] Desk.Sum (12 ms)\n"                             \
	"[ RUN      ] Desk.Fine\n[       OK ] Desk.Fine (0 ms)\n"                                  \
	"[ RUN      ] Desk.Skip\nd.cc:5: Skipped\nno db\n[  SKIPPED ] Desk.Skip (0 ms)\n"          \
	"[----------] 3 tests from Desk (12 ms total)\n\n"                                         \
	"[ RUN      ] Inst/P.Even/0\nd.cc:8: Failure\nValue of: false\n"

static void googletest_within_ctest_tells_what_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"    Start 1: desk\n"
		"1/1 Test #1: desk .............................***Failed    0.00 sec\n" GTEST
		"\n0% tests passed, 1 tests failed out of 1\n");

	(void)state;
	assert_string_equal(reading->info->format, "ctest");
	transcript_failed(reading, "desk", 1,
		"d.cc:3: Failure\nExpected equality of these values:\n1+1\nWhich is: 2\n3");
	transcript_counts_are(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void googletest_names_parameters(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		GTEST "[  FAILED  ] Inst/P.Even/0, where GetParam() = 1 (0 ms)\n"
		      "[----------] Global test environment tear-down\n"
		      "[==========] 4 tests from 2 test suites ran. (12 ms total)\n"
		      "[  PASSED  ] 1 test.\n[  SKIPPED ] 1 test, listed below:\n"
		      "[  SKIPPED ] Desk.Skip\n[  FAILED  ] 2 tests, listed below:\n"
		      "[  FAILED  ] Desk.Sum\n[  FAILED  ] Inst/P.Even/0, where GetParam() = 1\n\n"
		      " 2 FAILED TESTS\n");

	(void)state;
	assert_string_equal(reading->info->format, "googletest");
	transcript_failed(
		reading, "Desk.Sum", 4, "Expected equality of these values:\n1+1\nWhich is: 2\n3");
	transcript_failed(reading, "Inst/P.Even/0", 20, "Value of: false");
	transcript_failed_at(reading, "Desk.Sum", "d.cc:3");
	assert_string_equal(transcript_line(reading, "opening")->test, "Desk.Sum");
	assert_int_equal(transcript_line(reading, "d.cc:3: Failure")->severity, SEVERITY_ERROR);
	assert_int_equal(transcript_test(reading, "Desk.Sum")->duration, 12 * WHEN_SECOND / 1000);
	transcript_counts_are(reading, "1 passed, 2 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void a_test_that_killed_its_program_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(
		mem, "ci.txt", GTEST "Segmentation fault (core dumped)\nmake: *** Error 139\n");

	(void)state;
	assert_int_equal(transcript_test(reading, "Inst/P.Even/0")->outcome, OUTCOME_FAILED);
	assert_null(transcript_line(reading, "make: *** Error 139")->test);
	transcript_counts_are(reading, "1 passed, 2 failed, 0 errors, 1 skipped");
	reading = transcript_read(
		mem, "ci.txt", GTEST "ci.sh: line 3: 81 Aborted     (core dumped) ./desk_test\n");
	assert_int_equal(transcript_test(reading, "Inst/P.Even/0")->outcome, OUTCOME_FAILED);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(binaries_of_cargo_have_tests_of_their_own),
		cmocka_unit_test(a_verdict_may_come_behind_output),
		cmocka_unit_test(a_binary_that_was_killed_is_an_error),
		cmocka_unit_test(ctest_says_how_each_test_ended),
		cmocka_unit_test(lines_of_ctest_with_numbers_are_of_those_tests),
		cmocka_unit_test(googletest_within_ctest_tells_what_failed),
		cmocka_unit_test(a_list_whose_lines_are_lost_names_its_tests),
		cmocka_unit_test(googletest_names_parameters),
		cmocka_unit_test(a_test_that_killed_its_program_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
