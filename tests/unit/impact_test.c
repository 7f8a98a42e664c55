/* What works again: shares by tests and weights. */
#include <string.h>

#include "unit/test.h"
#include "unit/turn_world.h"

static const char *first[] = { "a*", NULL }, *second[] = { "b*", NULL },
		  *layers[] = { "data", NULL };

static void assert_percent(
	struct impact_percent percent, unsigned restored, unsigned blocked, unsigned unknown)
{
	assert_int_equal(percent.restored, restored);
	assert_int_equal(percent.blocked, blocked);
	assert_int_equal(percent.unknown, unknown);
}

static struct impact judged(TALLOC_CTX *mem, const struct capability *capabilities, size_t count,
	struct diagnosis *then, struct diagnosis *now)
{
	struct diagnosis *const turns[] = { then, now };
	struct impact impact;

	impact_judge(mem, capabilities, count, turns, 2, &impact);
	return impact;
}

static void the_whole_is_the_mean_of_capabilities_by_weight(void **state)
{
	static const struct capability capabilities[] = { { "a", 2, first, NULL },
		{ "b", 3, second, NULL } };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct impact impact = judged(mem, capabilities, 2, turn_world_run(mem, "a1=failed"),
		turn_world_run(mem, "a1=passed a2=passed b1=failed"));

	(void)state;
	assert_percent(impact.shares[0].percent, 100, 0, 0);
	assert_percent(impact.shares[1].percent, 0, 100, 0);
	assert_percent(impact.percent, 40, 60, 0);
	assert_int_equal(impact.outside, 0);
	talloc_free(mem);
}

static void what_is_not_reached_is_unknown_and_never_restored(void **state)
{
	static const struct capability capability = { "a", 1, first, NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct impact impact = judged(mem, &capability, 1,
		turn_world_run(mem, "a1=failed a2=passed a3=passed a4=failed b1=passed"),
		turn_world_run(mem, "a1=passed a3=skipped b1=passed"));

	(void)state;
	assert_int_equal(impact.shares[0].tests, 4);
	assert_percent(impact.percent, 25, 0, 75);
	assert_int_equal(impact.outside, 1);
	talloc_free(mem);
}

static void shares_add_up_to_a_hundred(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct impact impact = judged(mem, NULL, 0, turn_world_run(mem, "a=passed"),
		turn_world_run(mem, "a=passed b=failed c=skipped"));

	(void)state;
	assert_int_equal(impact.count, 1);
	assert_percent(impact.percent, 33, 33, 34);
	impact = judged(mem, NULL, 0, turn_world_run(mem, ""), turn_world_run(mem, ""));
	assert_percent(impact.percent, 0, 0, 100);
	talloc_free(mem);
}

static void a_layer_has_the_tests_that_its_causes_broke_in_any_turn(void **state)
{
	static const struct capability capability = { "data", 1, NULL, layers };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct diagnosis *then = turn_world_run(mem, "a=failed b=failed");
	struct impact impact;

	(void)state;
	((struct cause *)turn_world_break(then, "a", "x.symptom x.root")->root)->layer = "data";
	impact = judged(mem, &capability, 1, then, turn_world_run(mem, "a=passed b=failed"));
	assert_int_equal(impact.shares[0].tests, 1);
	assert_percent(impact.percent, 100, 0, 0);
	assert_int_equal(impact.outside, 1);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_is_the_mean_of_capabilities_by_weight),
		cmocka_unit_test(what_is_not_reached_is_unknown_and_never_restored),
		cmocka_unit_test(shares_add_up_to_a_hundred),
		cmocka_unit_test(a_layer_has_the_tests_that_its_causes_broke_in_any_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
