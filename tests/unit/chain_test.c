/* Chains: which links hold, where a chain ends, what it is called. */
#include <string.h>

#include "unit/reason_world.h"
#include "unit/test.h"

static void fire(struct world *world, struct cause *cause, struct source_info *source,
	struct test *test, int64_t time)
{
	world_fire(world_finding(world, cause),
		world_entry(world, source, test, time, "HTTP 503 of something", 1));
}

static void a_failing_test_is_explained_down_to_its_root(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *middle = world_cause(world, "b.middle", KIND_CAUSE);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct diagnosis *diagnosis;
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, middle);
	world_edge(world, middle, root);
	fire(world, symptom, source, test, TIME_NONE);
	fire(world, middle, source, test, TIME_NONE);
	fire(world, root, source, test, TIME_NONE);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->undiagnosed_count, 0);
	assert_true(diagnosis->failed);
	incident = diagnosis->incidents[0];
	assert_int_equal(incident->why_count, 3);
	assert_ptr_equal(incident->root, root);
	assert_string_equal(verdict_name(incident->verdict), "CONFIRMED");
	assert_int_equal(incident->evidence_ends_at, 2);
	assert_ptr_equal(incident->tests[0], test);
	assert_int_equal(incident->whys[1]->evidence_count, 1);
	assert_int_equal(incident->whys[1]->evidence[0]->number, 2);
	assert_memory_equal(incident->fingerprint, "f1:", 3);
	talloc_free(world);
}

/* COUNT failing tests show the symptom, whose edge is implied from three tests on. */
static enum basis basis_with(size_t count)
{
	static const char *const names[] = { "x::a", "x::b", "x::c" };
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.gone", KIND_CAUSE);
	struct cause *root = world_cause(world, "c.changed", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct finding *finding = world_finding(world, symptom);
	struct edge *edge = world_edge(world, symptom, root);
	struct diagnosis *diagnosis;
	enum basis basis;

	root->when = NULL;
	edge->implied = true;
	edge->tests = 3;
	for (size_t i = 0; i < count; i++)
		world_fire(finding, world_entry(world, source,
					    world_test(world, source, names[i], OUTCOME_FAILED),
					    TIME_NONE, "E   no attribute 'total'", 1));
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->incidents[0]->test_count, count);
	basis = diagnosis->incidents[0]->whys[1]->basis;
	talloc_free(world);
	return basis;
}

static void what_only_many_tests_imply_is_a_hypothesis_for_a_few(void **state)
{
	(void)state;
	assert_int_equal(basis_with(3), BASIS_ASSERTED);
	assert_int_equal(basis_with(2), BASIS_HYPOTHESIS);
	assert_int_equal(basis_with(1), BASIS_HYPOTHESIS);
}

static void an_implied_cause_is_asserted_and_only_likely(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct cause *deeper = world_cause(world, "d.deeper", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct incident *incident;

	(void)state;
	root->when = deeper->when = NULL;
	world_edge(world, symptom, root)->implied = true;
	world_edge(world, root, deeper)->implied = true;
	fire(world, symptom, source, test, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->why_count, 3);
	assert_int_equal(incident->whys[2]->basis, BASIS_ASSERTED);
	assert_ptr_equal(incident->root, deeper);
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	assert_int_equal(incident->evidence_ends_at, 0);
	talloc_free(world);
}

static void causes_that_were_not_seen_are_hypotheses(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	const char *const ids[] = { "b.one", "b.two", "b.three", "b.four" };
	struct incident *incident;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		world_edge(world, symptom, world_cause(world, ids[i], KIND_ROOT))->weight =
			0.5 + (double)i / 10;
	fire(world, symptom, source, test, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->why_count, 4);
	assert_string_equal(incident->whys[1]->cause->id, "b.four");
	assert_int_equal(incident->whys[1]->basis, BASIS_HYPOTHESIS);
	assert_null(incident->root);
	assert_string_equal(verdict_name(incident->verdict), "POSSIBLE");
	assert_int_equal(incident->looked_for_count, 4);
	assert_string_equal(incident->looked_for[0], "b.one: not seen in 1 entries");
	talloc_free(world);
}

static void below_a_cause_that_was_seen_only_what_leaves_no_line_is_supposed(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *cause = world_cause(world, "b.cause", KIND_CAUSE);
	struct cause *likely = world_cause(world, "d.habit", KIND_ROOT);
	struct cause *light = world_cause(world, "e.habit", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, cause);
	likely->when = light->when = NULL; /* nothing is ever seen of them */
	world_edge(world, cause, world_cause(world, "c.loud", KIND_CAUSE))->weight = 0.9;
	world_edge(world, cause, likely)->weight = 0.2;
	world_edge(world, cause, light)->weight = 0.1;
	fire(world, symptom, source, test, TIME_NONE);
	fire(world, cause, source, test, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->why_count, 3);
	assert_string_equal(incident->whys[2]->cause->id, "d.habit");
	assert_int_equal(incident->looked_for_count, 1);
	talloc_free(world);
}

static void a_symptom_without_any_edge_is_undiagnosed_but_told(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_ERROR);
	struct diagnosis *diagnosis;

	(void)state;
	fire(world, world_cause(world, "a.symptom", KIND_SYMPTOM), source, test, TIME_NONE);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->undiagnosed_count, 0);
	assert_string_equal(verdict_name(diagnosis->incidents[0]->verdict), "UNDIAGNOSED");
	talloc_free(world);
}

