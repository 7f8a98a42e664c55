/* What is read next of a live source: nothing is left out, and hardly anything read twice. */
#include "cmd/plan.h"

#include "unit/test.h"

#define MINUTE (60 * WHEN_SECOND)

struct known {
	struct slice slices[4];
	struct slice *items[4];
	struct slices list;
};

/* Times in minutes; RECEIVED below 0: all. */
static void add(
	struct known *known, int64_t from, int64_t to, int64_t received, int64_t began, bool done)
{
	size_t i = known->list.count++;

	known->slices[i] = (struct slice){ .id = (int64_t)i + 1,
		.from = from * MINUTE,
		.to = to * MINUTE,
		.received = received < 0 ? TIME_NONE : received * MINUTE,
		.began = began * MINUTE,
		.done = done };
	known->items[i] = &known->slices[i];
	known->list.items = known->items;
}

static struct plan make(const struct known *known, int64_t from, int64_t to, bool resume)
{
	const struct plan_wish wish = { from < 0 ? TIME_NONE : from * MINUTE, to * MINUTE, resume };
	struct plan plan;
	struct err err = { 0 };

	if (plan_make(NULL, &known->list, &wish, &plan, &err) < 0)
		fail_msg("%s", err.text);
	return plan;
}

static void assert_slice(const struct slice *slice, int64_t from, int64_t to, int64_t received)
{
	assert_int_equal(slice->from, from * MINUTE);
	assert_int_equal(slice->to, to * MINUTE);
	assert_int_equal(slice->received, received < 0 ? TIME_NONE : received * MINUTE);
}

static void what_is_new_is_read_whole(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan = make(&known, 100, 160, false);

	(void)state;
	assert_int_equal(plan.new_count, 1);
	assert_slice(&plan.news[0], 100, 160, -1);
}

static void what_is_known_is_asked_only_for_what_came_late(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 100, 160, -1, 161, true);
	plan = make(&known, 100, 160, false);
	assert_int_equal(plan.new_count, 1);
	/* received since reading began, less what clocks may differ by */
	assert_slice(&plan.news[0], 100, 160, 156);
}

static void the_next_pull_overlaps_the_last_one(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 100, 160, -1, 161, true);
	plan = make(&known, 120, 200, false);
	assert_int_equal(plan.new_count, 2);
	assert_slice(&plan.news[0], 150, 200, -1);
	assert_slice(&plan.news[1], 120, 160, 156);
	plan = make(&known, -1, 200, true);
	assert_slice(&plan.news[0], 150, 200, -1);
	assert_slice(&plan.news[1], 100, 160, 156);
}

static void late_ones_are_asked_for_since_the_last_time(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 100, 160, -1, 161, true);
	add(&known, 100, 160, 156, 180, true);
	plan = make(&known, 100, 160, false);
	assert_slice(&plan.news[0], 100, 160, 175);
	/* it looked at less than is asked for now: what it says does not help */
	known.slices[1].from = 130 * MINUTE;
	plan = make(&known, 100, 160, false);
	assert_slice(&plan.news[0], 100, 160, 156);
}

static void late_ones_are_asked_for_within_a_day(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 0, 3000, -1, 3001, true);
	plan = make(&known, 0, 3000, false);
	assert_slice(&plan.news[0], 3000 - 1440, 3000, 2996);
}

static void what_was_broken_off_is_ended_first(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 100, 160, -1, 161, false);
	plan = make(&known, 105, 170, false);
	assert_int_equal(plan.unfinished_count, 1);
	assert_ptr_equal(plan.unfinished[0], &known.slices[0]);
	assert_slice(&plan.news[0], 150, 170, -1);
	talloc_free(plan.unfinished);
	/* what has nothing to do with it waits until somebody resumes */
	plan = make(&known, 300, 360, false);
	assert_int_equal(plan.unfinished_count, 0);
	plan = make(&known, 300, 360, true);
	assert_int_equal(plan.unfinished_count, 1);
	talloc_free(plan.unfinished);
}

static void a_hole_between_two_pulls_is_read(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	struct plan plan;

	(void)state;
	add(&known, 100, 160, -1, 161, true);
	add(&known, 200, 260, -1, 261, true);
	plan = make(&known, 100, 260, false);
	assert_slice(&plan.news[0], 150, 260, -1);
}

static void there_must_be_something_to_resume(void **state)
{
	struct known known = { .list = { NULL, 0 } };
	const struct plan_wish wish = { TIME_NONE, 100 * MINUTE, true };
	struct err err = { 0 };
	struct plan plan;

	(void)state;
	assert_int_equal(plan_make(NULL, &known.list, &wish, &plan, &err), -1);
	assert_int_equal(err.code, ERR_EMPTY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_new_is_read_whole),
		cmocka_unit_test(what_is_known_is_asked_only_for_what_came_late),
		cmocka_unit_test(the_next_pull_overlaps_the_last_one),
		cmocka_unit_test(late_ones_are_asked_for_since_the_last_time),
		cmocka_unit_test(late_ones_are_asked_for_within_a_day),
		cmocka_unit_test(what_was_broken_off_is_ended_first),
		cmocka_unit_test(a_hole_between_two_pulls_is_read),
		cmocka_unit_test(there_must_be_something_to_resume),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
