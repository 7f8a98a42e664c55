/* What runners write as JSON: go test, Jest and Vitest, Mocha, Playwright, RSpec, Dart. */
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

static const char go_stream[] =
	"{\"Time\":\"2031-01-02T03:04:05Z\",\"Action\":\"start\",\"Package\":\"example.com/a\"}\n"
	"{\"Time\":\"2031-01-02T03:04:05Z\",\"Action\":\"run\",\"Package\":\"example.com/a\","
	"\"Test\":\"TestAdd\"}\n"
	"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd/none\"}\n"
	"{\"Action\":\"output\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd/none\","
	"\"Output\":\"half a \"}\n"
	"{\"Action\":\"output\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd/none\","
	"\"Output\":\"line\\n\"}\n"
	"{\"Action\":\"output\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd/none\","
	"\"Output\":\"    a_test.go:9: got 4, want 3\\n\"}\n"
	"{\"Action\":\"fail\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd/none\","
	"\"Elapsed\":0.25}\n"
	"{\"Action\":\"fail\",\"Package\":\"example.com/a\",\"Test\":\"TestAdd\",\"Elapsed\":0.5}\n"
	"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestSkip\"}\n"
	"{\"Action\":\"skip\",\"Package\":\"example.com/a\",\"Test\":\"TestSkip\",\"Elapsed\":0}\n"
	"{\"Action\":\"fail\",\"Package\":\"example.com/a\",\"Elapsed\":0.6}\n";

static void tests_of_go_and_their_subtests_count(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x", go_stream);
	const struct test *test = transcript_test(reading, "example.com/a.TestAdd/none");

	(void)state;
	assert_string_equal(reading->info->format, "go-test-json");
	assert_counts(reading, "0 passed, 2 failed, 0 errors, 1 skipped");
	assert_string_equal(test->message, "got 4, want 3");
	assert_int_equal(test->duration, WHEN_SECOND / 4);
	assert_int_equal(test->line, 3);
	assert_int_equal(transcript_test(reading, "example.com/a.TestAdd")->start,
		INT64_C(1925089445) * WHEN_SECOND);
	assert_int_equal(transcript_line(reading, "half a line")->line, 4);
	assert_int_equal(transcript_line(reading, "    a_test.go:9: got 4, want 3")->severity,
		SEVERITY_ERROR);
	assert_int_equal(transcript_line(reading, "    a_test.go:9: got 4, want 3")->line, 6);
	assert_false(reading->info->truncated);
	talloc_free(mem);
}

static void a_go_stream_that_breaks_off_counts_no_test_that_had_not_ended(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *end = strstr(go_stream, "{\"Action\":\"fail\"");
	struct reading *reading =
		transcript_read_bytes(mem, "x", go_stream, (size_t)(end + 20 - go_stream));

	(void)state;
	assert_counts(reading, "0 passed, 0 failed, 0 errors, 0 skipped");
	assert_true(reading->info->truncated);
	assert_true(is_noted(reading, "line 7: this event is broken"));
	assert_true(is_noted(reading, "2 tests had begun and are not counted"));
	talloc_free(mem);
}

