/* Log entries in JSON: every shape in which they come, and what is broken about them. */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "source/json.h"
#include "unit/source_test.h"
#include "unit/test.h"

#define ENTRY(number)                                                                              \
	"{\"insertId\":\"id" number "\",\"logName\":\"projects/p/logs/"                            \
	"run.googleapis.com%2Fstderr\",\"timestamp\":\"2025-01-02T03:04:0" number "Z\","           \
	"\"textPayload\":\"text " number "\",\"severity\":\"ERROR\"}"

struct reading {
	TALLOC_CTX *mem;
	struct entry **entries;
	struct source_info *info;
	size_t count;
};

static struct reading reading_of(const char *text, size_t length)
{
	struct reading reading = { .mem = talloc_new(NULL) };

	reading.entries = test_entries(reading.mem, text, length, NULL, &reading.info);
	while (reading.entries[reading.count] != NULL)
		reading.count++;
	return reading;
}

static const struct {
	const char *name, *text;
	size_t entries, skipped;
	bool truncated;
} shapes[] = {
	{ "array", "[" ENTRY("1") "," ENTRY("2") "]", 2, 0, false },
	{ "pretty array", "[\n  " ENTRY("1") ",\n  " ENTRY("2") "\n]\n", 2, 0, false },
	{ "an object a line", ENTRY("1") "\n" ENTRY("2") "\n", 2, 0, false },
	{ "concatenated", ENTRY("1") ENTRY("2"), 2, 0, false },
	{ "response", "{\"entries\":[" ENTRY("1") "," ENTRY("2") "],\"nextPageToken\":\"x\"}", 2, 0,
		false },
	{ "responses", "{\"entries\":[" ENTRY("1") "]}\n{\"entries\":[" ENTRY("2") "]}", 2, 0,
		false },
	{ "by severity",
		"{\"time_range\":{\"start\":\"x\"},\"logs_by_severity\":{\"ERROR\":[" ENTRY(
			"1") "],\"INFO\":[" ENTRY("2") "]},\"summary\":{\"total\":2}}",
		2, 0, false },
	{ "by id", "{\"a\":" ENTRY("1") ",\"b\":" ENTRY("2") "}", 2, 0, false },
	{ "wrapper with a time",
		"{\"timestamp\":\"2025-01-02T03:04:05Z\",\"message\":\"export\","
		"\"logs\":[" ENTRY("1") "]}",
		1, 0, false },
	{ "no closing bracket", "[" ENTRY("1") "," ENTRY("2"), 2, 0, true },
	{ "cut in an entry", "[" ENTRY("1") ",\n{\"insertId\":\"id2\",\"timest", 1, 1, true },
	{ "two cut exports",
		"[\n  " ENTRY("1") ",\n  {\"insertId\":\"id2\",\"textPayload\":\"x\n[\n  " ENTRY(
			"3") "\n]",
		2, 1, false },
	{ "missing comma", "[\n" ENTRY("1") "\n" ENTRY("2") "\n]", 2, 0, false },
	{ "trailing comma", "[" ENTRY("1") "," ENTRY("2") ",]", 2, 0, false },
	{ "text before", "Fetching logs...\n[" ENTRY("1") "]", 1, 1, false },
	{ "broken line", ENTRY("1") "\n{\"insertId\": oops}\n" ENTRY("2") "\n", 2, 1, false },
	{ "byte order mark", "\xef\xbb\xbf[" ENTRY("1") "]", 1, 0, false },
	{ "empty array", "[]", 0, 0, false },
	{ "no entries", "{\"a\": [1, 2, {\"b\": null}], \"c\": \"d\"}", 0, 0, false },
};

static void entries_are_found_wherever_they_sit(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct reading r = reading_of(shapes[i].text, strlen(shapes[i].text));

		if (r.count != shapes[i].entries || r.info->skipped != shapes[i].skipped ||
			r.info->truncated != shapes[i].truncated)
			fail_msg("%s: %s: %zu entries, %d skipped, truncated %d", shapes[i].name,
				r.info->format, r.count, (int)r.info->skipped, r.info->truncated);
		for (size_t j = 0; j < r.count; j++) {
			assert_int_equal(strncmp(r.entries[j]->text, "text ", 5), 0);
			assert_string_equal(r.entries[j]->log, "run.googleapis.com/stderr");
			assert_int_equal(r.entries[j]->severity, SEVERITY_ERROR);
		}
		assert_true(shapes[i].skipped == 0 || r.info->note_count > 0);
		talloc_free(r.mem);
	}
}

