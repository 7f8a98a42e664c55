/* Times and durations. */
#include "base/base.h"

#include <string.h>

#include "unit/test.h"

static int64_t parsed(const char *text)
{
	int64_t time = TIME_NONE;

	assert_int_equal(when_parse(text, strlen(text), &time, NULL), strlen(text));
	return time;
}

static void zones_are_converted_to_utc(void **state)
{
	(void)state;
	assert_int_equal(parsed("2025-09-07T06:22:45-07:00"), parsed("2025-09-07T13:22:45Z"));
	assert_int_equal(parsed("2025-09-07 06:22:45.5"), parsed("2025-09-07T06:22:45,500Z"));
	assert_int_equal(parsed("1969-12-31T23:59:59.999999999Z"), -1);
}

static void impossible_dates_are_refused(void **state)
{
	static const char *const texts[] = { "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z",
		"1013-01-01T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01", "",
		"20250101T000000Z" };
	int64_t time = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(when_parse(texts[i], strlen(texts[i]), &time, NULL), 0);
	assert_int_equal(time, 7);
}

static void a_time_is_written_with_the_digits_it_needs(void **state)
{
	char buffer[WHEN_TEXT];

	(void)state;
	assert_string_equal(
		when_format(parsed("2024-02-29T12:00:00Z"), buffer), "2024-02-29T12:00:00Z");
	assert_string_equal(
		when_format(parsed("2024-02-29T12:00:00.25Z"), buffer), "2024-02-29T12:00:00.250Z");
	assert_string_equal(when_format(parsed("1960-01-01T00:00:00.000000001Z"), buffer),
		"1960-01-01T00:00:00.000000001Z");
	assert_string_equal(when_format(TIME_NONE, buffer), "-");
}

static void durations_are_those_of_go(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} cases[] = { { "1m30s", 90 * WHEN_SECOND }, { "-1.5h", -5400 * WHEN_SECOND },
		{ "250ms", WHEN_SECOND / 4 }, { "0", 0 }, { ".5s", WHEN_SECOND / 2 },
		{ "1h2m3.5s", 3723 * WHEN_SECOND + WHEN_SECOND / 2 }, { "7ns", 7 } };
	int64_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(when_parse_duration(cases[i].text, &value), 0);
		assert_int_equal(value, cases[i].value);
	}
}

static void what_is_no_duration_is_refused(void **state)
{
	static const char *const texts[] = { "", "5", "s", "1x", "-", "9999999999h", "1m s",
		"1.s2" };
	int64_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(when_parse_duration(texts[i], &value), -1);
}

static void a_duration_is_written_as_go_writes_it(void **state)
{
	char buffer[WHEN_TEXT];

	(void)state;
	assert_string_equal(when_format_duration(90 * WHEN_SECOND, buffer), "1m30s");
	assert_string_equal(when_format_duration(0, buffer), "0s");
	assert_string_equal(when_format_duration(-WHEN_SECOND / 4, buffer), "-0.25s");
	assert_string_equal(when_format_duration(3600 * WHEN_SECOND, buffer), "1h");
	assert_string_equal(when_format_duration(INT64_MIN, buffer), "-2562047h47m16.854775808s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_are_converted_to_utc),
		cmocka_unit_test(impossible_dates_are_refused),
		cmocka_unit_test(a_time_is_written_with_the_digits_it_needs),
		cmocka_unit_test(durations_are_those_of_go),
		cmocka_unit_test(what_is_no_duration_is_refused),
		cmocka_unit_test(a_duration_is_written_as_go_writes_it),
	};

	return cmocka_run_group_tests_name("when", tests, NULL, NULL);
}
