/* Logs of lines: times, folding, tables, what is no log. */
#include <string.h>

#include "source/stamp.h"
#include "unit/source_test.h"
#include "unit/test.h"

/* All are 2025-03-04T05:06:07 UTC, or with the fraction .089. */
static const char *const stamps[] = {
	"2025-03-04T05:06:07Z text",
	"2025-03-04T05:06:07.089Z\ttext",
	"2025-03-04T10:36:07+05:30 text",
	"2025-03-04 05:06:07,089 text",
	"2025-03-04 05:06:07.089000+0000 text",
	"2025-03-04 05:06:07 UTC [77] ERROR: x",
	"[2025-03-04 05:06:07,089: ERROR/MainProcess] x",
	"[2025-03-04 05:06:07 +0000] [1] [INFO] x",
	"2025/03/04 05:06:07 [error] 1#0: *1 x",
	"[1] 2025/03/04 05:06:07.089 [ERR] x",
	"I0304 05:06:07.089000       1 main.go:1] x",
	"Mar  4 05:06:07 host daemon[1]: x",
	"<34>Mar  4 05:06:07 host daemon[1]: x",
	"<34>1 2025-03-04T05:06:07Z host app - - - x",
	"Mar 4 2025 05:06:07 x",
	"192.0.2.1 - - [04/Mar/2025:05:06:07 +0000] \"GET / HTTP/1.1\" 200 1",
	"04/Mar/2025:05:06:07.089 x",
	"04 Mar 2025 05:06:07.089 x",
	"1:M 04 Mar 2025 05:06:07.089 * x",
	"04-Mar-2025 05:06:07.089 INFO x",
	"[04-Mar-2025 05:06:07 UTC] PHP x",
	"3/4/2025, 5:06:07 AM x",
	"03/04/2025 05:06:07 AM x",
	"Mar 04, 2025 5:06:07 AM class method",
	"2025 Mar 04 05:06:07.089 x",
	"04.03.2025 05:06:07 x",
	"[Tue Mar 04 05:06:07.089 2025] [core:error] x",
	"Tue Mar  4 05:06:07 2025 x",
	"20250304 05:06:07 x",
	"20250304T050607Z x",
	"INFO  2025-03-04 05:06:07,089 x",
	"[WARN] 2025-03-04 05:06:07 x",
	"worker-1  | 2025/03/04 05:06:07 x",
	"ts=2025-03-04T05:06:07Z level=info x",
	"level=warn ts=2025-03-04T05:06:07.089Z x",
	"time=\"2025-03-04T05:06:07Z\" level=info x",
	"t=1741064767 lvl=info x",
	"ts=1741064767.089 caller=x",
};

static void every_common_time_stamp_is_understood(void **state)
{
	const struct source_options options = { .year = 2025 };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct stamps *all = stamps_new(mem, &options, TIME_NONE);
	const int64_t wanted = INT64_C(1741064767) * WHEN_SECOND;

	(void)state;
	for (size_t i = 0; i < sizeof(stamps) / sizeof(stamps[0]); i++) {
		struct stamp stamp = { 0 };

		if (!stamps_find(all, stamps[i], strlen(stamps[i]), &stamp) ||
			(stamp.time != wanted && stamp.time != wanted + 89000000))
			fail_msg("%s: %lld", stamps[i], (long long)stamp.time);
	}
	talloc_free(mem);
}

static void what_is_no_time_stamp_is_none(void **state)
{
	static const char *const texts[] = { "2025-13-04T05:06:07Z month", "no time at all here",
		"  File \"/app/x.py\", line 2025, in y", "  2025-03-04 05:06:07 indented",
		"tests/test_x.py::test_y PASSED [ 50%]", "12:34:56 no date is here",
		"version 2025.03.04 05 06 07", "E   assert 1 == 2          xxxxx" };
	const struct source_options options = { 0 };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct stamps *all = stamps_new(mem, &options, TIME_NONE);
	struct stamp stamp;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (stamps_find(all, texts[i], strlen(texts[i]), &stamp))
			fail_msg("%s", texts[i]);
	talloc_free(mem);
}

static void a_year_is_the_newest_not_after_the_file(void **state)
{
	const struct source_options options = { 0 };
	TALLOC_CTX *mem = talloc_new(NULL);
	/* 2025-01-15 */
	struct stamps *all = stamps_new(mem, &options, INT64_C(1736899200) * WHEN_SECOND);
	struct stamp stamp;
	char text[WHEN_TEXT];

	(void)state;
	assert_true(stamps_find(all, "Dec 31 23:59:59 host x", 22, &stamp));
	assert_string_equal(when_format(stamp.time, text), "2024-12-31T23:59:59Z");
	assert_true(stamps_find(all, "Jan 14 23:59:59 host x", 22, &stamp));
	assert_string_equal(when_format(stamp.time, text), "2025-01-14T23:59:59Z");
	talloc_free(mem);
}