static void what_is_broken_is_told_with_its_line(void **state)
{
	static const char text[] = "[\n" ENTRY("1") ",\n{\"insertId\": oops},\n" ENTRY("2") "]";
	struct reading r = reading_of(text, sizeof(text) - 1);

	(void)state;
	assert_int_equal(r.count, 2);
	assert_string_equal(r.info->notes[0], "line 3 is not valid JSON: a value was expected");
	assert_int_equal(r.entries[1]->line, 4);
	talloc_free(r.mem);
}

#define STAMP "\"timestamp\":\"2025-01-02T03:04:05Z\","
#define IN(payload) "[{" STAMP "\"insertId\":\"1\"," payload "}]"

static const struct {
	const char *json, *text;
	enum severity severity;
} messages[] = {
	{ IN("\"textPayload\":\"a \\\"b\\\"\\n\\u00fc\\ud83d\\ude80 \\\\n\""),
		"a \"b\"\n\xc3\xbc\xf0\x9f\x9a\x80 \\n", SEVERITY_DEFAULT },
	{ IN("\"jsonPayload\":{\"message\":\"m\",\"textPayload\":\"t\",\"msg\":\"n\"}"), "m",
		SEVERITY_DEFAULT },
	{ IN("\"severity\":\"INFO\",\"jsonPayload\":{\"error\":{\"message\":\"Missing field\","
	     "\"severity\":\"ERROR\",\"traceback\":\"\"},\"message\":\"ready\"}"),
		"ready", SEVERITY_INFO },
	{ IN("\"jsonPayload\":{\"message\":\"failed\",\"stack_trace\":\"Traceback:\\n  x\\n\","
	     "\"level\":\"warn\"}"),
		"failed\nTraceback:\n  x", SEVERITY_WARNING },
	{ IN("\"jsonPayload\":{\"message\":\"failed\\nTraceback: x\",\"exception\":\"Traceback: "
	     "x\"}"),
		"failed\nTraceback: x", SEVERITY_DEFAULT },
	{ IN("\"jsonPayload\":{\"msg\":\"failed\",\"error\":\"refused\",\"level\":50}"),
		"failed\nrefused", SEVERITY_ERROR },
	{ IN("\"jsonPayload\":{\"message\":\"failed\",\"error\":{\"message\":\"m\",\"stack\":\"at "
	     "x\"}}"),
		"failed\nat x", SEVERITY_DEFAULT },
	{ IN("\"jsonPayload\":{\"message\":\"e\",\"exception\":{\"type\":\"T\",\"stacktrace\":["
	     "\"a\",\"b\"]}}"),
		"e\na\nb", SEVERITY_DEFAULT },
	{ IN("\"jsonPayload\":{ \"a\" : 1, \"b\": [ true ] }"), "{\"a\":1,\"b\":[true]}",
		SEVERITY_DEFAULT },
	{ IN("\"json_payload\":{\"message\":\"m\"},\"raw_payload\":\"{'message': 'm'}\""), "m",
		SEVERITY_DEFAULT },
	{ IN("\"text_payload\":null,\"json_payload\":null,\"raw_payload\":\"r\""), "r",
		SEVERITY_DEFAULT },
	{ IN("\"protoPayload\":{\"methodName\":\"Services.Replace\",\"status\":{\"code\":7,"
	     "\"message\":\"denied\"}}"),
		"Services.Replace: denied", SEVERITY_DEFAULT },
	{ IN("\"httpRequest\":{\"requestMethod\":\"GET\",\"requestUrl\":"
	     "\"https://example.com/health?token=abc1234567\",\"status\":503}"),
		"GET /health 503", SEVERITY_ERROR },
	{ IN("\"textPayload\":\"slow\",\"httpRequest\":{\"requestMethod\":\"GET\",\"requestUrl\":"
	     "\"/x\",\"status\":\"200\"}"),
		"slow\nGET /x 200", SEVERITY_DEFAULT },
	{ IN("\"severity\":\"DEFAULT\",\"textPayload\":\"2025-01-02 03:04:05.006 | CRITICAL | "
	     "a:b:1 | x\""),
		"2025-01-02 03:04:05.006 | CRITICAL | a:b:1 | x", SEVERITY_CRITICAL },
	{ IN("\"severity\":\"DEFAULT\",\"textPayload\":\"ERROR:    Application exited\""),
		"ERROR:    Application exited", SEVERITY_ERROR },
	{ IN("\"severity\":\"INFO\",\"textPayload\":\"ERROR: yet INFO\""), "ERROR: yet INFO",
		SEVERITY_INFO },
	{ "{" STAMP "\"level\":\"error\",\"msg\":\"one line\"}", "one line", SEVERITY_ERROR },
	{ "{\"ts\":1735787045.5,\"level\":\"info\",\"message\":\"epoch\"}\n"
	  "{\"ts\":1735787046.5,\"level\":\"info\",\"message\":\"epoch\"}",
		"epoch", SEVERITY_INFO },
	{ "{\"log\":\"ERROR from "
	  "docker\\n\",\"stream\":\"stderr\",\"time\":\"2025-01-02T03:04:05.1Z\"}\n",
		"ERROR from docker", SEVERITY_ERROR },
	{ "{\"log\":\"{\\\"level\\\":\\\"warn\\\",\\\"msg\\\":\\\"in\\\"}\\n\",\"stream\":"
	  "\"stdout\","
	  "\"time\":\"2025-01-02T03:04:05.1Z\"}\n",
		"in", SEVERITY_WARNING },
};

