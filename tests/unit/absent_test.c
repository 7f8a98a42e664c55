/* Absences: what did not come, and when that may be said. */
#include "unit/match_world.h"

#include <string.h>

static const char flow[] = "{absent: {after: request, stages: [{literal: stage one, as: one}, "
			   "{literal: stage two, as: "
			   "two}, {literal: stage three, as: three}], within: scope, until: "
			   "{regex: '^(FAILED|PASSED)'}}}";
static const char timed[] = "{absent: {after: request, none_of: [answer], within: 10s}}";

/* A transcript in source 0: all its lines are the output of one test with a verdict. */
static void tell(struct world *world, struct test *test, const char *const *lines)
{
	for (; *lines != NULL; lines++) {
		struct entry entry = { .time = TIME_NONE, .text = *lines, .test = test };

		world_entry(world, &entry);
	}
}

static struct test verdict(const char *name)
{
	return (struct test){ .name = name, .outcome = OUTCOME_FAILED, .start = TIME_NONE };
}

static void stages_that_never_came_are_named(void **state)
{
	static const char *const lines[] = { "request", "stage two", "FAILED", NULL };
	struct test test = verdict("t");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(world_value(&world, "seen"), "two");
	assert_string_equal(world_value(&world, "reached"), "two");
	assert_string_equal(world_value(&world, "missing"), "one");
	assert_string_equal(world_value(&world, "missing_count"), "2");
	assert_string_equal(world_value(&world, "stage_count"), "3");
	assert_string_equal(world_value(&world, "test"), "t");
	assert_true(world.findings.items[0]->absence);
	assert_int_equal(world.findings.items[0]->occurrences[0].entry_count, 3);
	world_end(&world);
}

static void entries_of_an_absence_say_what_they_show(void **state)
{
	static const char *const lines[] = { "request", "stage two", "FAILED", NULL };
	static const char *const roles[] = { "the wait begins here", "two", "missing until here" };
	struct test test = verdict("t");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	assert_int_equal(world_fired(&world), 1);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(world.findings.items[0]->occurrences[0].roles[i], roles[i]);
	world_end(&world);
}

static void where_nothing_came_nothing_is_what_was_seen(void **state)
{
	static const char *const lines[] = { "request", "ping", "FAILED", NULL };
	struct test test = verdict("t");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(world_value(&world, "seen"), "nothing");
	assert_string_equal(world_value(&world, "missing"), "one");
	assert_string_equal(world_value(&world, "missing_count"), "3");
	world_end(&world);
}

static void a_flow_that_came_whole_is_no_absence(void **state)
{
	static const char *const lines[] = { "request", "stage one", "stage two", "stage three",
		"FAILED", NULL };
	struct test test = verdict("t");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	assert_int_equal(world_fired(&world), 0);
	assert_int_equal(world.findings.count, 0);
	world_end(&world);
}

static void what_comes_behind_until_comes_too_late(void **state)
{
	static const char *const lines[] = { "stage one", "request", "stage one", "FAILED",
		"stage two", "stage three", NULL };
	struct test test = verdict("t");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(world_value(&world, "missing_count"), "2");
	world_end(&world);
}

static void entries_of_other_tests_do_not_count(void **state)
{
	static const char *const lines[] = { "request", NULL };
	static const char *const others[] = { "stage one", "stage two", "stage three", NULL };
	struct test test = verdict("t"), other = verdict("u");
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, lines);
	tell(&world, &other, others);
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void two_tellings_of_one_test_are_one_and_the_fuller_one_counts(void **state)
{
	static const char *const full[] = { "request", "stage one", "stage two", "stage three",
		"FAILED", NULL };
	struct test test = verdict("t"), twin = verdict("t");
	struct entry entry = { .time = TIME_NONE, .text = "request", .test = &twin };
	struct world world;

	(void)state;
	world_one(&world, flow, "group_by: [test]");
	tell(&world, &test, full);
	twin.same_as = &test;
	entry.source = &world.sources[1];
	world_entry(&world, &entry);
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void the_deadline_belongs_to_the_window(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, timed, NULL);
	world_line(&world, 1, "request");
	world_line(&world, 11, "answer");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
	world_one(&world, timed, NULL);
	world_line(&world, 1, "request");
	world_line(&world, 11.000000001, "answer");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static const char *reason_of(const struct world *world)
{
	if (world->findings.count != 1 || world->findings.items[0]->verdict != FINDING_INCONCLUSIVE)
		return "";
	return world->findings.items[0]->reason;
}

static void where_the_data_end_before_the_deadline_nothing_is_asserted(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, timed, NULL);
	world_line(&world, 1, "request");
	world_line(&world, 10, "something else");
	assert_int_equal(world_fired(&world), 0);
	assert_string_equal(reason_of(&world), "the data end before the deadline");
	world_line(&world, 11, "something else");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void where_the_data_were_not_read_whole_nothing_is_asserted(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, timed, NULL);
	world_line(&world, 1, "request");
	world_line(&world, 20, "something else");
	world.run.complete = false;
	assert_int_equal(world_fired(&world), 0);
	assert_true(strstr(reason_of(&world), "not read whole") != NULL);
	world_end(&world);
}