static const struct {
	const char *text, *severity;
} levels[] = {
	{ "2025-03-04 05:06:07.089 | CRITICAL | a:b:1 - x", "CRITICAL" },
	{ "2025-03-04 05:06:07 | INFO     | x | ERROR in text", "INFO" },
	{ "ERROR:    x", "ERROR" },
	{ "[ERROR] x", "ERROR" },
	{ "[error] x", "ERROR" },
	{ "2025/03/04 05:06:07 [warn] 1#0: x", "WARNING" },
	{ "2025-03-04 05:06:07+00:00 [erro] <0.1.0> x", "ERROR" },
	{ "E0304 05:06:07.089000       1 main.go:1] x", "ERROR" },
	{ "2025-03-04 05:06:07,089 INFO org.x: y", "INFO" },
	{ "2025-03-04T05:06:07Z FATAL   postgres x", "CRITICAL" },
	{ "2025-03-04T05:06:07Z  error  internal/x.go", "ERROR" },
	{ "level=warn ts=2025-03-04T05:06:07Z msg=x", "WARNING" },
	{ "2025-03-04 05:06:07 UTC [77] ERROR:  relation", "ERROR" },
	{ "{\"level\": \"error\", \"x\": 1}", "ERROR" },
	{ "an error happened here", "DEFAULT" },
	{ "no errors at all", "DEFAULT" },
	{ "Information: none", "INFO" },
	{ "The function fail(error) was called", "DEFAULT" },
};

static void the_level_is_where_loggers_put_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		enum severity level = source_level(levels[i].text, strlen(levels[i].text));

		if (strcmp(severity_name(level), levels[i].severity) != 0)
			fail_msg("%s: %s", levels[i].text, severity_name(level));
	}
}

static struct entry **read_text(TALLOC_CTX *mem, const char *text, struct source_info **info)
{
	return test_entries(mem, text, strlen(text), NULL, info);
}

static void lines_without_time_belong_to_the_one_before(void **state)
{
	static const char text[] = "# head\n"
				   "2025-03-04 05:06:07 ERROR x\n"
				   "Traceback (most recent call last):\n"
				   "  File \"x\"\n"
				   "\n"
				   "ValueError: y\n"
				   "2025-03-04 05:06:08 INFO z\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_string_equal(info->format, "plain-log");
	assert_int_equal(info->entries, 3);
	assert_int_equal(info->untimed, 1);
	assert_string_equal(entries[0]->text, "# head");
	assert_string_equal(entries[1]->text, "2025-03-04 05:06:07 ERROR x\n"
					      "Traceback (most recent call last):\n"
					      "  File \"x\"\n\nValueError: y");
	assert_int_equal(entries[1]->line, 2);
	assert_int_equal(entries[2]->line, 7);
	assert_true(info->zone_unknown);
	talloc_free(mem);
}

static void the_time_of_a_container_runtime_is_taken_off(void **state)
{
	static const char text[] = "2025-03-04T05:06:07.1Z stdout P {\"level\":\"error\",\n"
				   "2025-03-04T05:06:07.2Z stdout F \"msg\":\"split\"}\n"
				   "2025-03-04T05:06:07.3Z stderr F plain\n"
				   "2025-03-04T05:06:07.4Z kubectl\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_int_equal(info->entries, 3);
	assert_string_equal(entries[0]->text, "split");
	assert_int_equal(entries[0]->severity, SEVERITY_ERROR);
	assert_string_equal(entries[1]->text, "plain");
	assert_string_equal(entries[2]->text, "kubectl");
	assert_false(info->zone_unknown);
	talloc_free(mem);
}

static void lines_between_objects_are_entries_of_the_same_time(void **state)
{
	static const char text[] = "{\"time\":\"2025-03-04T05:06:07Z\",\"msg\":\"a\"}\n"
				   "Traceback (most recent call last):\n"
				   "  File \"x\"\n"
				   "{\"time\":\"2025-03-04T05:06:08Z\",\"msg\":\"b\"}\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_string_equal(info->format, "ndjson");
	assert_int_equal(info->entries, 3);
	assert_string_equal(entries[1]->text, "Traceback (most recent call last):\n  File \"x\"");
	assert_int_equal(entries[1]->time, entries[0]->time);
	assert_string_equal(entries[2]->text, "b");
	talloc_free(mem);
}

static void a_single_object_is_an_entry_where_it_bears_a_time(void **state)
{
	static const char text[] = "{\"timestamp\":\"2025-03-04T05:06:07Z\",\"kind\":\"Pod\"}\n";
	static const char wrapper[] =
		"{\"hits\":[{\"time\":\"2025-03-04T05:06:07Z\",\"msg\":\"a\"},"
		"{\"time\":\"2025-03-04T05:06:08Z\",\"msg\":\"b\"}]}\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_string_equal(info->format, "ndjson");
	assert_int_equal(info->entries, 1);
	assert_true(entries[0]->time != TIME_NONE);
	assert_non_null(strstr(entries[0]->text, "Pod"));
	read_text(mem, wrapper, &info);
	assert_string_equal(info->format, "json");
	assert_int_equal(info->entries, 2);
	talloc_free(mem);
}