static void a_go_package_that_does_not_build_is_an_error_with_what_the_compiler_said(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"ImportPath\":\"example.com/b "
		"[example.com/b.test]\",\"Action\":\"build-output\","
		"\"Output\":\"# example.com/b [example.com/b.test]\\n\"}\n"
		"{\"ImportPath\":\"example.com/b "
		"[example.com/b.test]\",\"Action\":\"build-output\","
		"\"Output\":\"./b_test.go:5:2: undefined: sum\\n\"}\n"
		"{\"ImportPath\":\"example.com/b "
		"[example.com/b.test]\",\"Action\":\"build-fail\"}\n"
		"{\"Action\":\"fail\",\"Package\":\"example.com/b\",\"Elapsed\":0,"
		"\"FailedBuild\":\"example.com/b [example.com/b.test]\"}\n");
	struct reading *old = transcript_read(mem, "x",
		"# example.com/b [example.com/b.test]\n./b_test.go:5:2: undefined: sum\n"
		"{\"Action\":\"pass\",\"Package\":\"example.com/a\",\"Test\":\"TestA\"}\n"
		"{\"Action\":\"pass\",\"Package\":\"example.com/a\"}\n"
		"FAIL\texample.com/b [build failed]\n");

	(void)state;
	assert_counts(reading, "0 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "example.com/b")->message,
		"./b_test.go:5:2: undefined: sum");
	assert_int_equal(transcript_line(reading, "./b_test.go:5:2: undefined: sum")->line, 2);
	assert_counts(old, "1 passed, 0 failed, 1 errors, 0 skipped");
	assert_string_equal(
		transcript_line(old, "./b_test.go:5:2: undefined: sum")->test, "example.com/b");
	talloc_free(mem);
}

static void what_ran_when_a_go_package_panicked_failed_and_what_waited_did_not(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestWait\"}\n"
		"{\"Action\":\"pause\",\"Package\":\"example.com/a\",\"Test\":\"TestWait\"}\n"
		"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestSlow\"}\n"
		"{\"Action\":\"output\",\"Package\":\"example.com/a\",\"Test\":\"TestSlow\","
		"\"Output\":\"panic: test timed out after 2s\\n\"}\n"
		"{\"Action\":\"fail\",\"Package\":\"example.com/a\",\"Elapsed\":2}\n");

	(void)state;
	assert_counts(reading, "0 passed, 1 failed, 0 errors, 0 skipped");
	assert_string_equal(transcript_test(reading, "example.com/a.TestSlow")->message,
		"panic: test timed out after 2s");
	assert_true(is_noted(reading, "1 tests of example.com/a had begun and never ended"));
	talloc_free(mem);
}

static void of_a_go_package_that_was_run_again_the_last_run_counts(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestA\"}\n"
		"{\"Action\":\"fail\",\"Package\":\"example.com/a\",\"Test\":\"TestA\"}\n"
		"{\"Action\":\"fail\",\"Package\":\"example.com/a\"}\n"
		"{\"Action\":\"run\",\"Package\":\"example.com/a\",\"Test\":\"TestA\"}\n"
		"{\"Action\":\"pass\",\"Package\":\"example.com/a\",\"Test\":\"TestA\"}\n"
		"{\"Action\":\"pass\",\"Package\":\"example.com/a\"}\n");

	(void)state;
	assert_counts(reading, "1 passed, 0 failed, 0 errors, 0 skipped");
	assert_true(is_noted(reading, "1 tests failed, and passed when they were run again"));
	talloc_free(mem);
}

static void a_log_that_has_actions_and_packages_is_no_transcript(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"timestamp\":\"2031-01-02T03:04:05Z\",\"severity\":\"INFO\",\"message\":\"one\"}"
		"\n"
		"{\"timestamp\":\"2031-01-02T03:04:06Z\",\"severity\":\"INFO\",\"message\":"
		"\"{\\\"Action\\\":\\\"fail\\\",\\\"Package\\\":\\\"example.com/a\\\"}\"}\n");

	(void)state;
	assert_false(reading->info->transcript);
	reading = transcript_read(mem, "x",
		"[{\"insertId\":\"a\",\"timestamp\":\"2031-01-02T03:04:05Z\",\"jsonPayload\":"
		"{\"numTotalTests\":1,\"numFailedTests\":1,\"testResults\":[]}}]\n");
	assert_false(reading->info->transcript);
	talloc_free(mem);
}

