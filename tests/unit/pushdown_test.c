/* Pushdown: what hits here is meant by the filters, whatever the entries and rules. */
#include "match/pushdown.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "cloud/cloud.h"
#include "standin/lql.h"
#include "unit/match_world.h"

#define ROUNDS 1500
#define ENTRIES 12

/* Everything that makes texts here and there differ: escapes, controls, secrets, other letters. */
static const char *const words[] = { "connection", " refused", ": ", "GET ", "/health", " 503",
	"\033[31m", "err\033[1mor", "\r", "\xc2\x85", "\n", "\t", "password=hunter2secret",
	"Bearer abcdefgh12345678", "user@example.com", "\"quoted\"", "back\\slash",
	"\xe2\x84\xaa"
	"elvin",
	"\xc5\xbf"
	"tart",
	"caf\xc3\xa9", "e\xcc\x81", " ", "timed out after ", "5000 ms", "{\"code\":7}", "FATAL",
	"Pod", "token", "x", "1008", " POST", "true", "\xf0\x9f\x98\x80", "--", "(", ")" };

/* splitmix64, Steele, Lea and Flood 2014. */
static uint64_t pick(uint64_t *state, uint64_t count)
{
	uint64_t value = *state += UINT64_C(0x9e3779b97f4a7c15);

	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return (value ^ value >> 31) % count;
}

static char *sentence(TALLOC_CTX *mem, uint64_t *state)
{
	char *text = mem_strdup(mem, "");

	for (uint64_t i = pick(state, 7); i-- > 0;)
		text = mem_check(talloc_strdup_append(
			text, words[pick(state, sizeof(words) / sizeof(words[0]))]));
	return text;
}

static void add_text(cJSON *object, const char *key, uint64_t *state)
{
	char *text = sentence(NULL, state);

	cJSON_AddStringToObject(object, key, text);
	talloc_free(text);
}

static void add_json(cJSON *entry, uint64_t *state)
{
	static const char *const messages[] = { "message", "msg", "log", "event", "text", "other" };
	static const char *const beside[] = { "error", "stack_trace", "exception", "err", "stack" };
	cJSON *payload = cJSON_AddObjectToObject(entry, "jsonPayload");
	const char *key = messages[pick(state, 6)];
	cJSON *inner;

	switch (pick(state, 6)) {
	case 0:
		add_text(cJSON_AddObjectToObject(payload, key), "inner text", state);
		break;
	case 1:
		cJSON_AddNumberToObject(payload, key, (double)pick(state, 2000));
		break;
	default:
		add_text(payload, key, state);
	}
	if (pick(state, 3) == 0)
		add_text(payload, messages[pick(state, 6)], state);
	if (pick(state, 4) == 0)
		add_text(payload, beside[pick(state, 5)], state);
	if (pick(state, 6) == 0) {
		inner = cJSON_AddObjectToObject(payload, "exception");
		add_text(inner, "stack", state);
	}
}

static void add_proto(cJSON *entry, uint64_t *state)
{
	cJSON *payload = cJSON_AddObjectToObject(entry, "protoPayload");

	cJSON_AddStringToObject(
		payload, "@type", "type.googleapis.com/google.cloud.audit.AuditLog");
	if (pick(state, 3) > 0)
		add_text(payload, "methodName", state);
	if (pick(state, 3) > 0)
		add_text(cJSON_AddObjectToObject(payload, "status"), "message", state);
	if (pick(state, 3) == 0)
		add_text(payload, "resourceName", state);
}

static void add_request(cJSON *entry, uint64_t *state)
{
	static const char *const methods[] = { "GET", "POST", "DELETE", "PROPFIND", "get",
		"SEARCH" };
	static const char *const urls[] = { "https://example.com/api/health?x=1",
		"/relative path/x", "connection", "https://example.com", "503" };
	cJSON *request = cJSON_AddObjectToObject(entry, "httpRequest");

	if (pick(state, 5) > 0)
		cJSON_AddStringToObject(request, "requestMethod", methods[pick(state, 6)]);
	cJSON_AddStringToObject(request, "requestUrl", urls[pick(state, 5)]);
	cJSON_AddNumberToObject(request, "status", pick(state, 2) ? 503 : 200);
}

