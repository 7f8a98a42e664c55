/* Conditions on entries: "where" of terms and causes. */
#include "unit/match_world.h"

#include <string.h>

/* Does a cause with WHERE (the value of the key) fire on ENTRY, whose text is "alpha"? */
static bool fires(const char *where, struct entry entry)
{
	char *more = mem_printf(NULL, "where: %s", where);
	struct world world;
	uint64_t fired;

	world_one(&world, "{match: alpha}", more);
	entry.text = "alpha";
	entry.time = 1;
	if (entry.json != NULL)
		entry.json_len = strlen(entry.json);
	world_entry(&world, &entry);
	fired = world_fired(&world);
	world_end(&world);
	talloc_free(more);
	return fired == 1;
}

#define FIRES(where, ...) fires(where, (struct entry){ __VA_ARGS__ })

static void a_severity_is_compared_in_its_order(void **state)
{
	(void)state;
	assert_true(FIRES("{severity: '>=ERROR'}", .severity = SEVERITY_CRITICAL));
	assert_true(FIRES("{severity: '>=ERROR'}", .severity = SEVERITY_ERROR));
	assert_false(FIRES("{severity: '>=ERROR'}", .severity = SEVERITY_WARNING));
	assert_true(FIRES("{severity: INFO}", .severity = SEVERITY_INFO));
	assert_false(FIRES("{severity: INFO}", .severity = SEVERITY_ERROR));
}

static void names_are_globs(void **state)
{
	(void)state;
	assert_true(FIRES("{service: 'api-*'}", .service = "api-one"));
	assert_false(FIRES("{service: 'api-*'}", .service = "web"));
	assert_false(FIRES("{service: 'api-*'}", .log = "api-one"));
	assert_true(FIRES("{service: ['api-*', web]}", .service = "web"));
	assert_false(FIRES("{service: '!web'}", .service = "web"));
	assert_true(FIRES("{service: '!web'}", .service = "api"));
	assert_true(FIRES("{log: '*/stderr'}", .log = "run.googleapis.com/stderr"));
	assert_true(FIRES("{revision: 'api-0000?'}", .revision = "api-00007"));
	assert_true(FIRES("{source: '*.log'}", .service = NULL));
	assert_false(FIRES("{source: '*.json'}", .service = NULL));
}

#define JSON                                                                                       \
	"{\"jsonPayload\": {\"a\": {\"b\": \"deep\"}, \"status\": 503, \"ok\": false, \"list\": "  \
	"[1, {\"x\": \"y\"}]}, \"labels\": {\"k8s.io/app\": \"web\"}, \"httpRequest\": "           \
	"{\"requestMethod\": \"GET\"}}"

static void fields_are_found_by_path(void **state)
{
	static const struct {
		const char *where;
		bool fires;
	} cases[] = {
		{ "{field: {path: jsonPayload.a.b, op: eq, value: deep}}", true },
		{ "{field: {path: jsonPayload.a.b, op: eq, value: deeper}}", false },
		{ "{field: {path: jsonPayload.a.b, op: ne, value: deeper}}", true },
		{ "{field: {path: json_payload.a.b, op: eq, value: deep}}", true },
		{ "{field: {path: http_request.request_method, op: eq, value: GET}}", true },
		{ "{field: {path: 'labels.\"k8s.io/app\"', op: eq, value: web}}", true },
		{ "{field: {path: jsonPayload.status, op: gte, value: 500}}", true },
		{ "{field: {path: jsonPayload.status, op: lte, value: 99}}", false },
		{ "{field: {path: jsonPayload.status, op: in, value: [500, 503]}}", true },
		{ "{field: {path: jsonPayload.list.1.x, op: contains, value: y}}", true },
		{ "{field: {path: jsonPayload.list.0, op: eq, value: 1}}", true },
		{ "{field: {path: jsonPayload.a.b, op: regex, value: '^d.+p$'}}", true },
		{ "{field: {path: jsonPayload.a.c, op: exists, value: true}}", false },
		{ "{field: {path: jsonPayload.a.c, op: exists, value: false}}", true },
		{ "{field: {path: jsonPayload.a.c, op: eq, value: deep}}", false },
		{ "{field: {path: jsonPayload.ok, op: eq, value: 'false'}}", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (FIRES(cases[i].where, .json = JSON) != cases[i].fires)
			fail_msg("%s", cases[i].where);
}

static void of_json_that_is_no_log_entry_the_payload_is_the_whole(void **state)
{
	static const char where[] = "{field: {path: jsonPayload.level, op: eq, value: error}}";

	(void)state;
	assert_true(FIRES(where, .json = "{\"level\": \"error\", \"msg\": \"alpha\"}"));
	assert_false(FIRES(where, .json = "{\"level\": \"error\", \"textPayload\": \"alpha\"}"));
	assert_false(FIRES(where, .json = "{\"level\": "));
	assert_false(FIRES(where, .json = NULL));
}

static void conditions_on_tests_wait_for_their_outcome(void **state)
{
	struct test test = { .name = "suite::one", .outcome = OUTCOME_NONE };
	struct entry entry = { .time = 1, .text = "alpha", .test = &test };
	struct world world;

	(void)state;
	world_one(&world, "{match: alpha}", "where: {outcome: failed, test: 'suite::*'}");
	world_entry(&world, &entry);
	assert_int_equal(world_fired(&world), 0);
	test.outcome = OUTCOME_FAILED;
	assert_int_equal(world_fired(&world), 1);
	test.outcome = OUTCOME_PASSED;
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_severity_is_compared_in_its_order),
		cmocka_unit_test(names_are_globs),
		cmocka_unit_test(fields_are_found_by_path),
		cmocka_unit_test(of_json_that_is_no_log_entry_the_payload_is_the_whole),
		cmocka_unit_test(conditions_on_tests_wait_for_their_outcome),
	};

	return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