#define JEST                                                                                       \
	"> shop@1.0.0 test\n\n{\"numFailedTests\":1,\"numPassedTests\":1,\"numPendingTests\":1,\n" \
	"\"numTodoTests\":0,\"numTotalTests\":3,\"success\":false,\"testResults\":[\n"             \
	"{\"assertionResults\":[{\"ancestorTitles\":[\"Cart\"],\"duration\":250,\n"                \
	"\"failureMessages\":[\"Error: expect(received).toBe(expected)\\n\\nExpected: 3\\n"        \
	"    at Object.<anonymous> (/builds/src/cart.test.js:2:9)\"],\n"                           \
	"\"status\":\"failed\",\"title\":\"adds\"},\n"                                             \
	"{\"ancestorTitles\":[],\"invocations\":2,\"status\":\"passed\",\"title\":\"again\"},\n"   \
	"{\"ancestorTitles\":[],\"status\":\"pending\",\"title\":\"later\"}],\"message\":\"\",\n"  \
	"\"name\":\"/home/runner/work/shop/shop/src/cart.test.js\",\"startTime\":1925089445000,\n" \
	"\"status\":\"failed\"},\n"                                                                \
	"{\"assertionResults\":[],\"message\":\"  \xe2\x97\x8f Test suite failed to run\\n\\n"     \
	"    Cannot find module './sums'\",\"name\":\"src/sums.test.js\",\"status\":\"failed\"}"   \
	"]}\nnpm error code 1\n"

static void a_jest_suite_that_failed_to_run_is_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x", JEST);
	const struct test *test = transcript_test(reading, "src/cart.test.js > Cart > adds");

	(void)state;
	assert_string_equal(reading->info->format, "jest-json");
	assert_counts(reading, "1 passed, 1 failed, 1 errors, 1 skipped");
	assert_string_equal(test->message, "Error: expect(received).toBe(expected)\n\nExpected: 3");
	assert_int_equal(test->duration, WHEN_SECOND / 4);
	assert_int_equal(test->line, 5);
	assert_int_equal(transcript_line(reading, "Expected: 3")->line, 6);
	assert_string_equal(test->file, "src/cart.test.js");
	assert_int_equal(test->file_line, 2);
	assert_string_equal(transcript_test(reading, "src/sums.test.js")->message,
		"Cannot find module './sums'");
	assert_int_equal(transcript_line(reading, "\"startTime\": 1925089445000")->time,
		INT64_C(1925089445) * WHEN_SECOND);
	assert_null(transcript_line(reading, "npm error code 1")->test);
	assert_true(is_noted(reading, "1 tests passed only when they were run again"));
	talloc_free(mem);
}

static void a_jest_file_that_is_cut_off_tells_what_its_figures_say(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	static const char text[] = JEST;
	const char *end = strstr(text, "\"status\":\"passed\"");
	struct reading *reading = transcript_read_bytes(mem, "x", text, (size_t)(end - text));

	(void)state;
	assert_true(reading->info->truncated);
	assert_true(is_noted(reading, "line 8: the JSON is cut off here"));
	assert_int_equal(reading->info->counted.failed, 1);
	assert_int_equal(reading->info->counted.passed, 0);
	assert_counts(reading, "1 passed, 1 failed, 0 errors, 1 skipped");
	talloc_free(mem);
}

static void mocha_counts_a_failed_hook_as_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"stats\":{\"passes\":1,\"pending\":1,\"failures\":2,"
		"\"start\":\"2031-01-02T03:04:05.000Z\"},\n\"tests\":[],\n"
		"\"pending\":[{\"title\":\"later\",\"fullTitle\":\"Cart later\",\"err\":{}}],\n"
		"\"failures\":[{\"title\":\"adds\",\"fullTitle\":\"Cart adds\",\"duration\":3,\n"
		"\"err\":{\"message\":\"1 == 2\",\"stack\":\"AssertionError: 1 == 2\\n    at "
		"x\"}},\n"
		"{\"title\":\"\\\"before each\\\" hook for \\\"y\\\"\",\"fullTitle\":\"Cart "
		"hook\",\n"
		"\"err\":{\"message\":\"no server\"}}],\n"
		"\"passes\":[{\"title\":\"ok\",\"fullTitle\":\"Cart ok\",\"currentRetry\":1}]}");

	(void)state;
	assert_string_equal(reading->info->format, "mocha-json");
	assert_counts(reading, "1 passed, 1 failed, 1 errors, 1 skipped");
	assert_string_equal(transcript_test(reading, "Cart adds")->message, "1 == 2");
	assert_int_equal(transcript_test(reading, "Cart adds")->line, 4);
	assert_int_equal(transcript_line(reading, "AssertionError: 1 == 2")->line, 5);
	assert_int_equal(transcript_test(reading, "Cart hook")->outcome, OUTCOME_ERROR);
	assert_true(is_noted(reading, "1 tests passed only when they were run again"));
	talloc_free(mem);
}

