/* TAP, and the consoles of unittest and RSpec. */
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

#define LINE70 "----------------------------------------------------------------------\n"
#define RULE70 "======================================================================\n"

static void directives_and_diagnostics_of_tap_are_understood(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"ok 1 - first\nnot ok 2 - adds numbers\n#   Failed test 'adds numbers'\n"
		"#   at t/a.t line 2.\n#          got: '1'\n#     expected: '2'\n"
		"not ok 3 - later # TODO write it\n#   Failed (TODO) test 'later'\n"
		"ok 4 # skip no network\nnot ok 5\n#   Failed test at t/a.t line 9.\n1..5\n"
		"# Looks like you failed 2 tests of 5.\n");

	(void)state;
	assert_string_equal(reading->info->format, "tap");
	transcript_failed(reading, "adds numbers", 2, "got: '1'\nexpected: '2'");
	transcript_failed(reading, "test 5", 10, "Failed test at t/a.t line 9.");
	transcript_failed_at(reading, "adds numbers", "t/a.t:2");
	assert_int_equal(transcript_test(reading, "later")->outcome, OUTCOME_SKIPPED);
	assert_int_equal(transcript_line(reading, "#          got: '1'")->severity, SEVERITY_ERROR);
	transcript_counts_are(reading, "1 passed, 2 failed, 0 errors, 2 skipped");
	talloc_free(mem);
}

static void what_a_plan_has_and_no_point_told_is_missing(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading =
		transcript_read(mem, "ci.txt", "TAP version 13\n1..4\nok 1 - one\nok 2 - two\n");

	(void)state;
	transcript_failed(reading, "TAP 1..4", 2, "planned 4 tests, and 2 ran");
	transcript_counts_are(reading, "2 passed, 0 failed, 2 errors, 0 skipped");
	talloc_free(mem);
}

static void a_run_that_bails_out_says_why(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading =
		transcript_read(mem, "ci.txt", "1..3\nok 1 - one\nBail out! no database\n");

	(void)state;
	transcript_failed(reading, "TAP 1..3", 1, "Bail out! no database");
	assert_int_equal(
		transcript_line(reading, "Bail out! no database")->severity, SEVERITY_ERROR);
	transcript_counts_are(reading, "1 passed, 0 failed, 2 errors, 0 skipped");
	talloc_free(mem);
}

#define NODE                                                                                       \
	"TAP version 13\n# Subtest: sums\n    # Subtest: adds\n    ok 1 - adds\n      ---\n"       \
	"      duration_ms: 0.4\n      ...\n    # Subtest: subtracts\n    not ok 2 - subtracts\n"  \
	"      ---\n      location: '/src/a.test.mjs:2:46'\n      failureType: "                   \
	"'testCodeFailure'\n"                                                                      \
	"      error: |-\n        Expected values to be equal:\n        \n        1 !== 2\n"       \
	"        \n      code: 'ERR_ASSERTION'\n      stack: |-\n        at (/src/a.mjs:2:75)\n"   \
	"      ...\n    1..2\nnot ok 1 - sums\n  ---\n  type: 'suite'\n"                           \
	"  error: '1 subtest failed'\n  ...\n1..1\n# tests 2\n# suites 1\n# pass 1\n# fail 1\n"    \
	"# cancelled 0\n# skipped 0\n# todo 0\n# duration_ms 85.2\n"

static void subtests_of_node_stand_in_their_suites(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt", NODE);

	(void)state;
	transcript_failed(reading, "sums > subtracts", 9, "Expected values to be equal:\n1 !== 2");
	transcript_failed_at(reading, "sums > subtracts", "/src/a.test.mjs:2");
	assert_null(transcript_test(reading, "sums"));
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void files_of_prove_keep_their_tests_apart(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"t/a.t .. \n1..2\nok 1 - x\nnot ok 2 - y\nFailed 1/2 subtests \n"
		"t/b.t .. \n1..1\nok 1 - x\nok\n\nTest Summary Report\n-------------------\n"
		"t/a.t (Wstat: 256 Tests: 2 Failed: 1)\n  Failed test:  2\n"
		"Files=2, Tests=3,  0 wallclock secs\nResult: FAIL\n");

	(void)state;
	assert_non_null(transcript_test(reading, "t/a.t > x"));
	assert_non_null(transcript_test(reading, "t/b.t > x"));
	transcript_failed(reading, "t/a.t > y", 4, NULL);
	transcript_counts_are(reading, "2 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

static void points_of_bats_need_no_dash(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"1..2\nok 1 it opens\nnot ok 2 it closes\n# (in test file t/a.bats, line 6)\n"
		"#   `false' failed\n");

	(void)state;
	transcript_failed(
		reading, "it closes", 3, "(in test file t/a.bats, line 6)\n`false' failed");
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 0 skipped");
	talloc_free(mem);
}

#define UNITTEST                                                                                   \
	RULE70 "FAIL: test_sum (shop.test_desk.Desk)\nIt adds.\n" LINE70                           \
	       "Traceback (most recent call last):\n  File \"/src/test_desk.py\", line 7, in "     \
	       "test_sum\n"                                                                        \
	       "    self.assertEqual(1, 2)\nAssertionError: 1 != 2\n\n" RULE70                     \
	       "FAIL: test_each (shop.test_desk.Desk.test_each) (i=1)\n" LINE70                    \
	       "Traceback (most recent call last):\n  File \"/src/test_desk.py\", line 9, in x\n"  \
	       "KeyError: 'a'\n\nDuring handling of the above exception, another exception "       \
	       "occurred:\n\n"                                                                     \
	       "Traceback (most recent call last):\n  File \"/src/test_desk.py\", line 11, in x\n" \
	       "ValueError: no a\n\n" RULE70 "ERROR: setUpClass (shop.test_desk.Lamp)\n" LINE70    \
	       "Traceback (most recent call last):\n  File \"/src/test_desk.py\", line 20, in s\n" \
	       "RuntimeError: no database\n\nStdout:\nopening\n\n" LINE70

static void blocks_of_unittest_name_tests_in_both_spellings(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"FF.sE\n" UNITTEST
		"Ran 4 tests in 0.001s\n\nFAILED (failures=2, errors=1, skipped=1)\n");

	(void)state;
	assert_string_equal(reading->info->format, "unittest");
	transcript_failed(reading, "shop.test_desk.Desk.test_sum", 3, "AssertionError: 1 != 2");
	transcript_failed(reading, "shop.test_desk.Desk.test_each (i=1)", 12, "ValueError: no a");
	transcript_failed(
		reading, "shop.test_desk.Lamp.setUpClass", 25, "RuntimeError: no database");
	assert_string_equal(
		transcript_line(reading, "opening")->test, "shop.test_desk.Lamp.setUpClass");
	transcript_failed_at(
		reading, "shop.test_desk.Desk.test_each (i=1)", "shop/test_desk.py:11");
	transcript_counts_are(reading, "1 passed, 2 failed, 1 errors, 1 skipped");
	talloc_free(mem);
}

