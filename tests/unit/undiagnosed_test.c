/* What stays open: tests without a finding, errors without a rule, clocks that differ. */
#include <string.h>

#include "unit/reason_world.h"
#include "unit/test.h"

static void a_test_without_findings_shows_its_errors(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct diagnosis *diagnosis;
	struct undiagnosed *item;

	(void)state;
	world_entry(world, source, test, TIME_NONE, "collecting", 0);
	world_entry(world, source, test, TIME_NONE, "E   KeyError: 'share' in 123456", 0);
	world_entry(world, source, test, TIME_NONE, "E   assert 3 == 4", 0);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 0);
	assert_int_equal(diagnosis->undiagnosed_count, 1);
	item = diagnosis->undiagnosed[0];
	assert_ptr_equal(item->test, test);
	assert_string_equal(item->first_error, "E   KeyError: 'share' in 123456");
	assert_string_equal(item->newest_error, "E   assert 3 == 4");
	assert_string_equal(item->pattern, "E assert 3 == 4");
	assert_int_equal(item->evidence_count, 2);
	assert_int_equal(item->evidence[0]->number, 1);
	talloc_free(world);
}

static void errors_without_a_rule_are_counted_by_pattern(void **state)
{
	struct world *world = world_new();
	struct source_info *log = world_log(world, "l.json");
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *passed = world_test(world, source, "x::p", OUTCOME_PASSED);
	struct diagnosis *diagnosis;
	char text[64];

	(void)state;
	world_test(world, source, "x::f", OUTCOME_FAILED);
	for (int i = 0; i < 30; i++) {
		snprintf(text, sizeof(text), "QueueError: job %d lost", 100000 + i);
		world_entry(world, log, NULL, AT(i), mem_strdup(world, text), 0);
	}
	world_entry(world, log, NULL, AT(31), "QuotaError: known", 1);
	world_entry(world, source, passed, TIME_NONE, "ValueError: of a passing test", 0);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->unexplained_count, 1);
	assert_string_equal(diagnosis->unexplained[0].pattern, "QueueError: job <n> lost");
	assert_int_equal(diagnosis->unexplained[0].count, 30);
	assert_int_equal(diagnosis->unexplained[0].evidence->entry->line, 1);
	talloc_free(world);
}

static void a_test_told_by_two_sources_is_one(void **state)
{
	struct world *world = world_new();
	struct source_info *console = world_transcript(world, "t.txt");
	struct source_info *results = world_transcript(world, "t.xml");
	struct test *test = world_test(world, console, "x::y", OUTCOME_FAILED);
	struct test *again = world_test(world, results, "x.y", OUTCOME_FAILED);
	struct diagnosis *diagnosis;

	(void)state;
	again->same_as = test;
	world->run.test_count = 1;
	world_entry(world, results, again, TIME_NONE, "ValueError: closed", 0);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->undiagnosed_count, 1);
	assert_ptr_equal(diagnosis->undiagnosed[0]->test, test);
	assert_string_equal(diagnosis->undiagnosed[0]->first_error, "ValueError: closed");
	talloc_free(world);
}

static void request(struct world *world, struct source_info *log, int64_t time, int status)
{
	struct entry *entry = world_entry(world, log, NULL, time, "", 0);

	entry->http_status = status;
	entry->path = "/ws";
	reasoner_observe(world->reasoner, entry, 0);
}

static void the_zone_of_a_transcript_is_found_by_its_requests(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct source_info *log = world_log(world, "l.json");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "b.root", KIND_ROOT);
	struct diagnosis *diagnosis;
	struct incident *incident;

	(void)state;
	source->zone_unknown = true;
	world_edge(world, symptom, root);
	for (int i = 0; i < 5; i++)
		request(world, log, AT(7 * 3600 + 17 * i * i), i % 2 == 0 ? 403 : 503);
	for (int i = 0; i < 5; i++)
		world_entry(world, source, test, AT(17 * i * i),
			i % 2 == 0 ? "rejected: HTTP 403" : "rejected: HTTP 503", 0);
	world_fire(world_finding(world, symptom),
		world_entry(world, source, test, AT(300), "HTTP 503: failed", 1));
	world_fire(world_finding(world, root),
		world_entry(world, log, NULL, AT(7 * 3600 + 290), "died", 1));
	diagnosis = world_conclude(world);
	assert_true(diagnosis->offset_found);
	assert_int_equal(diagnosis->offset, 7 * 3600);
	assert_non_null(strstr(diagnosis->offset_note, "UTC-07:00"));
	incident = diagnosis->incidents[0];
	assert_ptr_equal(incident->root, root);
	assert_int_equal(incident->whys[1]->link.gap, 10 * WHEN_SECOND);
	assert_int_equal(incident->whys[0]->evidence[0]->entry->time, AT(7 * 3600 + 300));
	talloc_free(world);
}

static void clocks_that_cannot_be_compared_are_not_shifted(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct source_info *log = world_log(world, "l.json");
	struct diagnosis *diagnosis;

	(void)state;
	source->zone_unknown = true;
	world_entry(world, source, world_test(world, source, "x::y", OUTCOME_FAILED), AT(0),
		"failed", 0);
	world_entry(world, log, NULL, AT(40 * 3600), "later", 0);
	diagnosis = world_conclude(world);
	assert_false(diagnosis->offset_found);
	assert_int_equal(diagnosis->offset, 0);
	talloc_free(world);
}

static void what_was_passed_over_is_told(void **state)
{
	struct world *world = world_new();
	struct source_info *log = world_log(world, "l.json");

	(void)state;
	/* letters: numbers would be masked, and one pattern would be left */
	for (int i = 0; i < 5000; i++) {
		char *text = mem_printf(world, "Error: %c%c%c is lost", 'a' + i % 26,
			'a' + i / 26 % 26, 'a' + i / 676);

		world_entry(world, log, NULL, AT(i), text, 0);
	}
	world_conclude(world);
	assert_int_equal(world->run.limit_count, 1);
	assert_string_equal(world->run.limits[0],
		"904 error lines were passed over: there are too many different ones");
	talloc_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_passed_over_is_told),
		cmocka_unit_test(a_test_without_findings_shows_its_errors),
		cmocka_unit_test(errors_without_a_rule_are_counted_by_pattern),
		cmocka_unit_test(a_test_told_by_two_sources_is_one),
		cmocka_unit_test(the_zone_of_a_transcript_is_found_by_its_requests),
		cmocka_unit_test(clocks_that_cannot_be_compared_are_not_shifted),
	};

	return cmocka_run_group_tests_name("undiagnosed", tests, NULL, NULL);
}