static void the_message_is_taken_from_where_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		struct reading r = reading_of(messages[i].json, strlen(messages[i].json));

		if (r.count == 0 || strcmp(r.entries[0]->text, messages[i].text) != 0 ||
			r.entries[0]->severity != messages[i].severity)
			fail_msg("%s\n is \"%s\", %s (%s)", messages[i].json,
				r.count > 0 ? r.entries[0]->text : "nothing",
				r.count > 0 ? severity_name(r.entries[0]->severity) : "-",
				r.info->format);
		assert_int_not_equal(r.entries[0]->time, TIME_NONE);
		talloc_free(r.mem);
	}
}

static void fields_of_an_entry_are_kept(void **state)
{
	static const char text[] =
		"[{\"receiveTimestamp\":\"2025-01-02T03:04:05Z\",\"insertId\":\"i\",\"trace\":"
		"\"projects/p/traces/abc\",\"spanId\":\"s\",\"textPayload\":\"t\",\"labels\":"
		"{\"instanceId\":\"inst\"},\"resource\":{\"type\":\"cloud_run_revision\","
		"\"labels\":"
		"{\"service_name\":\"svc\",\"revision_name\":\"rev\",\"configuration_name\":\"c\"}}"
		"}]";
	struct reading r = reading_of(text, sizeof(text) - 1);
	const struct entry *entry = r.entries[0];

	(void)state;
	assert_int_equal(r.count, 1);
	assert_string_equal(entry->trace, "abc");
	assert_string_equal(entry->span, "s");
	assert_string_equal(entry->instance, "inst");
	assert_string_equal(entry->service, "svc");
	assert_string_equal(entry->revision, "rev");
	assert_int_equal(entry->time, INT64_C(1735787045) * WHEN_SECOND);
	talloc_free(r.mem);
}

static void a_long_entry_is_left_out_and_the_rest_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	size_t size = 3 << 20;
	char *filler = mem_array(mem, char, size + 1);
	struct reading r;
	char *text;

	(void)state;
	memset(filler, 'x', size);
	text = mem_printf(
		mem, "[%s,{%s\"textPayload\":\"%s\"},%s]", ENTRY("1"), STAMP, filler, ENTRY("2"));
	r = reading_of(text, strlen(text));
	assert_int_equal(r.count, 2);
	assert_int_equal(r.info->skipped, 1);
	assert_true(r.info->truncated);
	talloc_free(r.mem);
	talloc_free(mem);
}

/* Blocks end at every place of an entry, also where the input ends. */
static void entries_are_the_same_wherever_a_block_ends(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const size_t entry = sizeof(ENTRY("1,")) - 1, count = 6000;
	char *text = mem_array(mem, char, count *(entry + 40) + 3);
	char *end = text;

	(void)state;
	for (size_t i = 0; i < count; i++)
		end += sprintf(end, "%s%*s%s%s", i == 0 ? "[" : ",", (int)(i % 7), "", ENTRY("1"),
			i % 50 == 0 ? ",123456" : "");
	for (size_t cut = 0; cut < 400; cut += 37) {
		struct reading r = reading_of(text, (size_t)(end - text) - cut);

		assert_true(r.count >= count - 4);
		for (size_t i = 0; i < r.count; i++)
			assert_string_equal(r.entries[i]->text, "text 1");
		assert_true(r.info->truncated);
		talloc_free(r.mem);
	}
	talloc_free(mem);
}

