/* Where a loop of fixing is going, and what became of what it began with. */
#include <string.h>

#include "unit/test.h"
#include "unit/turn_world.h"

#define TURNS_MAX 5

/* Turns, told one by one; one without causes has no incident. */
struct story {
	struct diagnosis *turns[TURNS_MAX];
	size_t count;
};

static void tell(struct story *story, const char *tests, const char *test, const char *causes)
{
	struct diagnosis *turn = turn_world_run(NULL, tests);

	turn->run->id = (int64_t)story->count + 1;
	if (causes != NULL)
		turn_world_break(turn, test, causes);
	story->turns[story->count++] = turn;
}

static void forget(struct story *story)
{
	for (size_t i = 0; i < story->count; i++)
		talloc_free(story->turns[i]);
}

static struct loop judged(const struct story *story)
{
	struct loop loop;

	loop_judge(story->turns, story->count, &loop);
	return loop;
}

static const char *status_of(const struct story *story)
{
	return loop_status_name(judged(story).status);
}

static void the_first_turn_tells_no_tendency(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=failed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "first turn");
	assert_string_equal(judged(&story).cause->id, "x.root");
	forget(&story);
}

static void fewer_failing_tests_converge_and_more_are_worse(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=failed b=failed c=passed", "a", "x.symptom x.root");
	tell(&story, "a=failed b=passed c=passed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "converging");
	tell(&story, "a=failed b=passed c=failed d=failed", "a", "x.symptom x.other");
	assert_string_equal(status_of(&story), "worse");
	forget(&story);
}

static void a_deeper_cause_is_progress_though_the_same_tests_fail(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=failed", "a", "x.symptom x.middle");
	tell(&story, "a=failed", "a", "x.symptom x.middle x.root");
	assert_string_equal(status_of(&story), "converging");
	forget(&story);
}

static void three_turns_of_one_cause_are_stuck_and_two_are_not(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=failed", "a", "x.symptom x.root");
	tell(&story, "a=failed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "unchanged");
	assert_int_equal(judged(&story).same_cause, 2);
	tell(&story, "a=failed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "stuck");
	assert_int_equal(judged(&story).same_cause, 3);
	forget(&story);
}

static void what_was_fixed_and_fails_again_oscillates(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=failed b=failed", "a", "x.symptom x.root");
	tell(&story, "a=passed b=failed", NULL, NULL);
	assert_string_equal(status_of(&story), "converging");
	tell(&story, "a=failed b=passed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "oscillating");
	assert_string_equal(judged(&story).back, "a");
	forget(&story);
}

static void a_test_that_only_broke_does_not_oscillate(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=passed b=failed", NULL, NULL);
	tell(&story, "a=failed b=failed", "a", "x.symptom x.root");
	assert_string_equal(status_of(&story), "worse");
	forget(&story);
}

static void a_turn_is_green_when_tests_ran_and_none_failed(void **state)
{
	struct story story = { .count = 0 };

	(void)state;
	tell(&story, "a=passed b=skipped", NULL, NULL);
	assert_string_equal(status_of(&story), "green");
	tell(&story, "a=skipped", "a", "x.symptom x.root");
	assert_string_not_equal(status_of(&story), "green");
	forget(&story);
}

static void past_incidents_are_fixed_replaced_or_not_reached(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct story story = { .count = 0 };
	struct loop_past *past;
	size_t count;

	(void)state;
	tell(&story, "a=failed b=failed c=failed", "a", "x.symptom x.middle");
	turn_world_break(story.turns[0], "b", "y.symptom y.root");
	turn_world_break(story.turns[0], "c", "z.symptom z.root");
	tell(&story, "a=failed b=passed c=skipped", "a", "x.symptom x.middle x.root");
	past = loop_past(mem, story.turns, story.count, &count);
	assert_int_equal(count, 3);
	assert_int_equal(past[0].fate, LOOP_REPLACED);
	assert_string_equal(loop_end(past[0].other)->id, "x.root");
	assert_int_equal(past[1].fate, LOOP_FIXED);
	assert_ptr_equal(past[1].now, story.turns[1]);
	assert_int_equal(past[2].fate, LOOP_NOT_REACHED);
	assert_null(past[2].now);
	talloc_free(mem);
	forget(&story);
}

static void a_fix_is_proven_by_the_first_turn_that_reaches_it(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct story story = { .count = 0 };
	struct loop_past *past;
	size_t count;

	(void)state;
	tell(&story, "a=failed", "a", "x.symptom x.root");
	tell(&story, "a=skipped", NULL, NULL);
	tell(&story, "a=passed", NULL, NULL);
	past = loop_past(mem, story.turns, story.count, &count);
	assert_int_equal(count, 1);
	assert_int_equal(past[0].fate, LOOP_FIXED);
	assert_ptr_equal(past[0].now, story.turns[2]);
	talloc_free(mem);
	forget(&story);
}

static void health_is_that_of_the_newest_answer_and_what_came_behind_it(void **state)
{
	struct service service = { .http_status = 503, .http_time = 5, .last_error = TIME_NONE };

	(void)state;
	assert_int_equal(loop_health_of(&service), LOOP_FAILING);
	service.http_status = 404;
	assert_int_equal(loop_health_of(&service), LOOP_HEALTHY);
	service.errors = 1;
	service.last_error = 4;
	assert_int_equal(loop_health_of(&service), LOOP_HEALTHY);
	service.last_error = 6;
	assert_int_equal(loop_health_of(&service), LOOP_ERRORS);
	service.http_status = 0;
	service.http_time = TIME_NONE;
	assert_int_equal(loop_health_of(&service), LOOP_ERRORS);
	service.errors = 0;
	assert_int_equal(loop_health_of(&service), LOOP_QUIET);
}

static void a_service_is_so_since_the_first_turn_of_an_unbroken_row(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct service failing = { .name = "shop", .http_status = 503, .last_error = TIME_NONE };
	struct service healthy = { .name = "shop", .http_status = 200, .last_error = TIME_NONE };
	struct service *seen[TURNS_MAX] = { &healthy, &failing, &healthy, &healthy };
	struct story story = { .count = 0 };
	struct loop_service *services;
	size_t count;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		tell(&story, "a=passed", NULL, NULL);
		story.turns[i]->run->services = seen[i];
		story.turns[i]->run->service_count = seen[i] != NULL;
	}
	services = loop_services(mem, story.turns, 4, &count);
	assert_int_equal(count, 1);
	assert_int_equal(services[0].health, LOOP_HEALTHY);
	assert_int_equal(services[0].since->id, 3);
	services = loop_services(mem, story.turns, 5, &count);
	assert_int_equal(services[0].health, LOOP_NOT_SEEN);
	assert_int_equal(services[0].told->id, 4);
	assert_int_equal(services[0].since->id, 5);
	talloc_free(mem);
	forget(&story);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_turn_tells_no_tendency),
		cmocka_unit_test(fewer_failing_tests_converge_and_more_are_worse),
		cmocka_unit_test(a_deeper_cause_is_progress_though_the_same_tests_fail),
		cmocka_unit_test(three_turns_of_one_cause_are_stuck_and_two_are_not),
		cmocka_unit_test(what_was_fixed_and_fails_again_oscillates),
		cmocka_unit_test(a_test_that_only_broke_does_not_oscillate),
		cmocka_unit_test(a_turn_is_green_when_tests_ran_and_none_failed),
		cmocka_unit_test(past_incidents_are_fixed_replaced_or_not_reached),
		cmocka_unit_test(a_fix_is_proven_by_the_first_turn_that_reaches_it),
		cmocka_unit_test(health_is_that_of_the_newest_answer_and_what_came_behind_it),
		cmocka_unit_test(a_service_is_so_since_the_first_turn_of_an_unbroken_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