static void what_passing_tests_show_explains_nothing(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *passed = world_test(world, source, "x::passed", OUTCOME_PASSED);
	struct test *failed = world_test(world, source, "x::failed", OUTCOME_FAILED);
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, root);
	fire(world, symptom, source, failed, TIME_NONE);
	fire(world, root, source, passed, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_null(incident->root);
	talloc_free(world);
}

static void a_run_without_failures_has_no_incidents(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct source_info *log = world_log(world, "l.json");
	struct diagnosis *diagnosis;

	(void)state;
	world_test(world, source, "x::passed", OUTCOME_PASSED);
	fire(world, world_cause(world, "c.root", KIND_ROOT), log, NULL, AT(0));
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 0);
	assert_int_equal(diagnosis->undiagnosed_count, 0);
	assert_false(diagnosis->failed);
	talloc_free(world);
}

static void tests_with_one_root_share_an_incident(void **state)
{
	struct world *world = world_new();
	struct cause *one = world_cause(world, "a.one", KIND_SYMPTOM);
	struct cause *two = world_cause(world, "a.two", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct cause *other = world_cause(world, "d.other", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *tests[3];
	struct diagnosis *diagnosis;

	(void)state;
	world_edge(world, one, root)->implied = true;
	world_edge(world, two, root)->implied = true;
	tests[0] = world_test(world, source, "x::a", OUTCOME_FAILED);
	tests[1] = world_test(world, source, "x::b", OUTCOME_ERROR);
	tests[2] = world_test(world, source, "x::c", OUTCOME_FAILED);
	fire(world, one, source, tests[0], TIME_NONE);
	fire(world, two, source, tests[1], TIME_NONE);
	fire(world, other, source, tests[2], TIME_NONE);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 2);
	assert_int_equal(diagnosis->incidents[0]->test_count, 2);
	assert_ptr_equal(diagnosis->incidents[0]->root, root);
	assert_ptr_equal(diagnosis->incidents[1]->root, other);
	talloc_free(world);
}

static void the_chain_of_most_tests_leads_and_others_contribute(void **state)
{
	static const char *const names[] = { "x::a", "x::b", "x::c" };
	struct world *world = world_new();
	struct cause *few = world_cause(world, "a.few", KIND_SYMPTOM);
	struct cause *many = world_cause(world, "b.many", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct incident *incident;

	(void)state;
	world_edge(world, few, root);
	world_edge(world, many, root);
	for (int i = 0; i < 3; i++) {
		struct test *test = world_test(world, source, names[i], OUTCOME_FAILED);

		fire(world, i == 0 ? few : many, source, test, TIME_NONE);
		fire(world, root, source, test, TIME_NONE);
	}
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->test_count, 3);
	assert_ptr_equal(incident->whys[0]->cause, many);
	assert_int_equal(incident->contributing_count, 1);
	assert_ptr_equal(incident->contributing[0]->cause, few);
	talloc_free(world);
}

static void a_run_in_which_all_was_skipped_is_one_failure(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.skipped", KIND_SYMPTOM);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::a", OUTCOME_SKIPPED);
	struct diagnosis *diagnosis;

	(void)state;
	fire(world, symptom, source, test, TIME_NONE);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->incidents[0]->test_count, 1);
	assert_string_equal(diagnosis->incidents[0]->tests[0]->name, "t.txt");
	assert_true(diagnosis->incidents[0]->tests[0]->nameless);
	talloc_free(world);
}

static void a_cycle_of_edges_ends(void **state)
{
	struct world *world = world_new();
	struct cause *one = world_cause(world, "a.one", KIND_CAUSE);
	struct cause *two = world_cause(world, "a.two", KIND_CAUSE);
	struct source_info *log = world_log(world, "l.json");
	struct diagnosis *diagnosis;

	(void)state;
	world_edge(world, one, two);
	world_edge(world, two, one);
	fire(world, one, log, NULL, AT(0));
	fire(world, two, log, NULL, AT(0));
	diagnosis = world_conclude(world);
	assert_true(diagnosis->incident_count <= 1);
	talloc_free(world);
}

