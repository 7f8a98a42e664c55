/* The join of tests with logs: by ids, by content, by time; statuses in the lines of tests. */
#include <string.h>

#include "reason/status.h"
#include "unit/reason_world.h"
#include "unit/test.h"

#define ID "4bf92f3577b34da6a3ce929d0e0e4736"

/* A test that tells TEXT, and a cause in a log that is ahead of it by SECONDS. */
struct joined {
	struct world *world;
	struct source_info *transcript;
	struct test *test;
	struct edge *edge;
	struct entry *cause;
};

static struct joined join_new(const char *text, enum outcome outcome, int seconds)
{
	struct joined joined = { .world = world_new() };
	struct world *world = joined.world;
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "b.root", KIND_ROOT);

	joined.edge = world_edge(world, symptom, root);
	joined.transcript = world_transcript(world, "t.txt");
	joined.test = world_test(world, joined.transcript, "x::y", outcome);
	world_fire(world_finding(world, symptom),
		world_entry(world, joined.transcript, joined.test, AT(100), text, 1));
	joined.cause =
		world_entry(world, world_log(world, "l.json"), NULL, AT(100 - seconds), "died", 1);
	world_fire(world_finding(world, root), joined.cause);
	return joined;
}

static struct incident *only_incident(struct joined *joined)
{
	struct diagnosis *diagnosis = world_conclude(joined->world);

	assert_int_equal(diagnosis->incident_count, 1);
	return diagnosis->incidents[0];
}

static void a_trace_that_both_tell_is_named(void **state)
{
	struct joined joined = join_new("HTTP 503 trace " ID, OUTCOME_FAILED, 10);
	struct incident *incident;

	(void)state;
	joined.cause->trace = "projects/example/traces/" ID;
	incident = only_incident(&joined);
	assert_string_equal(
		incident->join, "by id: the test's output and the log share the trace " ID);
	assert_string_equal(incident->whys[1]->link.keys_agreed, "id");
	assert_string_equal(verdict_name(incident->verdict), "CONFIRMED");
	talloc_free(joined.world);
}

static void an_id_in_the_text_of_both_joins_too(void **state)
{
	struct joined joined = join_new("no answer, request_id=" ID, OUTCOME_FAILED, 10);
	struct incident *incident;

	(void)state;
	joined.cause->text = "died at " ID;
	joined.cause->text_len = strlen(joined.cause->text);
	incident = only_incident(&joined);
	assert_string_equal(
		incident->join, "by id: the test's output and the log share the id " ID);
	assert_non_null(incident->root);
	talloc_free(joined.world);
}

static void another_trace_leaves_the_join_weak(void **state)
{
	struct joined joined = join_new("HTTP 503 trace " ID, OUTCOME_FAILED, 10);
	struct incident *incident;

	(void)state;
	joined.cause->trace = "projects/example/traces/00000000000000000000000000000001";
	incident = only_incident(&joined);
	assert_non_null(strstr(incident->join, "by service and time alone: weak"));
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	assert_non_null(strstr(incident->verdict_reason, "service and time alone"));
	talloc_free(joined.world);
}

static void a_comparison_of_statuses_is_a_request(void **state)
{
	struct joined joined = join_new("E       assert 503 == 200", OUTCOME_FAILED, 10);

	(void)state;
	assert_non_null(only_incident(&joined)->root);
	talloc_free(joined.world);
}

static void a_comparison_in_setup_is_none(void **state)
{
	struct joined joined = join_new("E       assert 503 == 200", OUTCOME_ERROR, 10);
	struct incident *incident = only_incident(&joined);

	(void)state;
	assert_null(incident->root);
	assert_string_equal(incident->join, "with nothing: the test made no request");
	talloc_free(joined.world);
}

static void a_log_that_begins_later_makes_it_likely_and_is_told(void **state)
{
	struct joined joined = join_new("HTTP 503", OUTCOME_FAILED, -60);
	struct incident *incident;

	(void)state;
	joined.edge->slack = 300 * WHEN_SECOND;
	incident = only_incident(&joined);
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	assert_non_null(strstr(incident->join, "the log begins 1m after the test ended"));
	assert_non_null(strstr(incident->verdict_reason, "the log begins 1m after"));
	talloc_free(joined.world);
}

static void where_no_zone_makes_them_meet_the_nearest_is_told(void **state)
{
	struct joined joined = join_new("HTTP 503", OUTCOME_FAILED, -7 * 3600 - 600);
	struct incident *incident;

	(void)state;
	joined.transcript->zone_unknown = true;
	incident = only_incident(&joined);
	assert_non_null(strstr(incident->join, "UTC-07:00, the log begins 10m after"));
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	talloc_free(joined.world);
}

static void a_key_is_named_once(void **state)
{
	struct joined joined = join_new("HTTP 503", OUTCOME_FAILED, 10);

	(void)state;
	joined.cause->test = joined.test;
	joined.world->findings.items[1]->occurrences[0].test = joined.test;
	world_same(joined.edge, "test");
	world_same(joined.edge, "test");
	assert_string_equal(only_incident(&joined)->whys[1]->link.keys_agreed, "test");
	talloc_free(joined.world);
}

static void statuses_are_told_from_other_numbers(void **state)
{
	static const struct {
		const char *line;
		int status;
	} lines[] = {
		{ "E       assert 503 == 200", 503 },
		{ "AssertionError: assert 200 == 401", 200 },
		{ "assert 404 in (200, 204)", 404 },
		{ "Expected 200, got 502", 502 },
		{ "expected: <201> but was: <500>", 500 },
		{ "got 429, expected 200", 429 },
		{ "assert 300 == 600", 0 },
		{ "assert 200 == 201", 0 },
		{ "assert 4031 == 200", 0 },
		{ "assert 404 == 500", 0 },
		{ "Expected 200 items, found 75 items", 0 },
		{ "collected 403 items, 200 deselected", 0 },
		{ "if 503 == 200:", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(
			status_compared(lines[i].line, strlen(lines[i].line)), lines[i].status);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_trace_that_both_tell_is_named),
		cmocka_unit_test(an_id_in_the_text_of_both_joins_too),
		cmocka_unit_test(another_trace_leaves_the_join_weak),
		cmocka_unit_test(a_comparison_of_statuses_is_a_request),
		cmocka_unit_test(a_comparison_in_setup_is_none),
		cmocka_unit_test(a_log_that_begins_later_makes_it_likely_and_is_told),
		cmocka_unit_test(where_no_zone_makes_them_meet_the_nearest_is_told),
		cmocka_unit_test(a_key_is_named_once),
		cmocka_unit_test(statuses_are_told_from_other_numbers),
	};

	return cmocka_run_group_tests_name("join", tests, NULL, NULL);
}
