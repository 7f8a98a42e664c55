/* Actions that later runs prove done, or not. */
#include "unit/store_fixture.h"
#include "unit/test.h"

#define TEST_NAME "tests/test_shop.py::test_buy"

/* What a run was: its test passed or not, and which finding it has; NULL: none. */
struct told {
	enum outcome outcome;
	const char *cause;
};

/* A run of its own bytes, with the incident whose fix is done when TEXT says so, or without. */
static void keep(struct fixture *fixture, const char *name, struct told told, const char *text)
{
	struct source_info *source = fixture_read(fixture, fixture->store, name, name, 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, name);
	struct findings *findings = fixture_findings(fixture, diagnosis);
	struct incident *incident = diagnosis->incidents[0];
	struct cause cause = { .id = told.cause, .title = "A title" };
	struct err err = { 0 };

	incident->actions = mem_array(incident, struct action, 1);
	incident->actions[0] = (struct action){
		.kind = "fix", .text = "mend it", .done_when = text, .state = "open"
	};
	incident->action_count = 1;
	diagnosis->run->tests[0]->outcome = told.outcome;
	if (text == NULL)
		diagnosis->incident_count = 0;
	if (text == NULL && told.cause == NULL)
		findings->count = 0;
	else if (text == NULL)
		findings->items[0]->cause = &cause;
	if (store_diagnosis_save(fixture->store, source->sha256, findings, diagnosis, &err) < 0)
		fail_msg("%s", err.text);
}

/* The action of run 1 as of now. */
static struct action action_now(struct fixture *fixture)
{
	struct diagnosis *diagnosis;
	struct err err = { 0 };

	if (store_run_diagnosis(fixture, fixture->store, 1, &diagnosis, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->incidents[0]->action_count, 1);
	return diagnosis->incidents[0]->actions[0];
}

static void assert_action(
	struct fixture *fixture, const char *state, unsigned proven, int64_t done_run)
{
	struct action action = action_now(fixture);

	assert_string_equal(action.state, state);
	assert_int_equal(action.proven, proven);
	assert_int_equal(action.done_run, done_run);
}

static const struct told failed = { OUTCOME_FAILED, NULL }, passed = { OUTCOME_PASSED, NULL },
			 skipped = { OUTCOME_SKIPPED, NULL };

static void a_cause_is_absent_when_runs_in_a_row_pass_without_it(void **state)
{
	struct fixture *fixture = *state;

	keep(fixture, "a", failed, "shop.unavailable is absent in 2 consecutive runs");
	assert_action(fixture, "open", 0, 0);
	keep(fixture, "b", passed, NULL);
	assert_action(fixture, "open", 1, 0);
	keep(fixture, "c", passed, NULL);
	assert_action(fixture, "done", 2, 3);
	keep(fixture, "d", failed, "shop.unavailable is absent in 2 consecutive runs");
	assert_action(fixture, "done", 2, 3);
}

static void a_run_that_has_the_cause_begins_the_count_anew(void **state)
{
	struct fixture *fixture = *state;

	keep(fixture, "a", failed, "shop.unavailable is absent in 2 consecutive runs");
	keep(fixture, "b", passed, NULL);
	keep(fixture, "c", (struct told){ OUTCOME_PASSED, "shop.unavailable" }, NULL);
	assert_action(fixture, "open", 0, 0);
	keep(fixture, "d", passed, NULL);
	keep(fixture, "e", passed, NULL);
	assert_action(fixture, "done", 2, 5);
}

static void a_run_that_did_not_get_there_counts_for_nothing(void **state)
{
	struct fixture *fixture = *state;

	keep(fixture, "a", failed, "shop.unavailable is absent in 2 consecutive runs");
	keep(fixture, "b", passed, NULL);
	keep(fixture, "c", skipped, NULL);
	assert_action(fixture, "open", 1, 0);
	keep(fixture, "d", passed, NULL);
	assert_action(fixture, "done", 2, 4);
}

static void a_test_that_passes_proves_it(void **state)
{
	struct fixture *fixture = *state;

	keep(fixture, "a", failed, TEST_NAME " passes in 2 consecutive runs");
	keep(fixture, "b", passed, NULL);
	keep(fixture, "c", failed, NULL);
	keep(fixture, "d", passed, NULL);
	assert_action(fixture, "open", 1, 0);
	keep(fixture, "e", passed, NULL);
	assert_action(fixture, "done", 2, 5);
}

static void a_cause_or_a_text_that_is_seen_proves_it(void **state)
{
	struct fixture *fixture = *state;
	struct action action;

	keep(fixture, "a", failed, "shop.recovered is seen");
	keep(fixture, "b", passed, NULL);
	assert_action(fixture, "open", 0, 0);
	keep(fixture, "c", (struct told){ OUTCOME_PASSED, "shop.recovered" }, NULL);
	assert_action(fixture, "done", 1, 3);
	keep(fixture, "a", failed, "\"line 2\" is seen");
	action = action_now(fixture);
	assert_string_equal(action.state, "done");
	assert_int_equal(action.done_run, 2);
	keep(fixture, "a", failed, "\"line 4\" is seen");
	assert_action(fixture, "open", 0, 0);
}

static void other_texts_are_left_to_people(void **state)
{
	struct fixture *fixture = *state;

	keep(fixture, "a", failed, "the shop has a spare");
	keep(fixture, "b", passed, NULL);
	assert_action(fixture, "open", 0, 0);
	assert_int_equal(action_now(fixture).wanted, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cause_is_absent_when_runs_in_a_row_pass_without_it),
		TEST(a_run_that_has_the_cause_begins_the_count_anew),
		TEST(a_run_that_did_not_get_there_counts_for_nothing),
		TEST(a_test_that_passes_proves_it),
		TEST(a_cause_or_a_text_that_is_seen_proves_it),
		TEST(other_texts_are_left_to_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