static void a_table_is_read_by_its_columns(void **state)
{
	static const char text[] = "TIMESTAMP             SEVERITY  TEXT_PAYLOAD\n"
				   "2025-03-04T05:06:09Z  NOTICE\n"
				   "2025-03-04T05:06:08Z            2025 | CRITICAL | x\n"
				   "more of it\n"
				   "2025-03-04T05:06:07Z  INFO      y  z\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_string_equal(info->format, "gcloud-table");
	assert_int_equal(info->entries, 3);
	assert_string_equal(entries[0]->text, "");
	assert_int_equal(entries[0]->severity, SEVERITY_NOTICE);
	assert_string_equal(entries[1]->text, "2025 | CRITICAL | x\nmore of it");
	assert_int_equal(entries[1]->severity, SEVERITY_CRITICAL);
	assert_string_equal(entries[2]->text, "y  z");
	talloc_free(mem);
}

static void text_without_times_is_read_by_line_and_said_so(void **state)
{
	static const char text[] = "one\n\nTraceback (most recent call last):\n  File \"x\"\n"
				   "ValueError: y\ntwo\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_string_equal(info->format, "text");
	assert_int_equal(info->entries, 3);
	assert_string_equal(entries[1]->text,
		"Traceback (most recent call last):\n  File \"x\"\nValueError: y");
	assert_string_equal(entries[2]->text, "two");
	assert_string_equal(info->notes[0], "its lines bear no times");
	talloc_free(mem);
}

static void a_request_line_of_a_web_server_is_taken_apart(void **state)
{
	static const char text[] =
		"192.0.2.1 - - [04/Mar/2025:05:06:07 +0000] \"GET /a?b=c HTTP/1.1\" 502 1\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = read_text(mem, text, &info);

	(void)state;
	assert_int_equal(entries[0]->http_status, 502);
	assert_int_equal(entries[0]->severity, SEVERITY_ERROR);
	talloc_free(mem);
}

static void one_endless_line_is_cut_and_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	size_t size = 8 << 20;
	char *text = mem_array(mem, char, size + 1);
	struct source_info *info;
	struct entry **entries;

	(void)state;
	memset(text, 'x', size);
	memcpy(text + size - 5, "\nlast", 5);
	entries = test_entries(mem, text, size, NULL, &info);
	assert_int_equal(info->entries, 2);
	assert_int_equal(entries[0]->text_len, SOURCE_LINE_MAX);
	assert_string_equal(entries[1]->text, "last");
	assert_true(info->truncated);
	assert_int_equal(info->bytes, size);
	talloc_free(mem);
}

static void what_is_no_text_is_left_out_and_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	char bytes[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 167 + i / 7);
	test_entries(mem, bytes, sizeof(bytes), NULL, &info);
	assert_string_equal(info->format, "binary");
	assert_int_equal(info->entries, 0);
	assert_int_equal(info->skipped, 1);
	assert_int_equal(info->bytes, sizeof(bytes));
	test_entries(mem, "", 0, NULL, &info);
	assert_string_equal(info->notes[0], "the input is empty");
	talloc_free(mem);
}

static void utf16_is_read_as_text(void **state)
{
	static const char text[] = "\xff\xfe"
				   "o\0k\0\r\0\n\0\x3d\xd8\x80\xde\n\0";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, text, sizeof(text) - 1, NULL, &info);

	(void)state;
	assert_int_equal(info->entries, 2);
	assert_string_equal(entries[0]->text, "ok");
	assert_string_equal(entries[1]->text, "\xf0\x9f\x9a\x80");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_common_time_stamp_is_understood),
		cmocka_unit_test(what_is_no_time_stamp_is_none),
		cmocka_unit_test(a_year_is_the_newest_not_after_the_file),
		cmocka_unit_test(the_level_is_where_loggers_put_it),
		cmocka_unit_test(lines_without_time_belong_to_the_one_before),
		cmocka_unit_test(the_time_of_a_container_runtime_is_taken_off),
		cmocka_unit_test(lines_between_objects_are_entries_of_the_same_time),
		cmocka_unit_test(a_single_object_is_an_entry_where_it_bears_a_time),
		cmocka_unit_test(a_table_is_read_by_its_columns),
		cmocka_unit_test(text_without_times_is_read_by_line_and_said_so),
		cmocka_unit_test(a_request_line_of_a_web_server_is_taken_apart),
		cmocka_unit_test(one_endless_line_is_cut_and_told),
		cmocka_unit_test(what_is_no_text_is_left_out_and_told),
		cmocka_unit_test(utf16_is_read_as_text),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
