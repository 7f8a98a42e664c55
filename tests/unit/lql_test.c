/* The stand-in's query language: what filters mean, by the documentation of the service. */
#include "standin/lql.h"

#include <stdlib.h>
#include <string.h>

#include "unit/test.h"

/* One with a JSON payload, one with text and hardly anything else, a request, an audit entry. */
static const char *const entries[] = {
	"{\"insertId\":\"a1\",\"logName\":\"projects/p/logs/run.googleapis.com%2Fstderr\","
	"\"timestamp\":\"2026-01-01T10:00:00.5Z\",\"receiveTimestamp\":\"2026-01-01T10:00:03Z\","
	"\"severity\":\"ERROR\",\"resource\":{\"type\":\"k8s_container\",\"labels\":"
	"{\"zone\":\"europe-west1-b\"}},\"labels\":{\"compute.googleapis.com/name\":\"vm\","
	"\"Mixed\":\"x\"},\"trace\":\"projects/p/traces/abc\",\"jsonPayload\":{\"message\":"
	"\"Disk \\\"sda\\\" is full\",\"code\":28,\"ratio\":0.5,\"big\":\"9007199254740993\","
	"\"ok\":false,\"none\":null,\"tags\":[\"red\",\"blue\"],\"list\":[{\"n\":1},{\"n\":7}],"
	"\"foo.bar\":\"dotted\",\"path\":\"C:\\\\temp\",\"deep\":{\"er\":{\"est\":\"leaf\"}}}}",
	"{\"insertId\":\"b2\",\"logName\":\"projects/p/logs/stdout\",\"timestamp\":"
	"\"2026-01-01T11:00:00Z\",\"textPayload\":\"Hello wide world: STRASSE \xc3\x84RGER\"}",
	"{\"insertId\":\"c3\",\"logName\":\"projects/p/logs/requests\",\"timestamp\":"
	"\"2026-01-02T00:00:00.000000001Z\",\"severity\":\"INFO\",\"httpRequest\":{\"status\":503,"
	"\"requestSize\":\"1200\",\"latency\":\"1.500s\",\"requestUrl\":\"/api/cart\"}}",
	"{\"insertId\":\"d4\",\"logName\":\"projects/p/logs/audit\",\"timestamp\":"
	"\"2026-01-03T00:00:00Z\",\"severity\":\"NOTICE\",\"protoPayload\":{\"@type\":\"type.x/A\","
	"\"methodName\":\"v1.insert\",\"status\":{\"code\":7}},\"operation\":{\"id\":\"op\","
	"\"first\":true}}",
};