/* A LogEntry as the service may hold it, without blanks. */
static char *make_entry(TALLOC_CTX *mem, uint64_t *state, unsigned number)
{
	static const char *const severities[] = { "INFO", "WARNING", "ERROR", "NOTICE" };
	static const char *const logs[] = { "run.googleapis.com%2Fstderr", "stdout" };
	cJSON *entry = cJSON_CreateObject(), *labels;
	char *made = mem_printf(mem, "id%u", number), *text;

	cJSON_AddStringToObject(entry, "insertId", made);
	made = mem_printf(mem, "projects/p/logs/%s", logs[pick(state, 2)]);
	cJSON_AddStringToObject(entry, "logName", made);
	cJSON_AddStringToObject(entry, "timestamp", "2026-01-01T00:00:00Z");
	if (pick(state, 4) > 0)
		cJSON_AddStringToObject(entry, "severity", severities[pick(state, 4)]);
	labels = cJSON_AddObjectToObject(cJSON_AddObjectToObject(entry, "resource"), "labels");
	if (pick(state, 2) == 0)
		cJSON_AddStringToObject(labels, "service_name", pick(state, 2) ? "api" : "web");
	else if (pick(state, 2) == 0)
		cJSON_AddStringToObject(labels, "container_name", "api");
	switch (pick(state, 4)) {
	case 0:
		add_text(entry, "textPayload", state);
		break;
	case 1:
		add_json(entry, state);
		break;
	case 2:
		add_proto(entry, state);
		break;
	}
	if (pick(state, 3) == 0)
		add_request(entry, state);
	text = cJSON_PrintUnformatted(entry);
	made = mem_strdup(mem, text);
	cJSON_free(text);
	cJSON_Delete(entry);
	return made;
}

/* TEXT as a string of YAML. */
static char *quoted(TALLOC_CTX *mem, const char *text)
{
	cJSON *string = cJSON_CreateString(text);
	char *made = cJSON_PrintUnformatted(string), *copy = mem_strdup(mem, made);

	cJSON_free(made);
	cJSON_Delete(string);
	return copy;
}

/* A part of an entry's text, at the boundaries of characters; "" where there is none. */
static char *part(TALLOC_CTX *mem, const struct entry *entry, uint64_t *state)
{
	size_t begin, end;

	if (entry->text_len == 0)
		return mem_strdup(mem, "");
	begin = utf8_cut(entry->text, entry->text_len, pick(state, entry->text_len));
	end = utf8_cut(entry->text, entry->text_len, begin + 1 + pick(state, 24));
	return mem_strndup(mem, entry->text + begin, end > begin ? end - begin : 0);
}

static char *escaped(TALLOC_CTX *mem, const char *text)
{
	char *out = mem_array(mem, char, 2 * strlen(text) + 1), *end = out;

	for (; *text != '\0'; text++) {
		if (strchr("\\^$.[|()?*+{}-#\"", *text) != NULL)
			*end++ = '\\';
		*end++ = *text;
	}
	return out;
}

/* A signature that hits what PART and OTHER are from. */
static char *signature(TALLOC_CTX *mem, const char *part, const char *other, uint64_t *state)
{
	static const char *const wheres[] = { "severity: '>=WARNING'", "severity: NOTICE",
		"service: api", "log: stdout" };

	switch (pick(state, 5)) {
	case 0:
		return mem_printf(mem, "{match: {literal: %s}}", quoted(mem, part));
	case 1:
		return mem_printf(mem, "{match: {literal: %s, nocase: true}}", quoted(mem, part));
	case 2:
		return mem_printf(
			mem, "{match: {regex: %s, nocase: true}}", quoted(mem, escaped(mem, part)));
	case 3:
		return mem_printf(mem, "{match: {regex: %s}}",
			quoted(mem, mem_printf(mem, "(?:%s|%s)", escaped(mem, part),
					    escaped(mem, other))));
	default:
		return mem_printf(
			mem, "{match: {regex: '.', where: {%s}}}", wheres[pick(state, 4)]);
	}
}