static void deep_nesting_is_told_and_harms_nothing(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *deep = mem_array(mem, char, 20001);
	struct reading r;
	char *text;

	(void)state;
	memset(deep, '[', 10000);
	memset(deep + 10000, ']', 10000);
	text = mem_printf(mem, "[%s,{%s\"jsonPayload\":{\"message\":\"m\",\"deep\":%s}},%s]",
		ENTRY("1"), STAMP, deep, ENTRY("2"));
	r = reading_of(text, strlen(text));
	assert_int_equal(r.count, 3);
	assert_string_equal(r.entries[1]->text, "m");
	assert_int_equal(r.info->note_count, 1);
	talloc_free(r.mem);
	talloc_free(mem);
}

/* A random value; about every object has a name that matters. */
static cJSON *random_value(unsigned *seed, int depth)
{
	static const char *const strings[] = { "", "a\"b\\c", "\xc3\xbc\xe2\x82\xac", "line\nline",
		"\t/", "{\"x\":1}", "]" };
	static const char *const names[] = { "a", "message", "x y", "q\"", "list" };
	unsigned kind = (unsigned)rand_r(seed) % (depth > 4 ? 4 : 6);
	cJSON *value;

	if (kind == 0)
		return cJSON_CreateString(strings[(unsigned)rand_r(seed) % 7]);
	if (kind == 1)
		return cJSON_CreateNumber(rand_r(seed) % 1000 / 8.0);
	if (kind < 4)
		return kind == 2 ? cJSON_CreateNull() : cJSON_CreateBool(rand_r(seed) % 2);
	value = kind == 4 ? cJSON_CreateArray() : cJSON_CreateObject();
	for (unsigned i = (unsigned)rand_r(seed) % 5; i > 0; i--) {
		cJSON *inner = random_value(seed, depth + 1);

		if (kind == 4)
			cJSON_AddItemToArray(value, inner);
		else
			cJSON_AddItemToObject(value, names[i % 5], inner);
	}
	return value;
}

static void check_member(TALLOC_CTX *mem, const cJSON *member, struct json value)
{
	struct draft draft = { .mem = mem };
	char *wanted = cJSON_PrintUnformatted(member);

	if (cJSON_IsString(member)) {
		json_decode(value, &draft);
		draft_add(&draft, "", 1);
		assert_string_equal(draft.text, member->valuestring);
	} else {
		json_compact(value, &draft);
		draft_add(&draft, "", 1);
		assert_string_equal(draft.text, wanted);
	}
	free(wanted);
}

/* The short way to the end of a value leads to the same place, or nowhere. */
static void check_simple(const cJSON *member, struct json object, struct json value)
{
	size_t begin = (size_t)(value.text - object.text);
	size_t end = json_simple(object.text, object.length, begin);
	bool plain = memchr(value.text, '\\', value.length) == NULL;

	if (cJSON_IsString(member) ? plain : !cJSON_IsObject(member) && !cJSON_IsArray(member))
		assert_int_equal(end, begin + value.length);
	else
		assert_int_equal(end, 0);
	assert_int_equal(json_simple(object.text, begin + value.length - 1, begin), 0);
}

static void members_are_those_that_cjson_finds(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		cJSON *object = cJSON_CreateObject();
		struct json text, key, value;
		char *printed;
		size_t at = 0;

		for (int i = rand_r(&seed) % 6; i > 0; i--)
			cJSON_AddItemToObject(
				object, i % 2 ? "key" : "message", random_value(&seed, 0));
		printed = round % 2 ? cJSON_Print(object) : cJSON_PrintUnformatted(object);
		assert_true(json_value(printed, strlen(printed), &text));
		assert_int_equal(text.length, strlen(printed));
		for (const cJSON *member = object->child; member != NULL; member = member->next) {
			assert_int_equal(json_member(text, &at, &key, &value), 1);
			check_member(mem, member, value);
			check_simple(member, text, value);
		}
		assert_int_equal(json_member(text, &at, &key, &value), 0);
		free(printed);
		cJSON_Delete(object);
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_found_wherever_they_sit),
		cmocka_unit_test(what_is_broken_is_told_with_its_line),
		cmocka_unit_test(the_message_is_taken_from_where_it_is),
		cmocka_unit_test(fields_of_an_entry_are_kept),
		cmocka_unit_test(a_long_entry_is_left_out_and_the_rest_read),
		cmocka_unit_test(entries_are_the_same_wherever_a_block_ends),
		cmocka_unit_test(deep_nesting_is_told_and_harms_nothing),
		cmocka_unit_test(members_are_those_that_cjson_finds),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
