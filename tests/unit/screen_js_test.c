/* The consoles of Jest, Vitest and Mocha. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define BULLET "\xe2\x97\x8f"
#define ARROW "\xe2\x80\xba"
#define TICK "\xe2\x9c\x93"
#define CROSS "\xe2\x9c\x95"
#define TIMES "\xc3\x97"
#define ANGLE "\xe2\x9d\xaf"
#define BAR "\xe2\x8e\xaf\xe2\x8e\xaf\xe2\x8e\xaf"

#define JEST                                                                                       \
	"FAIL test/sum.test.js\n"                                                                  \
	"  " BULLET " Console\n\n    console.log\n      opening\n\n"                               \
	"  " BULLET " sums " ARROW " two " ARROW " adds [1, 4]\n\n"                                \
	"    expect(received).toBe(expected) // Object.is equality\n\n"                            \
	"    Expected: 5\n    Received: 3\n\n"                                                     \
	"      1 | test('adds', () => {\n    > 2 |   expect(3).toBe(5);\n"                         \
	"        |             ^\n\n      at Object.toBe (test/sum.test.js:2:13)\n\n"              \
	"FAIL test/none.test.js\n"                                                                 \
	"  " BULLET " Test suite failed to run\n\n    Cannot find module './none'\n\n"             \
	"PASS test/fine.test.js (5.1 s)\n\n"                                                       \
	"Test Suites: 2 failed, 1 passed, 3 total\n"                                               \
	"Tests:       1 failed, 1 skipped, 1 todo, 2 passed, 5 total\n"                            \
	"Snapshots:   0 total\nTime:        0.432 s\nRan all test suites.\n"

static void a_block_of_jest_names_its_test_by_all_its_titles(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt", JEST);

	(void)state;
	assert_string_equal(reading->info->format, "jest");
	transcript_failed(reading, "test/sum.test.js > sums > two > adds [1, 4]", 7,
		"expect(received).toBe(expected) // Object.is equality\nExpected: 5\nReceived: 3");
	transcript_failed(reading, "test/none.test.js", 21, "Cannot find module './none'");
	assert_string_equal(
		transcript_line(reading, "      at Object.toBe (test/sum.test.js:2:13)")->test,
		"test/sum.test.js > sums > two > adds [1, 4]");
	transcript_failed_at(
		reading, "test/sum.test.js > sums > two > adds [1, 4]", "test/sum.test.js:2");
	assert_null(transcript_line(reading, "      opening")->test);
	transcript_counts_are(reading, "2 passed, 1 failed, 1 errors, 2 skipped");
	talloc_free(mem);
}

static void marks_of_verbose_jest_count_and_colours_do_not_matter(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"\x1b[7m\x1b[1m\x1b[31m FAIL \x1b[39m\x1b[22m\x1b[27m "
		"\x1b[2mtest/\x1b[22m\x1b[1msum.test.js\x1b[22m\r\n"
		"  \x1b[32m" TICK "\x1b[39m \x1b[2mfine (2 ms)\x1b[22m\r\n"
		"  sums\r\n"
		"    \x1b[31m" CROSS "\x1b[39m \x1b[2mtwo (1.5 s)\x1b[22m\r\n"
		"    \xe2\x97\x8b skipped later\r\n"
		"    \xe2\x9c\x8e todo never\r\n"
		"\r\n"
		"\x1b[1m\x1b[31m  \x1b[1m" BULLET " \x1b[22m\x1b[1msums " ARROW " two\x1b[39m\r\n"
		"\r\n"
		"    TypeError: no such thing\r\n"
		"\r\n"
		"\x1b[1mTest Suites: \x1b[22m\x1b[31m1 failed\x1b[39m, 1 total\r\n"
		"\x1b[1mTests:       \x1b[22m1 failed, 1 skipped, 1 todo, 1 passed, 4 total\r\n");

	(void)state;
	transcript_failed(reading, "test/sum.test.js > sums > two", 4, "TypeError: no such thing");
	assert_int_equal(transcript_test(reading, "test/sum.test.js > sums > two")->duration,
		1500 * WHEN_SECOND / 1000);
	assert_int_equal(transcript_test(reading, "test/sum.test.js > sums > never")->outcome,
		OUTCOME_SKIPPED);
	assert_non_null(transcript_test(reading, "test/sum.test.js > fine"));
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 2 skipped");
	talloc_free(mem);
}

static void figures_alone_are_told_without_tests(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"npm warn something\n\nTest Suites: 1 failed, 1 passed, 2 total\n"
		"Tests:       1 failed, 2 passed, 3 total\n");

	(void)state;
	assert_int_equal(reading->run->test_count, 0);
	assert_int_equal(reading->run->counts.failed, 1);
	assert_int_equal(reading->run->counts.passed, 2);
	talloc_free(mem);
}

static void a_summary_that_disagrees_with_the_tests_is_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"FAIL test/a.test.js\n  " BULLET " one\n\n    broken\n\n"
		"Test Suites: 1 failed, 1 total\nTests:       2 failed, 2 total\n");

	(void)state;
	assert_int_equal(reading->run->counts.failed, 2);
	assert_int_equal(reading->run->count_note_count, 1);
	assert_string_equal(reading->run->count_notes[0],
		"ci.txt states 0 passed, 2 failed, 0 errors, 0 skipped; its tests count "
		"0 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void the_junit_file_of_jest_has_titles_joined_by_blanks(void **state)
{
	static const char *const pairs[] = { "ci.txt",
		"FAIL test/a.test.js\n  " BULLET " sums " ARROW " two\n\n    broken\n\n"
		"  " BULLET " alone\n\n    broken, too\n\n"
		"Test Suites: 1 failed, 1 total\nTests:       2 failed, 2 total\n",
		"junit.xml",
		"<testsuites><testsuite name=\"sums\" tests=\"2\" failures=\"2\">"
		"<testcase classname=\"sums two\" name=\"sums two\"><failure>x</failure></testcase>"
		"<testcase classname=\" alone\" name=\" alone\"><failure>x</failure></testcase>"
		"</testsuite></testsuites>",
		NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read_texts(mem, pairs);

	(void)state;
	assert_int_equal(reading->run->test_count, 2);
	transcript_counts_are(reading, "0 passed, 2 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

#define VITEST                                                                                     \
	"\n RUN  v2.1.9 /src\n\n"                                                                  \
	"stdout | vt/sum.test.ts > sums > two\nopening\n\n"                                        \
	" " ANGLE " vt/sum.test.ts (3 tests | 2 failed | 1 skipped) 58ms\n"                        \
	"   " TIMES " sums > two 5ms\n     \xe2\x86\x92 expected 3 to be 5\n"                      \
	"   " TIMES " alone\n     \xe2\x86\x92 expected 3 to be 5\n"                               \
	" \xe2\x9c\x93 vt/fine.test.ts (1 test) 2ms\n"                                             \
	" " ANGLE " vt/none.test.ts (0 test)\n\n" BAR " Failed Suites 1 " BAR "\n\n"               \
	" FAIL  vt/none.test.ts [ vt/none.test.ts ]\nError: Failed to load url ./none\n"           \
	" " ANGLE " load node_modules/vite/x.js:1:2\n\n" BAR "[1/3]" BAR "\n\n" BAR                \
	" Failed Tests 2 " BAR "\n\n"                                                              \
	" FAIL  vt/sum.test.ts > sums > two\n FAIL  vt/sum.test.ts > alone\n"                      \
	"AssertionError: expected 3 to be 5\n\n- Expected\n+ Received\n\n- 5\n+ 3\n\n"             \
	" " ANGLE " vt/sum.test.ts:3:98\n      3|  expect(3).toBe(5)\n       |       ^\n\n" BAR    \
	"[2/3]" BAR "\n\n"                                                                         \
	" Test Files  2 failed | 1 passed (3)\n"                                                   \
	"      Tests  2 failed | 1 passed | 1 skipped (4)\n"                                       \
	"   Start at  23:24:04\n   Duration  642ms (transform 21ms)\n\n"

static void heads_of_vitest_in_a_row_share_what_failed(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt", VITEST);
	const char *told = "AssertionError: expected 3 to be 5\n- Expected\n+ Received\n- 5\n+ 3";

	(void)state;
	assert_string_equal(reading->info->format, "vitest");
	transcript_failed(reading, "vt/sum.test.ts > alone", 10, told);
	transcript_failed(
		reading, "vt/sum.test.ts > sums > two", 4, "AssertionError: expected 3 to be 5");
	transcript_failed(reading, "vt/none.test.ts", 17, "Error: Failed to load url ./none");
	assert_string_equal(
		transcript_line(reading, "opening")->test, "vt/sum.test.ts > sums > two");
	transcript_failed_at(reading, "vt/sum.test.ts > alone", "vt/sum.test.ts:3");
	transcript_counts_are(reading, "1 passed, 2 failed, 1 errors, 1 skipped");
	talloc_free(mem);
}

static void a_run_of_vitest_that_breaks_off_is_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"\n RUN  v3.1.0 /src\n\n \xe2\x9c\x93 vt/a.test.ts > one 2ms\n"
		" " TIMES " vt/a.test.ts > two 1ms\n   \xe2\x86\x92 expected 3 to be");

	(void)state;
	transcript_failed(reading, "vt/a.test.ts > two", 5, "expected 3 to be");
	assert_int_equal(reading->info->note_count, 1);
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void failures_of_mocha_are_counted_once(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"> mocha\n\n\n  sums\n    \xe2\x9c\x94 adds (75ms)\nprinted\n    1) subtracts\n"
		"    - later\n    deep\n      2) throws\n\n\n"
		"  1 passing (81ms)\n  1 pending\n  2 failing\n\n"
		"  1) sums\n       subtracts:\n\n"
		"      AssertionError [ERR_ASSERTION]: not equal\n\n1 !== 2\n\n"
		"      + expected - actual\n\n      -1\n      +2\n\n"
		"      at Context.<anonymous> (mo/a.js:2:99)\n\n"
		"  2) sums\n       deep\n         throws:\n     TypeError: no\n"
		"      at Context.<anonymous> (mo/a.js:3:49)\n\n\n"
		"npm error code 2\n");

	(void)state;
	assert_string_equal(reading->info->format, "mocha");
	transcript_failed(reading, "sums > subtracts", 7,
		"AssertionError [ERR_ASSERTION]: not equal\n1 !== 2");
	transcript_failed(reading, "sums > deep > throws", 10, "TypeError: no");
	transcript_failed_at(reading, "sums > deep > throws", "mo/a.js:3");
	assert_null(transcript_line(reading, "npm error code 2")->test);
	transcript_counts_are(reading, "1 passed, 2 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_of_jest_names_its_test_by_all_its_titles),
		cmocka_unit_test(marks_of_verbose_jest_count_and_colours_do_not_matter),
		cmocka_unit_test(figures_alone_are_told_without_tests),
		cmocka_unit_test(a_summary_that_disagrees_with_the_tests_is_told),
		cmocka_unit_test(the_junit_file_of_jest_has_titles_joined_by_blanks),
		cmocka_unit_test(heads_of_vitest_in_a_row_share_what_failed),
		cmocka_unit_test(a_run_of_vitest_that_breaks_off_is_told),
		cmocka_unit_test(failures_of_mocha_are_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