static bool is_meant(const char *const *filters, const char *entry)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	bool meant = false;

	for (; *filters != NULL && !meant; filters++) {
		struct err err = { 0 };
		struct lql *filter;

		if (lql_parse(mem, *filters, &filter, &err) < 0)
			fail_msg("%s in %s", err.text, *filters);
		meant = lql_matches(filter, entry, strlen(entry));
	}
	talloc_free(mem);
	return meant;
}

/* Entries as they are here, and as the service has them. */
struct corpus {
	struct entry *here[ENTRIES];
	char *there[ENTRIES];
};

static void make_corpus(TALLOC_CTX *mem, struct corpus *corpus, uint64_t *state)
{
	struct pages *pages = source_pages_new(mem, "p", NULL, false);
	char *body = mem_strdup(mem, "{\"entries\":["), *token;
	struct err err = { 0 };
	struct entry entry;

	for (unsigned i = 0; i < ENTRIES; i++) {
		corpus->there[i] = make_entry(mem, state, i);
		body = mem_check(
			talloc_asprintf_append(body, "%s%s", i > 0 ? "," : "", corpus->there[i]));
	}
	body = mem_check(talloc_strdup_append(body, "]}"));
	assert_int_equal(source_pages_add(pages, body, strlen(body), mem, &token, &err), 0);
	for (unsigned i = 0; i < ENTRIES; i++) {
		assert_true(source_pages_next(pages, &entry));
		corpus->here[i] = entry_copy(mem, &entry);
		corpus->here[i]->source = NULL;
		corpus->here[i]->json = corpus->there[i];
		corpus->here[i]->json_len = strlen(corpus->there[i]);
	}
}

/* One random rule against random entries. Whether it could be pushed down. */
static bool try_rule(uint64_t *state, unsigned *hits)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct match_pushdown *pushdown;
	struct corpus corpus;
	struct world world;
	char *one, *other, *when;
	bool possible;

	make_corpus(mem, &corpus, state);
	do
		one = part(mem, corpus.here[pick(state, ENTRIES)], state);
	while (*one == '\0');
	do
		other = part(mem, corpus.here[pick(state, ENTRIES)], state);
	while (*other == '\0');
	when = signature(mem, one, other, state);
	world_one(&world, when, NULL);
	pushdown = match_pushdown_new(mem, world.rules, 15000);
	possible = match_pushdown_obstacle(pushdown) == NULL;
	for (unsigned i = 0; possible && i < ENTRIES; i++) {
		if (world_entry(&world, corpus.here[i]) == 0)
			continue;
		++*hits;
		if (!is_meant(match_pushdown_filters(pushdown), corpus.there[i]))
			fail_msg("%s hits\n%s\nthat is\n%s\nand is not meant by\n...%s", when,
				corpus.here[i]->text, corpus.there[i],
				strrchr(match_pushdown_filters(pushdown)[0], '@'));
	}
	world_end(&world);
	talloc_free(mem);
	return possible;
}

static void what_hits_here_is_meant_by_the_filters(void **state)
{
	uint64_t seed = 7;
	unsigned possible = 0, hits = 0;

	(void)state;
	for (unsigned i = 0; i < ROUNDS; i++)
		possible += try_rule(&seed, &hits);
	/* or it would say nothing */
	assert_in_range(possible, ROUNDS / 3, ROUNDS);
	assert_in_range(hits, ROUNDS / 2, UINT32_MAX);
}