static void verbose_lines_of_unittest_count(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"test_one (shop.Desk.test_one) ... ok\n"
		"test_two (shop.Desk.test_two)\nIt opens. ... FAIL\n"
		"test_three (shop.Desk.test_three) ... skipped 'no net'\n"
		"test_four (shop.Desk.test_four) ... opening\nok\n"
		"test_five (shop.Desk.test_five) ... expected failure\n\n" RULE70
		"FAIL: test_two (shop.Desk.test_two)\n" LINE70
		"Traceback (most recent call last):\nAssertionError\n\n" LINE70
		"Ran 5 tests in 0.001s\n\nFAILED (failures=1, skipped=1, expected failures=1)\n");

	(void)state;
	transcript_failed(reading, "shop.Desk.test_two", 2, "AssertionError");
	assert_int_equal(transcript_test(reading, "shop.Desk.test_four")->outcome, OUTCOME_PASSED);
	transcript_counts_are(reading, "2 passed, 1 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void blocks_of_rspec_name_their_examples(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		".F*\n\nPending: (Failures listed here are expected)\n\n"
		"  1) Desk later\n     # Not yet implemented\n     # "
		"./spec/a_spec.rb:4\n\nFailures:\n\n"
		"  1) Desk closes\n     Failure/Error: expect(1).to eq 2\n\n"
		"       expected: 2\n            got: 1\n     # ./spec/a_spec.rb:3:in `block'\n\n"
		"Finished in 0.00992 seconds (files took 0.05 seconds to load)\n"
		"3 examples, 1 failure, 1 pending\n\nFailed examples:\n\n"
		"rspec ./spec/a_spec.rb:3 # Desk closes\n\n");

	(void)state;
	assert_string_equal(reading->info->format, "rspec");
	transcript_failed(reading, "Desk closes", 11, "expected: 2\ngot: 1");
	transcript_failed_at(reading, "Desk closes", "spec/a_spec.rb:3");
	assert_int_equal(transcript_test(reading, "Desk later")->outcome, OUTCOME_SKIPPED);
	assert_string_equal(transcript_line(reading, "     # ./spec/a_spec.rb:3:in `block'")->test,
		"Desk closes");
	transcript_counts_are(reading, "1 passed, 1 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void a_spec_that_does_not_load_is_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "ci.txt",
		"\nAn error occurred while loading ./spec/b_spec.rb.\n"
		"Failure/Error: require \"nothing\"\n\nLoadError:\n"
		"  cannot load such file -- nothing\n# ./spec/b_spec.rb:1:in `<top "
		"(required)>'\n\n\n"
		"Finished in 0.00005 seconds (files took 0.07 seconds to load)\n"
		"0 examples, 0 failures, 1 error occurred outside of examples\n");

	(void)state;
	transcript_failed(
		reading, "./spec/b_spec.rb", 2, "LoadError:\ncannot load such file -- nothing");
	transcript_counts_are(reading, "0 passed, 0 failed, 1 errors, 0 skipped");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directives_and_diagnostics_of_tap_are_understood),
		cmocka_unit_test(what_a_plan_has_and_no_point_told_is_missing),
		cmocka_unit_test(a_run_that_bails_out_says_why),
		cmocka_unit_test(subtests_of_node_stand_in_their_suites),
		cmocka_unit_test(files_of_prove_keep_their_tests_apart),
		cmocka_unit_test(points_of_bats_need_no_dash),
		cmocka_unit_test(blocks_of_unittest_name_tests_in_both_spellings),
		cmocka_unit_test(verbose_lines_of_unittest_count),
		cmocka_unit_test(blocks_of_rspec_name_their_examples),
		cmocka_unit_test(a_spec_that_does_not_load_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
