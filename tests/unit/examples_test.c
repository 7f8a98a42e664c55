/* Examples of rules, and the cause that comes nearest where none fires. */
#include "unit/match_world.h"

#include <string.h>

#define CAUSE(id, when, more)                                                                      \
	"  - id: " id "\n    title: T\n    kind: cause\n    layer: test\n    severity: low\n"      \
	"    why: W\n    when: " when "\n" more

static struct example_results run(struct world *world, const char *causes)
{
	char *text = mem_printf(NULL, "version: 1\ncauses:\n%s", causes);
	struct example_results results;
	struct err err = { 0 };

	world_rules(world, text);
	talloc_free(text);
	assert_int_equal(match_examples(world->mem, world->rules, &results, &err), 0);
	return results;
}

static const struct example_result *only_failure(const struct example_results *results)
{
	const struct example_result *failure = NULL;

	assert_int_equal(results->failed, 1);
	for (size_t i = 0; i < results->count; i++)
		if (!results->items[i].passed)
			failure = &results->items[i];
	assert_non_null(failure);
	return failure;
}

static void a_good_rule_passes_its_examples(void **state)
{
	struct world world;
	struct example_results results = run(&world,
		CAUSE("test.a", "{match: {regex: 'disk (?<disk>\\w+) full'}}",
			"    examples:\n      match:\n        - log: 2025-01-01T00:00:00Z disk sda "
			"full\n          expect: {disk: sda}\n      clean:\n        - log: "
			"2025-01-01T00:00:00Z disk sda fine\n"));

	(void)state;
	for (size_t i = 0; i < results.count; i++)
		if (!results.items[i].passed)
			fail_msg("%s", results.items[i].text);
	assert_int_equal(results.count, 2);
	assert_int_equal(results.failed, 0);
	world_end(&world);
}

static void what_an_example_expects_must_be_bound(void **state)
{
	struct world world;
	struct example_results results = run(&world,
		CAUSE("test.a", "{match: {regex: 'disk (?<disk>\\w+) full'}}",
			"    examples:\n      match:\n        - log: 2025-01-01T00:00:00Z disk sda "
			"full\n          expect: {disk: sdb}\n"));

	(void)state;
	assert_string_equal(only_failure(&results)->text, "disk is \"sda\", expected \"sdb\"");
	world_end(&world);
}

static void a_rule_must_fire_on_match_and_not_on_clean(void **state)
{
	struct world world;
	struct example_results results = run(&world,
		CAUSE("test.a", "{match: alpha}",
			"    examples:\n      match:\n        - log: 2025-01-01T00:00:00Z beta\n"));

	(void)state;
	assert_string_equal(only_failure(&results)->text, "did not fire");
	world_end(&world);
	results = run(&world, CAUSE("test.a", "{match: alpha}",
				      "    examples:\n      clean:\n        - log: "
				      "2025-01-01T00:00:00Z alpha\n"));
	assert_string_equal(only_failure(&results)->text, "fired on a clean example");
	world_end(&world);
}

#define EXAMPLE "    examples:\n      match:\n        - log: 2025-01-01T00:00:00Z alpha beta\n"

static void a_rule_that_fires_on_anothers_example_must_be_declared(void **state)
{
	struct world world;
	struct example_results results = run(&world,
		CAUSE("test.a", "{match: alpha}", EXAMPLE) CAUSE("test.b", "{match: beta}", ""));
	const struct example_result *failure = only_failure(&results);

	(void)state;
	assert_string_equal(failure->owner->id, "test.a");
	assert_string_equal(failure->fired->id, "test.b");
	assert_non_null(strstr(failure->text, "alpha beta"));
	world_end(&world);
}

static void a_declared_rule_or_one_that_edges_lead_to_may_fire_too(void **state)
{
	struct world world;
	struct example_results results = run(&world,
		CAUSE("test.a", "{match: alpha}", "    also_matches: [test.b]\n" EXAMPLE)
			CAUSE("test.b", "{match: beta}", ""));

	(void)state;
	assert_int_equal(results.failed, 0);
	world_end(&world);
	results = run(&world,
		CAUSE("test.a", "{match: alpha}", "    because: [{cause: test.m}]\n" EXAMPLE)
			CAUSE("test.m", "{match: gamma}", "    because: [{cause: test.b}]\n")
				CAUSE("test.b", "{match: beta}", ""));
	assert_int_equal(results.failed, 0);
	world_end(&world);
}

/* What the nearest cause lacked, for a failing test with LINES one second apart. */
static const char *nearest(
	struct world *world, const char *signature, const char *more, const char *const *lines)
{
	static struct test test;
	const struct cause *cause;
	const char *because = "";

	test = (struct test){ .name = "t", .outcome = OUTCOME_FAILED };
	world_one(world, signature, more);
	test.source = &world->sources[0];
	for (int64_t i = 0; lines[i] != NULL; i++) {
		struct entry entry = { .time = i * WHEN_SECOND, .text = lines[i], .test = &test };

		world_entry(world, &entry);
	}
	assert_int_equal(world_fired(world), 0);
	cause = matcher_nearest(world->mem, world->matcher, &test, &because);
	return cause != NULL ? because : "none";
}

static void the_nearest_cause_tells_which_clause_failed(void **state)
{
	static const struct {
		const char *signature, *more;
		const char *lines[4];
		const char *because;
	} cases[] = {
		{ "{all: [alpha, beta], within: 5s}", NULL, { "alpha" },
			"term \"beta\" was never seen" },
		{ "{all: [alpha, beta], within: 1s}", NULL, { "alpha", "x", "beta" },
			"within 1s: 2s apart" },
		{ "{seq: [alpha, beta], within: 5s}", NULL, { "beta", "alpha" },
			"its terms were seen, but not in that order" },
		{ "{all: [alpha, beta], within: 5s, not: [nope]}", NULL,
			{ "alpha", "nope", "beta" }, "`not` term \"nope\" was seen" },
		{ "{match: alpha}", "group_by: [service]", { "alpha" },
			"group key service missing" },
		{ "{count: {of: alpha, at_least: 3, within: 9s}}", NULL, { "alpha", "alpha" },
			"fewer than 3 were seen" },
		{ "{match: alpha}", "where: {outcome: passed}", { "alpha" },
			"a condition of `where` did not hold" },
		{ "{match: alpha}", NULL, { "beta" }, "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world world;

		assert_string_equal(
			nearest(&world, cases[i].signature, cases[i].more, cases[i].lines),
			cases[i].because);
		world_end(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_rule_passes_its_examples),
		cmocka_unit_test(what_an_example_expects_must_be_bound),
		cmocka_unit_test(a_rule_must_fire_on_match_and_not_on_clean),
		cmocka_unit_test(a_rule_that_fires_on_anothers_example_must_be_declared),
		cmocka_unit_test(a_declared_rule_or_one_that_edges_lead_to_may_fire_too),
		cmocka_unit_test(the_nearest_cause_tells_which_clause_failed),
	};

	return cmocka_run_group_tests_name("examples", tests, NULL, NULL);
}
