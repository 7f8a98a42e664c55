/* Reading what was kept: runs, their parts, and what the history says of the rules. */
#include <string.h>
#include <unistd.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

static const struct store_filter everything = { .since = TIME_NONE };

/* An error in the output of TEST (NULL: in a log). */
static void add_error(struct diagnosis *diagnosis, const char *pattern, const struct test *test)
{
	struct entry *first =
		fixture_entry(diagnosis, diagnosis->run->sources[0], 3, NULL, "line 3");

	diagnosis->errors = mem_grow(
		diagnosis, diagnosis->errors, diagnosis->error_count, sizeof(*diagnosis->errors));
	diagnosis->errors[diagnosis->error_count++] =
		(struct error_pattern){ pattern, test, first, 2 };
}

static struct diagnosis *begin(struct fixture *fixture, const char *label)
{
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", 3);

	return fixture_diagnosis(fixture, source, label);
}

static void save(
	struct fixture *fixture, struct diagnosis *diagnosis, const struct findings *findings)
{
	struct err err = { 0 };

	if (store_diagnosis_save(fixture->store, diagnosis->run->sources[0]->sha256, findings,
		    diagnosis, &err) < 0)
		fail_msg("%s", err.text);
}

/* A run with a chain, two errors, costs, and an undiagnosed failure of another test. */
static struct diagnosis *save_failing(struct fixture *fixture, const char *label)
{
	struct diagnosis *diagnosis = begin(fixture, label);
	struct undiagnosed *open = mem_new(diagnosis, struct undiagnosed);
	struct run *run = diagnosis->run;

	run->tests = mem_grow(run, run->tests, 1, sizeof(*run->tests));
	run->tests[1] = mem_new(run, struct test);
	*run->tests[1] = (struct test){ .name = "tests/test_shop.py::test_pay",
		.outcome = OUTCOME_FAILED,
		.start = TIME_NONE,
		.duration = -1,
		.message = "no answer",
		.file = "tests/test_shop.py",
		.file_line = 58 };
	run->test_count = 2;
	diagnosis->incidents[0]->tests = run->tests;
	run->counts.failed = 2;
	open->test = run->tests[1];
	open->first_error = open->newest_error = "no answer";
	open->evidence = diagnosis->evidence;
	open->evidence_count = 1;
	open->nearest = diagnosis->incidents[0]->whys[1]->cause;
	open->missed_because = "it came too late";
	diagnosis->undiagnosed = mem_array(diagnosis, struct undiagnosed *, 1);
	diagnosis->undiagnosed[diagnosis->undiagnosed_count++] = open;
	add_error(diagnosis, "pay: no <n>", run->tests[1]);
	add_error(diagnosis, "log: no <n>", NULL);
	diagnosis->costs = mem_array(diagnosis, struct cost, 1);
	diagnosis->costs[diagnosis->cost_count++] =
		(struct cost){ diagnosis->incidents[0]->whys[0]->cause, 7, 700, 1 };
	save(fixture, diagnosis, fixture_findings(diagnosis, diagnosis));
	return diagnosis;
}

/* A run in which its only test passed, with one error in a log and a finding. */
static struct diagnosis *save_passing(struct fixture *fixture, const char *label)
{
	struct diagnosis *diagnosis = begin(fixture, label);
	struct findings *findings = fixture_findings(diagnosis, diagnosis);

	diagnosis->run->tests[0]->outcome = OUTCOME_PASSED;
	diagnosis->run->counts = (struct counts){ .passed = 1 };
	diagnosis->incident_count = 0;
	add_error(diagnosis, "log: no <n>", NULL);
	save(fixture, diagnosis, findings);
	return diagnosis;
}

static struct run *load(struct fixture *fixture, const char *name)
{
	struct err err = { 0 };
	struct run *run;

	if (store_run_find(fixture, fixture->store, name, &run, &err) < 0 ||
		store_run_load(fixture->store, run, &err) < 0)
		fail_msg("%s", err.text);
	return run;
}