#define PLAYWRIGHT                                                                                 \
	"{\"config\":{\"forbidOnly\":false},\"suites\":[{\"title\":\"a.spec.js\",\"specs\":[],\n"  \
	"\"suites\":[{\"title\":\"Cart\",\"specs\":[{\"title\":\"adds\",\"file\":\"a.spec.js\","   \
	"\"line\":7,\"tests\":[\n"                                                                 \
	"{\"expectedStatus\":\"passed\",\"projectName\":\"web\",\"status\":\"unexpected\",\n"      \
	"\"results\":[{\"status\":\"failed\",\"errors\":[{\"message\":\"Error: first\"}]},\n"      \
	"{\"status\":\"failed\",\"duration\":500,\"startTime\":\"2031-01-02T03:04:05.000Z\",\n"    \
	"\"stdout\":[{\"text\":\"printed\\n\"}],\"errors\":[{\"message\":\"Error: last\"}]}]},\n"  \
	"{\"expectedStatus\":\"passed\",\"projectName\":\"app\",\"status\":\"flaky\",\n"           \
	"\"results\":[{\"status\":\"failed\",\"errors\":[{\"message\":\"Error: once\"}]},\n"       \
	"{\"status\":\"passed\",\"errors\":[]}]}]},\n"                                             \
	"{\"title\":\"must fail\",\"tests\":[{\"expectedStatus\":\"failed\",\"projectName\":\"\"," \
	"\n\"status\":\"unexpected\",\"results\":[{\"status\":\"passed\"}]},"                      \
	"{\"expectedStatus\":\"failed\",\"projectName\":\"app\",\"status\":\"expected\",\n"        \
	"\"results\":[{\"status\":\"failed\"}]},{\"projectName\":\"tv\",\"status\":\"skipped\"}]}" \
	"]}]}],\n\"errors\":[{\"message\":\"Error: worker died\"}],\n"                             \
	"\"stats\":{\"expected\":1,\"skipped\":1,\"unexpected\":2,\"flaky\":1}}"

static void of_playwrights_retries_only_the_outcome_counts(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x", PLAYWRIGHT);
	const struct test *test = transcript_test(reading, "a.spec.js > Cart > adds [web]");

	(void)state;
	assert_string_equal(reading->info->format, "playwright-json");
	assert_counts(reading, "2 passed, 2 failed, 1 errors, 1 skipped");
	assert_int_equal(test->duration, WHEN_SECOND / 2);
	assert_int_equal(test->start, INT64_C(1925089445) * WHEN_SECOND);
	assert_int_equal(test->line, 3);
	assert_int_equal(transcript_line(reading, "Error: last")->line, 6);
	assert_string_equal(test->file, "a.spec.js");
	assert_int_equal(test->file_line, 7);
	assert_int_equal(
		transcript_test(reading, "a.spec.js > Cart > adds [app]")->outcome, OUTCOME_PASSED);
	assert_string_equal(transcript_test(reading, "a.spec.js > Cart > must fail")->message,
		"Expected to fail, but passed.");
	assert_string_equal(transcript_test(reading, "error 1 outside of tests")->message,
		"Error: worker died");
	assert_true(is_noted(reading, "1 tests passed only when they were run again"));
	assert_int_equal(reading->run->count_note_count, 0);
	talloc_free(mem);
}

