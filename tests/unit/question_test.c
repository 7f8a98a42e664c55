/* What is asked of Cloud Logging, and how often: strings, filters, bounds, pace. */
#include <string.h>

#include "cloud/cloud.h"
#include "cloud/pace.h"
#include "unit/test.h"

#define SECOND WHEN_SECOND

static void strings_cannot_end_early(void **state)
{
	static const char *const texts[][2] = {
		{ "plain", "\"plain\"" },
		{ "a \"b\" c", "\"a \\\"b\\\" c\"" },
		{ "ends in \\", "\"ends in \\\\\"" },
		{ "\\\" OR \\\"", "\"\\\\\\\" OR \\\\\\\"\"" },
		{ "gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"" },
		{ "", "\"\"" },
		{ "tab\tbed", NULL },
		{ "two\nlines", NULL },
		{ "\x1b[31m", NULL },
		{ "broken \xff", NULL },
		{ "control \xc2\x85", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *quoted = cloud_lql_quote(NULL, texts[i][0], strlen(texts[i][0]));

		if (texts[i][1] == NULL)
			assert_null(quoted);
		else
			assert_string_equal(quoted, texts[i][1]);
		talloc_free(quoted);
	}
}

static void a_nul_is_not_said(void **state)
{
	(void)state;
	assert_null(cloud_lql_quote(NULL, "a\0b", 3));
}

static void filters_that_would_leave_their_parentheses_are_refused(void **state)
{
	static const char *const filters[][2] = {
		{ "severity=ERROR)", "character 15: a parenthesis that nothing opened" },
		{ "a) OR (b", "character 2: a parenthesis that nothing opened" },
		{ "(a OR b", "character 1: a parenthesis that nothing closes" },
		{ "(a) OR ((b)", "character 8: a parenthesis that nothing closes" },
		{ "text:\"open", "character 6: a string that does not end" },
		{ "text:\"open\\\"", "character 6: a string that does not end" },
		{ "text:'a' OR x", "character 6: strings stand in double quotes" },
		{ "a -- )\n)", "character 8: a parenthesis that nothing opened" },
		{ "a\x01", "character 2: a control character" },
		{ "a \xff", "character 3: a control character, or invalid UTF-8" },
		{ " \n ", "the filter is empty" },
		{ "-- only a comment", "the filter is empty" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct err err = { 0 };
		char *out;

		assert_int_equal(cloud_lql_check(NULL, filters[i][0], &out, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		if (strstr(err.text, filters[i][1]) == NULL)
			fail_msg("%s: %s", filters[i][0], err.text);
	}
}

static void comments_end_before_the_bounds_begin(void **state)
{
	static const char *const filters[][2] = {
		{ "severity=ERROR -- all )))", "severity=ERROR " },
		{ "a -- one\nb", "a \nb" },
		{ "text:\"-- no comment )\"", "text:\"-- no comment )\"" },
		{ "text:\"\\\"-- \" -- x", "text:\"\\\"-- \" " },
		{ "(a OR b) AND c", "(a OR b) AND c" },
		{ "-a", "-a" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct err err = { 0 };
		char *out = NULL;

		assert_int_equal(cloud_lql_check(NULL, filters[i][0], &out, &err), 0);
		assert_string_equal(out, filters[i][1]);
		talloc_free(out);
	}
}

static void bounds_are_absolute_and_half_open(void **state)
{
	struct cloud_question question = { 5 * SECOND, 7 * SECOND + 1, TIME_NONE, NULL, NULL,
		NULL };
	struct err err = { 0 };
	char *out = NULL;

	(void)state;
	assert_int_equal(cloud_lql_question(NULL, &question, &out, &err), 0);
	assert_string_equal(out, "timestamp>=\"1970-01-01T00:00:05Z\""
				 " AND timestamp<\"1970-01-01T00:00:07.000000001Z\"");
	talloc_free(out);
}

static void all_parts_of_a_question_must_hold(void **state)
{
	struct cloud_question question = { 0, SECOND, 3 * SECOND, "my \"api\"", "a OR b -- c",
		"\"x\" OR \"y\"" };
	struct err err = { 0 };
	char *out = NULL;

	(void)state;
	assert_int_equal(cloud_lql_question(NULL, &question, &out, &err), 0);
	assert_non_null(strstr(out, " AND (resource.labels.service_name=\"my \\\"api\\\"\" OR "));
	assert_non_null(strstr(out, " AND receiveTimestamp>=\"1970-01-01T00:00:03Z\""));
	assert_non_null(strstr(out, " AND (\"x\" OR \"y\")"));
	/* even a comment that got through would end at the newline */
	assert_string_equal(strstr(out, " AND (a OR"), " AND (a OR b -- c\n)");
	talloc_free(out);
}

static void a_filter_that_is_too_long_is_refused(void **state)
{
	struct cloud_question question = { 0, SECOND, TIME_NONE, NULL, NULL, NULL };
	char *filter = mem_array(NULL, char, CLOUD_LQL_MAX + 1), *out;
	struct err err = { 0 };

	(void)state;
	memset(filter, 'x', CLOUD_LQL_MAX);
	question.filter = filter;
	assert_int_equal(cloud_lql_question(NULL, &question, &out, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	talloc_free(filter);
}

static void a_project_is_an_id(void **state)
{
	struct err err = { 0 };
	char *out = NULL;

	(void)state;
	assert_int_equal(cloud_list_resource(NULL, "example.com:my-project-1", &out, &err), 0);
	assert_string_equal(out, "projects/example.com:my-project-1");
	talloc_free(out);
	assert_int_equal(cloud_list_resource(NULL, "p/../q", &out, &err), -1);
	assert_int_equal(cloud_list_resource(NULL, "", &out, &err), -1);
	assert_int_equal(cloud_list_resource(NULL, "P\"", &out, &err), -1);
}

/* The most requests in any 60 seconds, of a client that asks whenever it may. */
static unsigned most_in_a_minute(unsigned per_minute)
{
	static int64_t times[4000];
	struct pace pace;
	int64_t now = 0;
	unsigned count = 0, most = 0;

	pace_begin(&pace, per_minute, now);
	while (now < 600 * SECOND && count < 4000) {
		now += pace_take(&pace, now);
		times[count++] = now;
	}
	for (unsigned first = 0, last = 0; last < count; last++) {
		while (times[last] - times[first] >= 60 * SECOND)
			first++;
		if (last - first + 1 > most)
			most = last - first + 1;
	}
	return most;
}

static void no_minute_has_more_requests_than_the_quota(void **state)
{
	(void)state;
	assert_in_range(most_in_a_minute(CLOUD_LIST_RATE), CLOUD_LIST_RATE, 59);
	assert_in_range(most_in_a_minute(1), 1, 2);
	assert_in_range(most_in_a_minute(300), 300, 350);
}

static void a_clock_that_is_set_back_costs_one_interval_at_most(void **state)
{
	struct pace pace;

	(void)state;
	pace_begin(&pace, 60, 1000 * SECOND);
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(pace_take(&pace, 1000 * SECOND), 0);
	assert_int_equal(pace_take(&pace, 1000 * SECOND), SECOND);
	assert_int_equal(pace_take(&pace, 500 * SECOND), SECOND);
	assert_int_equal(pace_take(&pace, 502 * SECOND), 0);
}

static void a_token_is_for_the_same_question_only(void **state)
{
	struct cloud_list_request request = { "projects/p", "a", NULL, 1000 };
	char first[DIGEST_TEXT], other[DIGEST_TEXT];

	(void)state;
	cloud_list_digest(&request, first);
	request.token = "t";
	cloud_list_digest(&request, other);
	assert_string_equal(first, other);
	request.size = 100;
	cloud_list_digest(&request, other);
	assert_string_not_equal(first, other);
	request.size = 1000;
	request.filter = "b";
	cloud_list_digest(&request, other);
	assert_string_not_equal(first, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_cannot_end_early),
		cmocka_unit_test(a_nul_is_not_said),
		cmocka_unit_test(filters_that_would_leave_their_parentheses_are_refused),
		cmocka_unit_test(comments_end_before_the_bounds_begin),
		cmocka_unit_test(bounds_are_absolute_and_half_open),
		cmocka_unit_test(all_parts_of_a_question_must_hold),
		cmocka_unit_test(a_filter_that_is_too_long_is_refused),
		cmocka_unit_test(a_project_is_an_id),
		cmocka_unit_test(no_minute_has_more_requests_than_the_quota),
		cmocka_unit_test(a_clock_that_is_set_back_costs_one_interval_at_most),
		cmocka_unit_test(a_token_is_for_the_same_question_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