static void literals_lose_what_the_service_may_compare_otherwise(void **state)
{
	static const struct {
		const char *text, *filter;
		bool folded;
	} cases[] = {
		{ "connection refused", "\"connection refuse\"", false },
		{ "port 5432", "\"port 5432\"", false },
		{ "GET /health", "\"/healt\"", false },
		{ "get /health", "\"get /healt\"", false },
		{ "get /health", "\"/healt\"", true },
		{ "returned: 503", "\"returned\"", false },
		{ " 503", "httpRequest.status=503 OR \"503\"", false },
		{ "v1.insert: no such table", "\"no such tabl\"", false },
		{ "one\nlonger line", "\"longer lin\"", false },
		{ "say \"no\" now", "\"say \\\"no\\\" no\"", false },
		{ "caf\xc3\xa9 is closed", "\"is close\"", false },
		{ "un\xe2\x84\xaanown", "\"unknow\"", true },
		{ "password", NULL, false },
		{ "token:1", NULL, false },
		{ "ab", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *filter = pushdown_literal(NULL, cases[i].text, cases[i].folded);

		if (cases[i].filter == NULL)
			assert_null(filter);
		else
			assert_string_equal(filter, cases[i].filter);
		talloc_free(filter);
	}
}

static void a_long_list_becomes_several_filters(void **state)
{
	char *rules = mem_strdup(NULL, "{any: [");
	struct match_pushdown *pushdown;
	const char *const *filters;
	struct world world;
	size_t count = 0;

	(void)state;
	for (unsigned i = 0; i < 900; i++)
		rules = mem_check(talloc_asprintf_append(rules,
			"%s{match: {literal: message number %u of many that are asked for}}",
			i > 0 ? ", " : "", i));
	rules = mem_check(talloc_strdup_append(rules, "]}"));
	world_one(&world, rules, NULL);
	pushdown = match_pushdown_new(world.mem, world.rules, 19000);
	for (filters = match_pushdown_filters(pushdown); *filters != NULL; filters++, count++)
		assert_in_range(strlen(*filters), 1, 19000);
	assert_in_range(count, 3, 4);
	assert_null(strstr(match_pushdown_filters(pushdown)[1], "severity>=ERROR"));
	world_end(&world);
	talloc_free(rules);
}

static void a_rule_without_a_literal_is_told(void **state)
{
	struct match_pushdown *pushdown;
	struct world world;

	(void)state;
	world_one(&world, "{match: {regex: '^\\d+$'}}", NULL);
	pushdown = match_pushdown_new(world.mem, world.rules, 19000);
	assert_non_null(strstr(match_pushdown_obstacle(pushdown), "rule test.one"));
	world_end(&world);
	world_one(&world, "{match: {regex: '^\\d+$', where: {severity: WARNING}}}", NULL);
	pushdown = match_pushdown_new(world.mem, world.rules, 19000);
	assert_null(match_pushdown_obstacle(pushdown));
	assert_non_null(strstr(match_pushdown_notes(pushdown)[0], "severity=WARNING"));
	world_end(&world);
}

static void what_only_tests_can_say_is_not_asked_for(void **state)
{
	struct match_pushdown *pushdown;
	struct world world;

	(void)state;
	world_one(&world, "{match: {regex: '^\\d+$', where: {outcome: failed}}}", NULL);
	pushdown = match_pushdown_new(world.mem, world.rules, 19000);
	assert_null(match_pushdown_obstacle(pushdown));
	assert_null(match_pushdown_notes(pushdown)[0]);
	world_end(&world);
}

static void an_absence_reaches_as_far_as_it_waits(void **state)
{
	struct entry request = { .text = "request", .text_len = 7 };
	struct entry other = { .text = "other", .text_len = 5 };
	struct match_pushdown *pushdown;
	struct world world;

	(void)state;
	world_one(&world, "{absent: {after: request, none_of: [answer], within: 7m}}", NULL);
	pushdown = match_pushdown_new(world.mem, world.rules, 19000);
	assert_int_equal(match_pushdown_reach(pushdown, &request), 420 * WHEN_SECOND);
	assert_int_equal(match_pushdown_reach(pushdown, &other), 0);
	world_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_hits_here_is_meant_by_the_filters),
		cmocka_unit_test(literals_lose_what_the_service_may_compare_otherwise),
		cmocka_unit_test(a_long_list_becomes_several_filters),
		cmocka_unit_test(a_rule_without_a_literal_is_told),
		cmocka_unit_test(what_only_tests_can_say_is_not_asked_for),
		cmocka_unit_test(an_absence_reaches_as_far_as_it_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
