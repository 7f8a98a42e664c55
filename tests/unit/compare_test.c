/* What changed from one run to another. */
#include <string.h>

#include "reason/reason.h"
#include "unit/test.h"

/* A run whose tests are told as "name=outcome" words: "a=passed b=failed". */
static struct diagnosis *run_of(TALLOC_CTX *mem, const char *tests)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);
	struct run *run = mem_new(diagnosis, struct run);
	char *rest = mem_strdup(diagnosis, tests), *word;

	diagnosis->run = run;
	run->complete = true;
	while ((word = strsep(&rest, " ")) != NULL && word[0] != '\0') {
		struct test *test = mem_new(run, struct test);
		char *outcome = word;

		test->name = strsep(&outcome, "=");
		while (strcmp(outcome_name(test->outcome), outcome) != 0)
			test->outcome++;
		run->tests = mem_grow(run, run->tests, run->test_count, sizeof(*run->tests));
		run->tests[run->test_count++] = test;
	}
	return diagnosis;
}

/* An incident with the chain CAUSES, the last of which is its root, that broke TEST. */
static struct incident *break_test(
	struct diagnosis *diagnosis, const char *test, const char *causes)
{
	struct incident *incident = mem_new(diagnosis, struct incident);
	char *rest = mem_strdup(incident, causes), *id;

	snprintf(incident->fingerprint, sizeof(incident->fingerprint), "f1:%s", causes);
	while ((id = strsep(&rest, " ")) != NULL) {
		struct why *why = mem_new(incident, struct why);
		struct cause *cause = mem_new(why, struct cause);

		cause->id = id;
		why->cause = incident->root = cause;
		incident->whys = mem_grow(
			incident, incident->whys, incident->why_count, sizeof(*incident->whys));
		incident->whys[incident->why_count++] = why;
	}
	for (size_t i = 0; i < diagnosis->run->test_count; i++)
		if (strcmp(diagnosis->run->tests[i]->name, test) == 0) {
			incident->tests = mem_array(incident, struct test *, 1);
			incident->tests[incident->test_count++] = diagnosis->run->tests[i];
		}
	diagnosis->incidents = mem_grow(diagnosis, diagnosis->incidents, diagnosis->incident_count,
		sizeof(*diagnosis->incidents));
	diagnosis->incidents[diagnosis->incident_count++] = incident;
	return incident;
}

/* The changes of causes as words: "appeared x.y, vanished x.z". */
static const char *causes_of(TALLOC_CTX *mem, const struct comparison *comparison)
{
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < comparison->cause_count; i++) {
		const struct cause_change *change = &comparison->causes[i];
		const struct incident *incident =
			change->after != NULL ? change->after : change->before;

		text = mem_printf(mem, "%s%s%s %s", text, i > 0 ? ", " : "",
			compare_change_name(change->change), incident->root->id);
	}
	return text;
}

static void tests_are_fixed_broken_failing_or_not_reached(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before =
		run_of(mem, "a=failed b=passed c=failed d=failed e=error f=passed");
	struct diagnosis *after = run_of(mem, "a=passed b=failed c=error d=skipped f=passed");
	struct comparison comparison;

	(void)state;
	compare_runs(mem, before, after, &comparison);
	assert_int_equal(comparison.fixed, 1);
	assert_int_equal(comparison.broken, 1);
	assert_int_equal(comparison.still_failing, 1);
	assert_int_equal(comparison.not_reached, 2);
	assert_int_equal(comparison.passed_both, 1);
	assert_int_equal(comparison.test_count, 5);
	assert_string_equal(comparison.tests[4].name, "e");
	assert_int_equal(comparison.tests[4].after, OUTCOME_NONE);
	talloc_free(mem);
}

static void a_cause_whose_tests_pass_has_vanished_and_a_new_one_appeared(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = run_of(mem, "a=failed b=passed");
	struct diagnosis *after = run_of(mem, "a=passed b=failed");
	struct comparison comparison;

	(void)state;
	break_test(before, "a", "x.symptom x.root");
	break_test(after, "b", "y.symptom y.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "appeared y.root, vanished x.root");
	talloc_free(mem);
}

static void a_chain_that_goes_on_below_its_old_end_moved_deeper(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = run_of(mem, "a=failed"), *after = run_of(mem, "a=failed");
	struct comparison comparison;

	(void)state;
	break_test(before, "a", "x.symptom x.middle");
	break_test(after, "a", "x.symptom x.middle x.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "moved deeper x.root");
	assert_ptr_equal(comparison.causes[0].before, before->incidents[0]);
	compare_runs(mem, after, before, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "moved up x.middle");
	talloc_free(mem);
}

static void a_cause_whose_test_fails_for_another_one_did_not_vanish(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = run_of(mem, "a=failed"), *after = run_of(mem, "a=failed");
	struct comparison comparison;

	(void)state;
	break_test(before, "a", "x.symptom x.root");
	break_test(after, "a", "y.symptom y.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "appeared y.root, another cause x.root");
	assert_ptr_equal(comparison.causes[1].other, after->incidents[0]);
	talloc_free(mem);
}

static void a_cause_whose_test_did_not_run_is_not_reached(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = run_of(mem, "a=failed"), *after = run_of(mem, "a=skipped");
	struct comparison comparison;

	(void)state;
	break_test(before, "a", "x.symptom x.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "not reached x.root");
	talloc_free(mem);
}

static void logs_alone_tell_that_a_cause_vanished_where_its_service_was_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = run_of(mem, ""), *after = run_of(mem, "");
	struct why *root = break_test(before, "", "x.symptom x.root")->whys[1];
	struct entry entry = { .service = "shop", .text = "" };
	struct evidence evidence = { .number = 1, .entry = &entry }, *pieces = &evidence;
	struct service service = { .name = "shop" };
	struct comparison comparison;

	(void)state;
	root->evidence = &pieces;
	root->evidence_count = 1;
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "not reached x.root");
	after->run->services = &service;
	after->run->service_count = 1;
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "vanished x.root");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tests_are_fixed_broken_failing_or_not_reached),
		cmocka_unit_test(a_cause_whose_tests_pass_has_vanished_and_a_new_one_appeared),
		cmocka_unit_test(a_chain_that_goes_on_below_its_old_end_moved_deeper),
		cmocka_unit_test(a_cause_whose_test_fails_for_another_one_did_not_vanish),
		cmocka_unit_test(a_cause_whose_test_did_not_run_is_not_reached),
		cmocka_unit_test(logs_alone_tell_that_a_cause_vanished_where_its_service_was_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