/* MATCHES has the first letter of the insertId of each entry that is meant. */
static const struct {
	const char *filter, *matches;
} meanings[] = {
	{ "", "abcd" },
	{ "  \n-- nothing but a comment\n", "abcd" },
	{ "severity=ERROR", "a" },
	{ "severity>=NOTICE", "ad" },
	{ "severity > info", "ad" },
	{ "severity<INFO", "b" },
	{ "severity=DEFAULT", "b" },
	{ "severity!=ERROR", "bcd" },
	{ "severity=500", "a" },
	{ "severity:*", "acd" },
	{ "severity=(ERROR OR NOTICE)", "ad" },
	{ "NOT severity=(ERROR OR NOTICE)", "bc" },
	{ "-severity=ERROR", "bcd" },
	{ "NOT NOT severity=ERROR", "a" },
	/* NOT before OR before AND */
	{ "insertId=a1 OR insertId=b2 AND severity=ERROR", "a" },
	{ "severity=ERROR AND insertId=b2 OR insertId=a1", "a" },
	{ "(insertId=b2) OR (insertId=a1 AND severity=INFO)", "b" },
	{ "NOT insertId=a1 OR insertId=a1", "abcd" },
	{ "severity=ERROR insertId=a1", "a" },
	{ "severity=ERROR\ninsertId=b2", "" },
	{ "severity=ERROR -- insertId=b2\n", "a" },
	{ "jsonPayload.message:\"-- full\"", "" },
	/* strings: without case, escapes, parts */
	{ "insertId=\"A1\"", "a" },
	{ "jsonPayload.message=\"disk \\\"SDA\\\" is full\"", "a" },
	{ "jsonPayload.message:\"is FULL\"", "a" },
	{ "jsonPayload.message:full", "a" },
	{ "jsonPayload.message=full", "" },
	{ "jsonPayload.path=\"C:\\\\temp\"", "a" },
	{ "textPayload:\"strasse \xc3\xa4rger\"", "b" },
	{ "textPayload:(\"hello\" AND \"world\")", "b" },
	{ "textPayload:(\"hello\" AND \"moon\")", "" },
	{ "textPayload:(\"moon\" OR \"world\")", "b" },
	{ "insertId>=\"b\" AND insertId<\"d\"", "bc" },
	{ "insertId=\"a1\" OR \"hello\"", "ab" }, /* the second is a restriction of all fields */
	/* patterns: with case, anywhere, only in strings */
	{ "textPayload=~\"wide\"", "b" },
	{ "textPayload=~\"Wide\"", "" },
	{ "textPayload=~\"(?i)WIDE\\\\s+w\"", "b" },
	{ "textPayload=~\"^wide\"", "" },
	{ "jsonPayload.message!~\"full\"", "" },
	{ "jsonPayload.message!~\"empty\"", "a" },
	{ "jsonPayload.message=~(\"^Disk\" OR \"^Tape\")", "a" },
	{ "jsonPayload.code=~\"28\"", "" },
	/* numbers, truth, null */
	{ "jsonPayload.code=28", "a" },
	{ "jsonPayload.code>27.5", "a" },
	{ "jsonPayload.code>\"27\"", "a" },
	{ "jsonPayload.code=many", "" },
	{ "jsonPayload.code!=many", "" },
	{ "jsonPayload.ratio=0.5", "a" },
	{ "jsonPayload.code>-1", "a" },
	{ "jsonPayload.big=\"9007199254740993\"", "a" },
	{ "jsonPayload.ok=false", "a" },
	{ "jsonPayload.ok!=true", "a" },
	{ "jsonPayload.none=NULL_VALUE", "a" },
	{ "jsonPayload.none:*", "" },
	{ "httpRequest.status>=500", "c" },
	{ "httpRequest.requestSize>1000", "c" },
	{ "httpRequest.latency>\"1s\"", "c" },
	{ "httpRequest.latency<\"1500ms\"", "abd" }, /* without one it is 0 */
	{ "operation.first=true", "d" },
	/* fields: quoted names, case, arrays, objects */
	{ "labels.\"compute.googleapis.com/name\"=vm", "a" },
	{ "labels.mixed=x", "" },
	{ "labels.Mixed=x", "a" },
	{ "jsonPayload.\"foo.bar\"=dotted", "a" },
	{ "jsonPayload.foo.bar=dotted", "" },
	{ "SEVERITY=error", "a" },
	{ "jsonPayload.tags=blue", "a" },
	{ "jsonPayload.list.n=7", "a" },
	{ "jsonPayload.list.n>7", "" },
	{ "jsonPayload.deep.er.est:*", "a" },
	{ "jsonPayload.deep:leaf", "a" },
	{ "jsonPayload:*", "a" },
	{ "protoPayload.method_name=\"v1.insert\"", "d" },
	{ "protoPayload.METHODNAME=\"v1.insert\"", "d" },
	{ "protoPayload.@type:A", "d" },
	{ "protoPayload.status.code=7", "d" },
	{ "resource.labels.zone=\"europe-west1-b\"", "a" },
	{ "resource.type=k8s_container", "a" },
	/* what is missing: nothing of a payload compares; the rest has its default */
	{ "jsonPayload.missing=x", "" },
	{ "jsonPayload.missing!=x", "" },
	{ "NOT jsonPayload.missing=x", "abcd" },
	{ "NOT jsonPayload.missing:*", "abcd" },
	{ "labels.missing!=x", "" },
	{ "trace=\"\"", "bcd" },
	{ "trace!=x", "abcd" },
	{ "httpRequest.status=0", "abd" },
	{ "httpRequest:*", "c" },
	/* all fields */
	{ "hello", "b" },
	{ "\"wide world\"", "b" },
	{ "28", "a" },
	{ "leaf -hello", "a" },
	{ "hello or", "b" }, /* in lower case it is a word, and part of "world" */
	/* times */
	{ "timestamp>=\"2026-01-01T11:00:00Z\" AND timestamp<\"2026-01-03T00:00:00Z\"", "bc" },
	{ "timestamp>=\"2026-01-01T12:00:00+01:00\"", "bcd" },
	{ "timestamp>=\"2026-01-02\"", "cd" },
	{ "timestamp>\"2026-01-02T00:00:00Z\" timestamp<=\"2026-01-02T00:00:00.000000001Z\"", "c" },
	{ "timestamp=\"2026-01-01T10:00:00.500Z\"", "a" },
	{ "receiveTimestamp>=\"2026-01-01T00:00:00Z\"", "a" },
	/* functions */
	{ "log_id(\"run.googleapis.com/stderr\")", "a" },
	{ "log_id(\"run.googleapis.com/std\")", "" },
	{ "LOG_ID(\"stdout\")", "b" },
	{ "logName=\"projects/p/logs/run.googleapis.com%2Fstderr\"", "a" },
	{ "SEARCH(\"world hello\")", "b" },
	{ "SEARCH(\"wor\")", "" },
	{ "SEARCH(\"`wide world`\")", "b" },
	{ "SEARCH(\"`world wide`\")", "" },
	{ "SEARCH(\"full leaf\")", "a" }, /* in different fields */
	{ "SEARCH(textPayload, \"HELLO\")", "b" },
	{ "SEARCH(jsonPayload, \"full\") AND severity=ERROR", "a" },
	{ "NOT SEARCH(\"hello\")", "acd" },
};