static void rivals_that_are_close_make_it_only_likely(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *one = world_cause(world, "b.one", KIND_ROOT);
	struct cause *two = world_cause(world, "b.two", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, one)->weight = 0.9;
	world_edge(world, symptom, two)->weight = 1;
	fire(world, symptom, source, test, TIME_NONE);
	fire(world, one, source, test, TIME_NONE);
	fire(world, two, source, test, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_ptr_equal(incident->root, two);
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	assert_int_equal(incident->alternative_count, 1);
	assert_string_equal(incident->alternatives[0].verdict, "possible");
	assert_ptr_equal(incident->alternatives[0].cause, one);
	talloc_free(world);
}

static void an_absence_is_shown_by_what_came_instead(void **state)
{
	struct world *world = world_new();
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct finding *finding =
		world_finding(world, world_cause(world, "a.absent", KIND_SYMPTOM));
	const char *const lines[] = { "connected to it", "request sent", "event: ping", "----",
		"FAILED: no answer" };
	struct entry *entries[5];
	struct occurrence *occurrence;
	struct why *why;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		entries[i] = world_entry(world, source, test, TIME_NONE, lines[i], 0);
	finding->absence = true;
	occurrence = world_fire(finding, entries[1]);
	occurrence->entries = mem_array(finding, struct entry *, 2);
	occurrence->entries[0] = entries[1];
	occurrence->entries[1] = entries[4];
	occurrence->entry_count = 2;
	why = world_conclude(world)->incidents[0]->whys[0];
	assert_int_equal(why->basis, BASIS_ABSENT);
	assert_int_equal(why->evidence_count, 4);
	assert_string_equal(why->evidence[0]->entry->text, lines[0]);
	assert_string_equal(why->evidence[1]->entry->text, lines[1]);
	assert_string_equal(why->evidence[2]->entry->text, lines[2]);
	assert_string_equal(why->evidence[2]->role, "what came instead");
	assert_string_equal(why->evidence[3]->entry->text, lines[4]);
	talloc_free(world);
}

/* In a loop of failures the first one may stand before the first cause that the log still has. */
static void moments_are_those_of_one_turn_of_a_loop(void **state)
{
	static const int symptoms[] = { -300, 0, 60 }, causes[] = { -12, 48, 110 };
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *cause = world_cause(world, "b.cause", KIND_CAUSE);
	struct source_info *source = world_log(world, "t.log");
	struct finding *effect = world_finding(world, symptom);
	struct finding *reason = world_finding(world, cause);
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, cause);
	for (size_t i = 0; i < 3; i++) {
		world_fire(effect, world_entry(world, source, NULL, AT(symptoms[i]), "late", 1));
		world_fire(reason, world_entry(world, source, NULL, AT(causes[i]), "crash", 1));
	}
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->why_count, 2);
	assert_int_equal(incident->whys[0]->moment, AT(0));
	assert_int_equal(incident->whys[1]->moment, AT(-12));
	talloc_free(world);
}

static void a_short_cut_is_no_rival_of_the_longer_way(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *middle = world_cause(world, "b.middle", KIND_CAUSE);
	struct cause *root = world_cause(world, "c.root", KIND_ROOT);
	struct source_info *source = world_transcript(world, "t.txt");
	struct test *test = world_test(world, source, "x::y", OUTCOME_FAILED);
	struct incident *incident;

	(void)state;
	world_edge(world, symptom, root);
	world_edge(world, symptom, middle)->weight = 0.5;
	world_edge(world, middle, root);
	fire(world, symptom, source, test, TIME_NONE);
	fire(world, middle, source, test, TIME_NONE);
	fire(world, root, source, test, TIME_NONE);
	incident = world_conclude(world)->incidents[0];
	assert_int_equal(incident->why_count, 3);
	assert_int_equal(incident->alternative_count, 0);
	assert_string_equal(verdict_name(incident->verdict), "CONFIRMED");
	talloc_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_test_is_explained_down_to_its_root),
		cmocka_unit_test(an_implied_cause_is_asserted_and_only_likely),
		cmocka_unit_test(what_only_many_tests_imply_is_a_hypothesis_for_a_few),
		cmocka_unit_test(causes_that_were_not_seen_are_hypotheses),
		cmocka_unit_test(below_a_cause_that_was_seen_only_what_leaves_no_line_is_supposed),
		cmocka_unit_test(a_symptom_without_any_edge_is_undiagnosed_but_told),
		cmocka_unit_test(what_passing_tests_show_explains_nothing),
		cmocka_unit_test(a_run_without_failures_has_no_incidents),
		cmocka_unit_test(tests_with_one_root_share_an_incident),
		cmocka_unit_test(the_chain_of_most_tests_leads_and_others_contribute),
		cmocka_unit_test(a_run_in_which_all_was_skipped_is_one_failure),
		cmocka_unit_test(a_cycle_of_edges_ends),
		cmocka_unit_test(rivals_that_are_close_make_it_only_likely),
		cmocka_unit_test(an_absence_is_shown_by_what_came_instead),
		cmocka_unit_test(moments_are_those_of_one_turn_of_a_loop),
		cmocka_unit_test(a_short_cut_is_no_rival_of_the_longer_way),
	};

	return cmocka_run_group_tests_name("chain", tests, NULL, NULL);
}