static void a_scope_that_ends_with_the_request_is_not_conclusive(void **state)
{
	static const char signature[] =
		"{absent: {after: request, none_of: [answer], within: scope}}";
	struct world world;

	(void)state;
	world_one(&world, signature, NULL);
	world_line(&world, 1, "request");
	assert_int_equal(world_fired(&world), 0);
	assert_int_equal(world.findings.count, 1);
	world_line(&world, 2, "something else");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void unless_cancels_the_wait(void **state)
{
	static const char signature[] =
		"{absent: {after: request, none_of: [answer], within: 10s, unless: [stopping]}}";
	struct world world;

	(void)state;
	world_one(&world, signature, NULL);
	world_line(&world, 1, "request");
	world_line(&world, 5, "stopping");
	world_line(&world, 30, "request");
	world_line(&world, 45, "stopping");
	assert_int_equal(world_fired(&world), 1);
	assert_int_equal(world.findings.items[0]->first, 30 * WHEN_SECOND);
	world_end(&world);
}

static void what_may_have_come_in_time_is_not_asserted_as_absent(void **state)
{
	static const char signature[] =
		"{absent: {after: request, none_of: [answer], within: scope}}";
	struct world world;

	(void)state;
	world_one(&world, signature, NULL);
	world_at(&world, 0, 5, "request");
	world_at(&world, 0, 6, "x");
	world_at(&world, 1, TIME_NONE, "answer");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void very_many_waits_end_in_good_time(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, "{absent: {after: request, none_of: [answer], within: 30s}}", NULL);
	for (int i = 0; i < 20000; i++)
		world_line(&world, i, "request");
	/* of the last thirty nobody knows */
	assert_int_equal(world_fired(&world), 20000 - 30);
	assert_int_equal(world.findings.items[0]->occurrence_count, 1000);
	world_end(&world);
}

/* A log of a live source that was asked for up to the second 100: "request" at the second 20. */
static uint64_t fired_with(
	struct period *unread, size_t count, const char *until, unsigned *doubtful)
{
	struct world world;
	uint64_t fired;

	world_one(&world, timed, NULL);
	world.sources[0].read_to = 100 * WHEN_SECOND;
	world.run.unread = unread;
	world.run.unread_count = count;
	world_line(&world, 20, "request");
	if (until != NULL)
		world_line(&world, 25, until);
	fired = world_fired(&world);
	*doubtful = 0;
	for (size_t i = 0; i < world.findings.count; i++)
		*doubtful += world.findings.items[i]->verdict == FINDING_INCONCLUSIVE;
	world_end(&world);
	return fired;
}

static void nothing_is_absent_in_a_time_that_was_not_read_whole(void **state)
{
	struct period before = { 0, 20 * WHEN_SECOND },
		      after = { 30 * WHEN_SECOND + 1, 90 * WHEN_SECOND };
	struct period inside = { 22 * WHEN_SECOND, 23 * WHEN_SECOND };
	struct period edge = { 30 * WHEN_SECOND, 90 * WHEN_SECOND };
	struct period both[] = { before, after };
	unsigned doubtful;

	(void)state;
	assert_int_equal(fired_with(NULL, 0, NULL, &doubtful), 1);
	assert_int_equal(fired_with(both, 2, NULL, &doubtful), 1);
	assert_int_equal(doubtful, 0);
	assert_int_equal(fired_with(&inside, 1, NULL, &doubtful), 0);
	assert_int_equal(doubtful, 1);
	/* the deadline itself was not read */
	assert_int_equal(fired_with(&edge, 1, NULL, &doubtful), 0);
	assert_int_equal(doubtful, 1);
	/* what came is no absence, whatever was read */
	assert_int_equal(fired_with(&inside, 1, "answer", &doubtful), 0);
	assert_int_equal(doubtful, 0);
}

static void a_live_source_covers_the_time_that_was_asked_for(void **state)
{
	struct world world;

	(void)state;
	for (int64_t end = 29; end < 32; end++) {
		world_one(&world, timed, NULL);
		world.sources[0].read_to = end * WHEN_SECOND;
		world_line(&world, 20, "request");
		/* the deadline is the second 30, and END is not included */
		assert_int_equal(world_fired(&world), end > 30);
		world_end(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stages_that_never_came_are_named),
		cmocka_unit_test(entries_of_an_absence_say_what_they_show),
		cmocka_unit_test(where_nothing_came_nothing_is_what_was_seen),
		cmocka_unit_test(a_flow_that_came_whole_is_no_absence),
		cmocka_unit_test(what_comes_behind_until_comes_too_late),
		cmocka_unit_test(entries_of_other_tests_do_not_count),
		cmocka_unit_test(two_tellings_of_one_test_are_one_and_the_fuller_one_counts),
		cmocka_unit_test(the_deadline_belongs_to_the_window),
		cmocka_unit_test(where_the_data_end_before_the_deadline_nothing_is_asserted),
		cmocka_unit_test(where_the_data_were_not_read_whole_nothing_is_asserted),
		cmocka_unit_test(a_scope_that_ends_with_the_request_is_not_conclusive),
		cmocka_unit_test(unless_cancels_the_wait),
		cmocka_unit_test(what_may_have_come_in_time_is_not_asserted_as_absent),
		cmocka_unit_test(very_many_waits_end_in_good_time),
		cmocka_unit_test(nothing_is_absent_in_a_time_that_was_not_read_whole),
		cmocka_unit_test(a_live_source_covers_the_time_that_was_asked_for),
	};

	return cmocka_run_group_tests_name("absent", tests, NULL, NULL);
}