static const struct {
	const char *filter, *error;
} refusals[] = {
	{ "thud=1", "Field not found: 'thud'." },
	{ "thud.x:*", "Field not found: 'thud.x'." },
	{ "httpRequest.thud=1", "Field not found: 'httpRequest.thud'." },
	{ "severity=", "syntax error at line 1, column 10" },
	{ "(severity=ERROR", "syntax error at line 1, column 16" },
	{ "severity=ERROR)", "line 1, column 15, token ')'" },
	{ "a AND\n  OR b", "line 2, column 3, token 'OR'" },
	{ "NOT", "syntax error" },
	{ "severity==ERROR", "token '='" },
	{ "textPayload=\"open", "unterminated string at line 1, column 13" },
	{ "textPayload=~word", "in double quotes" },
	{ "textPayload=~\"(\"", "invalid regular expression" },
	{ "textPayload=~\"a(?=b)\"", "invalid regular expression" },
	{ "textPayload=~\"(?<!a)b\"", "invalid regular expression" },
	{ "textPayload=~\"(a)\\\\1\"", "invalid regular expression" },
	{ "severity>=SEVERE", "invalid value 'SEVERE'" },
	{ "timestamp>=yesterday", "invalid value 'yesterday'" },
	{ "timestamp>=\"2026-13-01T00:00:00Z\"", "invalid value" },
	{ "httpRequest.status=many", "invalid value 'many'" },
	{ "nonsense(\"x\")", "unknown function 'nonsense'" },
	{ "log_id(stdout)", "syntax error" },
	{ "log_id(\"a\", \"b\")", "syntax error" },
	{ "severity=(ERROR OR)", "syntax error" },
	{ "()", "syntax error" },
	{ "!x", "syntax error" },
};

static void a_filter_means_what_its_documentation_says(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		char matches[8] = "";
		struct lql *filter;
		struct err err = { 0 };

		if (lql_parse(mem, meanings[i].filter, &filter, &err) < 0)
			fail_msg("%s: %s", meanings[i].filter, err.text);
		for (size_t k = 0; k < sizeof(entries) / sizeof(entries[0]); k++)
			if (lql_matches(filter, entries[k], strlen(entries[k])))
				strcat(matches, (char[]){ (char)('a' + k), '\0' });
		if (strcmp(matches, meanings[i].matches) != 0)
			fail_msg("%s: matches \"%s\"", meanings[i].filter, matches);
	}
	talloc_free(mem);
}

static void what_is_no_filter_is_refused_with_its_place(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct lql *filter;
		struct err err = { 0 };

		if (lql_parse(mem, refusals[i].filter, &filter, &err) == 0)
			fail_msg("%s is taken", refusals[i].filter);
		if (strstr(err.text, refusals[i].error) == NULL)
			fail_msg("%s: %s", refusals[i].filter, err.text);
	}
	talloc_free(mem);
}

static void brackets_may_not_be_endless(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_array(mem, char, 20001);
	struct lql *filter;
	struct err err;

	(void)state;
	memset(text, '(', 20000);
	assert_int_equal(lql_parse(mem, text, &filter, &err), -1);
	memset(text, '-', 20000);
	for (size_t i = 1; i < 20000; i += 2)
		text[i] = ' ';
	assert_int_equal(lql_parse(mem, text, &filter, &err), -1);
	talloc_free(mem);
}

static void the_time_that_a_filter_allows_is_known_beforehand(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	int64_t first = INT64_MIN, last = INT64_MAX;
	struct lql *filter;
	struct err err;

	(void)state;
	assert_int_equal(lql_parse(mem,
				 "(timestamp>=\"1970-01-01T00:00:01Z\" AND hello) "
				 "timestamp<\"1970-01-01T00:00:02Z\" "
				 "(timestamp=\"1970-01-01T00:00:09Z\" OR x)",
				 &filter, &err),
		0);
	lql_span(filter, &first, &last);
	assert_int_equal(first, WHEN_SECOND);
	assert_int_equal(last, 2 * WHEN_SECOND);
	talloc_free(mem);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_means_what_its_documentation_says),
		cmocka_unit_test(what_is_no_filter_is_refused_with_its_place),
		cmocka_unit_test(brackets_may_not_be_endless),
		cmocka_unit_test(the_time_that_a_filter_allows_is_known_beforehand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