static void errors_outside_of_rspec_examples_count(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		"{\"version\":\"3.13.0\",\"messages\":[\"\\nAn error occurred while loading "
		"./spec/b_spec.rb.\\nFailure/Error: require 'b'\\n\\nLoadError:\\n  no b\\n\"],\n"
		"\"examples\":[{\"full_description\":\"Cart "
		"finds\",\"file_path\":\"./spec/"
		"a_spec.rb\",\"line_number\":2,\"status\":\"failed\",\n"
		"\"run_time\":5e-01,\"exception\":{\"class\":\"KeyError\",\n"
		"\"message\":\"key not found: :a\",\"backtrace\":[\"./spec/a_spec.rb:3:in "
		"`x'\"]}},\n"
		"{\"full_description\":\"Cart waits\",\"status\":\"pending\",\n"
		"\"pending_message\":\"Not yet implemented\"},\n"
		"{\"full_description\":\"Cart "
		"adds\",\"status\":\"passed\",\"run_time\":4.2e-05}],\n"
		"\"summary\":{\"example_count\":3,\"failure_count\":1,\"pending_count\":1,"
		"\"errors_outside_of_examples_count\":1},\"summary_line\":\"3 examples\"}");

	(void)state;
	assert_string_equal(reading->info->format, "rspec-json");
	assert_counts(reading, "1 passed, 1 failed, 1 errors, 1 skipped");
	assert_string_equal(transcript_test(reading, "spec/b_spec.rb")->message,
		"Failure/Error: require 'b'\n\nLoadError:\n  no b");
	assert_string_equal(
		transcript_test(reading, "Cart finds")->message, "KeyError: key not found: :a");
	assert_string_equal(transcript_test(reading, "Cart finds")->file, "spec/a_spec.rb");
	assert_int_equal(transcript_test(reading, "Cart finds")->file_line, 3);
	assert_int_equal(transcript_test(reading, "Cart finds")->duration, WHEN_SECOND / 2);
	assert_int_equal(transcript_test(reading, "Cart adds")->duration, 42000);
	assert_string_equal(transcript_test(reading, "Cart waits")->message, "Not yet implemented");
	assert_int_equal(transcript_line(reading, "KeyError: key not found: :a")->line, 4);
	talloc_free(mem);
}

#define DART                                                                                       \
	"{\"protocolVersion\":\"0.1.1\",\"runnerVersion\":\"1.25.2\",\"type\":\"start\"}\n"        \
	"{\"suite\":{\"id\":0,\"path\":\"test/a_test.dart\"},\"type\":\"suite\",\"time\":0}\n"     \
	"{\"test\":{\"id\":1,\"name\":\"loading test/a_test.dart\",\"suiteID\":0},"                \
	"\"type\":\"testStart\",\"time\":1}\n"                                                     \
	"{\"testID\":1,\"result\":\"success\",\"skipped\":false,\"hidden\":true,"                  \
	"\"type\":\"testDone\",\"time\":2}\n"                                                      \
	"{\"test\":{\"id\":2,\"name\":\"Cart adds\",\"suiteID\":0},\"type\":\"testStart\","        \
	"\"time\":100}\n"                                                                          \
	"{\"testID\":2,\"error\":\"Expected: <3>\\n  Actual: "                                     \
	"<2>\",\"stackTrace\":\"test/a_test.dart 3:1\","                                           \
	"\"isFailure\":true,\"type\":\"error\",\"time\":340}\n"                                    \
	"{\"testID\":2,\"result\":\"failure\",\"skipped\":false,\"hidden\":false,"                 \
	"\"type\":\"testDone\",\"time\":350}\n"                                                    \
	"{\"test\":{\"id\":3,\"name\":\"Cart leaks\",\"suiteID\":0},\"type\":\"testStart\"}\n"     \
	"{\"testID\":3,\"result\":\"success\",\"skipped\":false,\"hidden\":false,"                 \
	"\"type\":\"testDone\"}\n"                                                                 \
	"{\"testID\":3,\"error\":\"Connection refused\",\"isFailure\":false,\"type\":\"error\"}\n"

