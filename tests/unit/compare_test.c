/* What changed from one run to another. */
#include <string.h>

#include "reason/reason.h"
#include "unit/test.h"
#include "unit/turn_world.h"

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
		turn_world_run(mem, "a=failed b=passed c=failed d=failed e=error f=passed");
	struct diagnosis *after =
		turn_world_run(mem, "a=passed b=failed c=error d=skipped f=passed");
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
	struct diagnosis *before = turn_world_run(mem, "a=failed b=passed");
	struct diagnosis *after = turn_world_run(mem, "a=passed b=failed");
	struct comparison comparison;

	(void)state;
	turn_world_break(before, "a", "x.symptom x.root");
	turn_world_break(after, "b", "y.symptom y.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "appeared y.root, vanished x.root");
	talloc_free(mem);
}

static void a_chain_that_goes_on_below_its_old_end_moved_deeper(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = turn_world_run(mem, "a=failed"),
			 *after = turn_world_run(mem, "a=failed");
	struct comparison comparison;

	(void)state;
	turn_world_break(before, "a", "x.symptom x.middle");
	turn_world_break(after, "a", "x.symptom x.middle x.root");
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
	struct diagnosis *before = turn_world_run(mem, "a=failed"),
			 *after = turn_world_run(mem, "a=failed");
	struct comparison comparison;

	(void)state;
	turn_world_break(before, "a", "x.symptom x.root");
	turn_world_break(after, "a", "y.symptom y.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "appeared y.root, another cause x.root");
	assert_ptr_equal(comparison.causes[1].other, after->incidents[0]);
	talloc_free(mem);
}

static void a_cause_whose_test_did_not_run_is_not_reached(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = turn_world_run(mem, "a=failed"),
			 *after = turn_world_run(mem, "a=skipped");
	struct comparison comparison;

	(void)state;
	turn_world_break(before, "a", "x.symptom x.root");
	compare_runs(mem, before, after, &comparison);
	assert_string_equal(causes_of(mem, &comparison), "not reached x.root");
	talloc_free(mem);
}

static void logs_alone_tell_that_a_cause_vanished_where_its_service_was_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = turn_world_run(mem, ""), *after = turn_world_run(mem, "");
	struct why *root = turn_world_break(before, "", "x.symptom x.root")->whys[1];
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

static void a_comparison_is_narrowed_to_causes_and_their_tests(void **state)
{
	static const struct {
		struct compare_filter filter;
		const char *causes;
		size_t tests, passed;
	} cases[] = {
		{ { .cause = NULL }, "appeared y.root, vanished x.root", 2, 1 },
		{ { .cause = "x.root" }, "vanished x.root", 1, 0 },
		{ { .cause = "y.root", .test = "a" }, "", 0, 0 },
		{ { .layer = "none" }, "", 0, 0 },
		{ { .test = "a" }, "vanished x.root", 1, 0 },
		{ { .test = "c" }, "", 0, 1 },
		{ { .test = "other" }, "", 0, 0 },
	};
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *before = turn_world_run(mem, "a=failed b=passed c=passed");
	struct diagnosis *after = turn_world_run(mem, "a=passed b=failed c=passed");

	(void)state;
	turn_world_break(before, "a", "x.symptom x.root");
	turn_world_break(after, "b", "y.symptom y.root");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct comparison comparison;

		compare_runs(mem, before, after, &comparison);
		compare_only(&comparison, before, after, &cases[i].filter);
		assert_string_equal(causes_of(mem, &comparison), cases[i].causes);
		assert_int_equal(comparison.test_count, cases[i].tests);
		assert_int_equal(comparison.fixed + comparison.broken, cases[i].tests);
		assert_int_equal(comparison.passed_both, cases[i].passed);
	}
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
		cmocka_unit_test(a_comparison_is_narrowed_to_causes_and_their_tests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
