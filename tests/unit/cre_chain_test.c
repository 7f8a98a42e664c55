/* Rules of CRE in chains: from the text of rules over matching to what is concluded. */
#include <string.h>

#include "reason/reason.h"
#include "unit/match_world.h"

static const char rules[] =
	"causes:\n"
	"  - id: a.symptom\n    kind: symptom\n    when: {match: the pump answers 502}\n"
	"links:\n"
	"  - {effect: a.symptom, cause: CRE-2030-0001, within: 1m}\n"
	"  - {effect: a.symptom, cause: CRE-2030-0002, within: 1m}\n"
	"---\n"
	"rules:\n"
	"  - cre: {id: CRE-2030-0001, title: One, cause: The valve is stuck., impact: No flow,\n"
	"          mitigation: Oil it, references: [https://example.com/valve]}\n"
	"    metadata: {id: aaaaaaaaaaaa1}\n"
	"    rule: {set: {event: {source: cre.log.valve}, match: [{value: valve 3 stuck}]}}\n";

static struct diagnosis *conclude(struct world *world)
{
	struct reason_options options = { .seen = NULL };
	struct reasoner *reasoner = reasoner_new(world->mem, world->rules, &options);
	struct run *run = mem_new(world->mem, struct run); /* what it is told of goes into it */
	struct diagnosis *diagnosis;
	struct err err = { 0 };

	world_fired(world);
	*run = world->run;
	assert_int_equal(reasoner_conclude(world->mem, reasoner, run, &world->findings, NULL, NULL,
				 &diagnosis, &err),
		0);
	return diagnosis;
}

static void a_chain_goes_over_a_link_into_a_rule_of_cre_with_evidence_on_both_sides(void **state)
{
	struct world world;
	struct diagnosis *diagnosis;
	const struct incident *incident;

	(void)state;
	world_rules(&world, rules);
	world_line(&world, 10, "ERROR valve 3 stuck");
	world_line(&world, 20, "ERROR the pump answers 502");
	diagnosis = conclude(&world);
	assert_int_equal(diagnosis->incident_count, 1);
	incident = diagnosis->incidents[0];
	assert_int_equal(incident->why_count, 2);
	assert_string_equal(incident->whys[0]->cause->id, "a.symptom");
	assert_string_equal(incident->whys[1]->cause->id, "CRE-2030-0001");
	for (size_t i = 0; i < incident->why_count; i++) {
		assert_int_equal(incident->whys[i]->basis, BASIS_OBSERVED);
		assert_int_equal(incident->whys[i]->evidence_count, 1);
	}
	assert_ptr_equal(incident->root, incident->whys[1]->cause);
	assert_string_equal(incident->root->impact, "No flow");
	world_end(&world);
}

static void a_rule_of_cre_that_fired_long_before_explains_nothing(void **state)
{
	struct world world;
	struct diagnosis *diagnosis;

	(void)state;
	world_rules(&world, rules);
	world_line(&world, 10, "ERROR valve 3 stuck");
	world_line(&world, 100, "ERROR the pump answers 502");
	diagnosis = conclude(&world);
	for (size_t i = 0; i < diagnosis->incident_count; i++)
		if (strcmp(diagnosis->incidents[i]->whys[0]->cause->id, "a.symptom") == 0)
			assert_null(diagnosis->incidents[i]->root);
	world_end(&world);
}

static void a_rule_of_cre_is_told_however_calm_its_lines(void **state)
{
	struct world world;
	struct entry entry = { .text = "valve 3 stuck", .severity = SEVERITY_INFO };
	struct diagnosis *diagnosis;

	(void)state;
	world_rules(&world, rules);
	world_entry(&world, &entry);
	diagnosis = conclude(&world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_string_equal(diagnosis->incidents[0]->root->id, "CRE-2030-0001");
	world_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_chain_goes_over_a_link_into_a_rule_of_cre_with_evidence_on_both_sides),
		cmocka_unit_test(a_rule_of_cre_that_fired_long_before_explains_nothing),
		cmocka_unit_test(a_rule_of_cre_is_told_however_calm_its_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