static void an_error_after_a_dart_test_was_done_counts(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(
		mem, "x", DART "{\"success\":false,\"type\":\"done\",\"time\":9}\n");
	const struct test *test = transcript_test(reading, "test/a_test.dart > Cart adds");

	(void)state;
	assert_string_equal(reading->info->format, "dart-json");
	assert_counts(reading, "0 passed, 1 failed, 1 errors, 0 skipped");
	assert_int_equal(test->duration, WHEN_SECOND / 4);
	assert_string_equal(test->message, "Expected: <3>\n  Actual: <2>");
	assert_int_equal(transcript_line(reading, "  Actual: <2>")->line, 6);
	assert_string_equal(test->file, "test/a_test.dart");
	assert_int_equal(test->file_line, 3);
	assert_null(transcript_test(reading, "loading test/a_test.dart"));
	assert_true(is_noted(reading, "test/a_test.dart > Cart leaks failed after it was done"));
	assert_false(reading->info->truncated);
	talloc_free(mem);
}

static void a_dart_run_that_did_not_end_is_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct reading *reading = transcript_read(mem, "x",
		DART
		"{\"test\":{\"id\":4,\"name\":\"hangs\",\"suiteID\":0},\"type\":\"testStart\"}\n");

	(void)state;
	assert_counts(reading, "0 passed, 1 failed, 1 errors, 0 skipped");
	assert_true(reading->info->truncated);
	assert_true(is_noted(reading, "the run did not end: 1 tests had begun"));
	talloc_free(mem);
}

static void two_objects_in_one_file_add_up_and_deep_ones_are_cut(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *deep = mem_strdup(mem, "{\"numTotalTests\":1,\"numFailedTests\":1,"
				     "\"numPassedTests\":0,\"testResults\":[");
	struct reading *reading = transcript_read(mem, "x", JEST JEST);

	(void)state;
	assert_int_equal(reading->info->counted.failed, 2);
	assert_counts(reading, "2 passed, 2 failed, 2 errors, 2 skipped");
	for (int i = 0; i < 80; i++)
		deep = talloc_strdup_append(deep, "[");
	reading = transcript_read(mem, "x", deep);
	assert_true(is_noted(reading, "nested more than 64 deep"));
	assert_true(reading->info->truncated);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tests_of_go_and_their_subtests_count),
		cmocka_unit_test(a_go_stream_that_breaks_off_counts_no_test_that_had_not_ended),
		cmocka_unit_test(
			a_go_package_that_does_not_build_is_an_error_with_what_the_compiler_said),
		cmocka_unit_test(
			what_ran_when_a_go_package_panicked_failed_and_what_waited_did_not),
		cmocka_unit_test(of_a_go_package_that_was_run_again_the_last_run_counts),
		cmocka_unit_test(a_log_that_has_actions_and_packages_is_no_transcript),
		cmocka_unit_test(a_jest_suite_that_failed_to_run_is_an_error),
		cmocka_unit_test(a_jest_file_that_is_cut_off_tells_what_its_figures_say),
		cmocka_unit_test(mocha_counts_a_failed_hook_as_an_error),
		cmocka_unit_test(of_playwrights_retries_only_the_outcome_counts),
		cmocka_unit_test(errors_outside_of_rspec_examples_count),
		cmocka_unit_test(an_error_after_a_dart_test_was_done_counts),
		cmocka_unit_test(a_dart_run_that_did_not_end_is_told),
		cmocka_unit_test(two_objects_in_one_file_add_up_and_deep_ones_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