static void a_run_is_found_by_id_by_label_and_as_the_last(void **state)
{
	struct fixture *fixture = *state;
	struct run **runs, *run = NULL;
	struct err err = { 0 };
	size_t count;

	assert_int_equal(store_run_find(fixture, fixture->store, "last", &run, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	save_failing(fixture, "nightly");
	save_passing(fixture, "green");
	assert_int_equal(load(fixture, "1")->id, 1);
	assert_true(load(fixture, "1")->kept);
	assert_string_equal(load(fixture, "nightly")->label, "nightly");
	assert_int_equal(load(fixture, "last")->id, 2);
	assert_int_equal(store_run_find(fixture, fixture->store, "3", &run, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "\"3\""));
	assert_int_equal(store_runs(fixture, fixture->store, &everything, &runs, &count, &err), 0);
	assert_int_equal(count, 2);
	assert_int_equal(runs[0]->counts.failed, 2);
	assert_int_equal(runs[1]->counts.passed, 1);
	assert_int_equal(store_runs(fixture, fixture->store,
				 &(struct store_filter){ TIME_NONE, "green" }, &runs, &count, &err),
		0);
	assert_int_equal(count, 1);
	assert_int_equal(
		store_runs(fixture, fixture->store, &(struct store_filter){ 4 * WHEN_SECOND, NULL },
			&runs, &count, &err),
		0);
	assert_int_equal(count, 0);
}

static int count_entry(void *context, const struct entry *entry, struct err *err)
{
	size_t *count = context;

	(void)err;
	assert_int_equal(entry->line, ++*count);
	assert_string_equal(entry->source->name, "a.log");
	assert_string_equal(entry->service, "shop");
	return 0;
}

static void a_run_gives_its_sources_tests_and_entries(void **state)
{
	struct fixture *fixture = *state;
	struct err err = { 0 };
	size_t count = 0;
	struct run *run;

	save_failing(fixture, "nightly");
	run = load(fixture, "last");
	assert_int_equal(run->source_count, 1);
	assert_int_equal(run->sources[0]->entries, 3);
	assert_int_equal(run->test_count, 2);
	assert_int_equal(run->tests[1]->outcome, OUTCOME_FAILED);
	assert_string_equal(run->tests[1]->message, "no answer");
	assert_string_equal(run->tests[1]->file, "tests/test_shop.py");
	assert_int_equal(run->tests[1]->file_line, 58);
	assert_null(run->tests[0]->file);
	assert_int_equal(run->tests[0]->file_line, 0);
	assert_ptr_equal(run->tests[0]->source, run->sources[0]);
	assert_int_equal(store_run_entries(fixture->store, run, count_entry, &count, &err), 0);
	assert_int_equal(count, 3);
}

static void findings_come_with_keys_and_the_entries_that_hit(void **state)
{
	struct fixture *fixture = *state;
	struct findings findings;
	struct err err = { 0 };

	save_failing(fixture, "nightly");
	assert_int_equal(
		store_run_findings(fixture, fixture->store, load(fixture, "last"), &findings, &err),
		0);
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.items[0]->cause->id, "shop.unavailable");
	assert_string_equal(findings.items[0]->keys[0].value, "shop");
	assert_int_equal(findings.items[0]->occurrence_count, 1);
	assert_int_equal(findings.items[0]->occurrences[0].first, WHEN_SECOND);
	assert_string_equal(findings.items[0]->occurrences[0].entries[0]->text, "line 1");
}

static void what_stayed_open_comes_with_its_evidence(void **state)
{
	struct fixture *fixture = *state;
	struct undiagnosed **items;
	struct error_pattern *errors;
	struct err err = { 0 };
	struct run *run;
	size_t count;

	save_failing(fixture, "nightly");
	run = load(fixture, "last");
	assert_int_equal(
		store_run_undiagnosed(fixture, fixture->store, run, &items, &count, &err), 0);
	assert_int_equal(count, 1);
	assert_ptr_equal(items[0]->test, run->tests[1]);
	assert_string_equal(items[0]->nearest->id, "database.down");
	assert_int_equal(items[0]->nearest->kind, KIND_CAUSE);
	assert_string_equal(items[0]->missed_because, "it came too late");
	assert_int_equal(items[0]->evidence_count, 1);
	assert_string_equal(items[0]->evidence[0]->entry->text, "line 1");
	assert_int_equal(store_run_errors(fixture, fixture->store, run, &errors, &count, &err), 0);
	assert_int_equal(count, 2);
	assert_string_equal(errors[0].text, "pay: no <n>");
	assert_ptr_equal(errors[0].test, run->tests[1]);
	assert_null(errors[1].test);
	assert_int_equal(errors[1].count, 2);
	assert_string_equal(errors[1].first->text, "line 3");
}

static void an_error_of_a_passing_run_is_no_sign_of_failure(void **state)
{
	struct fixture *fixture = *state;
	struct run *run, *passing = NULL;
	struct err err = { 0 };

	save_passing(fixture, "before");
	save_failing(fixture, "nightly");
	save_passing(fixture, "after");
	run = load(fixture, "nightly");
	assert_int_equal(
		store_error_passes(fixture->store, run, run->tests[1], "log: no <n>", &err), 1);
	assert_int_equal(
		store_error_passes(fixture->store, run, run->tests[1], "pay: no <n>", &err), 0);
	/* both are as near, and the other test never passed */
	assert_int_equal(
		store_run_passing(fixture, fixture->store, run, run->tests[1], &passing, &err), 1);
	assert_string_equal(passing->label, "before");
}

static void numbers_of_the_rules_are_those_counted_by_hand(void **state)
{
	struct fixture *fixture = *state;
	struct store_tally *tallies;
	struct store_totals totals;
	struct err err = { 0 };
	size_t count;

	save_failing(fixture, "first");
	save_failing(fixture, "second");
	save_passing(fixture, "green");
	assert_int_equal(
		store_tallies(fixture, fixture->store, &everything, &tallies, &count, &err), 0);
	assert_int_equal(count, 1);
	assert_string_equal(tallies[0].cause, "shop.unavailable");
	assert_int_equal(tallies[0].findings, 3);
	assert_int_equal(tallies[0].runs, 3);
	assert_int_equal(tallies[0].passing, 1);
	assert_int_equal(tallies[0].chains, 2);
	assert_int_equal(tallies[0].beaten, 0);
	assert_int_equal(tallies[0].tries, 14);
	assert_int_equal(tallies[0].bytes, 1400);
	assert_int_equal(tallies[0].limited, 2);
	assert_int_equal(tallies[0].last_run, 3);
	assert_int_equal(tallies[0].last, WHEN_SECOND);
	assert_int_equal(store_totals(fixture->store, &everything, &totals, &err), 0);
	assert_int_equal(totals.runs, 3);
	assert_int_equal(totals.passing, 1);
	assert_int_equal(totals.failures, 4);
	assert_int_equal(totals.explained, 2);
	assert_int_equal(totals.symptoms, 0);
	assert_int_equal(totals.undiagnosed, 2);
	assert_int_equal(totals.explained_runs, 0);
}

static void a_rule_that_only_contributes_names_what_wins(void **state)
{
	struct fixture *fixture = *state;
	struct diagnosis *diagnosis = begin(fixture, "nightly");
	struct incident *incident = diagnosis->incidents[0];
	struct findings *findings = fixture_findings(diagnosis, diagnosis);
	struct finding *beaten = mem_new(findings, struct finding);
	struct cause *cause = mem_new(findings, struct cause);
	struct store_tally *tallies;
	struct err err = { 0 };
	size_t count;

	*beaten = *findings->items[0];
	*cause = *beaten->cause;
	cause->id = "shop.beaten";
	beaten->cause = cause;
	findings->items = mem_grow(findings, findings->items, 1, sizeof(*findings->items));
	findings->items[findings->count++] = beaten;
	incident->contributing = mem_array(diagnosis, const struct finding *, 1);
	incident->contributing[incident->contributing_count++] = beaten;
	save(fixture, diagnosis, findings);
	assert_int_equal(
		store_tallies(fixture, fixture->store, &everything, &tallies, &count, &err), 0);
	assert_int_equal(count, 2);
	assert_string_equal(tallies[0].cause, "shop.beaten");
	assert_int_equal(tallies[0].chains, 0);
	assert_int_equal(tallies[0].beaten, 1);
	assert_string_equal(tallies[0].winner, "database.disk-full");
	assert_int_equal(tallies[1].beaten, 0);
	assert_null(tallies[1].winner);
}

static void a_store_opened_to_read_makes_and_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	char *path = mem_printf(fixture, "%s/none.db", fixture->folder);
	struct diagnosis *diagnosis = save_failing(fixture, "nightly");
	struct store *store = NULL;
	struct err err = { 0 };

	assert_int_equal(store_open_reading(NULL, path, &store, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "no history"));
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(store_open_reading(NULL, fixture->path, &store, &err), 0);
	assert_int_equal(
		store_diagnosis_save(store, diagnosis->run->sha256, NULL, diagnosis, &err), -1);
	talloc_free(store);
}

static void version_one_is_brought_up_to_date_with_what_it_has(void **state)
{
	struct fixture *fixture = *state;

	save_failing(fixture, "nightly");
	fixture_go_back(fixture, 1);
	fixture_reopen(fixture);
	assert_int_equal(load(fixture, "last")->test_count, 2);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM failures"), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_run_is_found_by_id_by_label_and_as_the_last),
		TEST(a_run_gives_its_sources_tests_and_entries),
		TEST(findings_come_with_keys_and_the_entries_that_hit),
		TEST(what_stayed_open_comes_with_its_evidence),
		TEST(an_error_of_a_passing_run_is_no_sign_of_failure),
		TEST(numbers_of_the_rules_are_those_counted_by_hand),
		TEST(a_rule_that_only_contributes_names_what_wins),
		TEST(a_store_opened_to_read_makes_and_changes_nothing),
		TEST(version_one_is_brought_up_to_date_with_what_it_has),
	};

	return cmocka_run_group_tests_name("store read", tests, NULL, NULL);
}
