/* Signatures over sets and sequences of entries: windows, order, what is used up, negation. */
#include "unit/match_world.h"

#include <string.h>

#define SECOND WHEN_SECOND

/* Lines "A B@T": each has a text and its time in seconds before the "@"... see play. */
struct line {
	double seconds;
	const char *text;
};

/* How often SIGNATURE fires on LINES, which end with a NULL text. */
static uint64_t play(const char *signature, const struct line *lines)
{
	struct world world;
	uint64_t fired;

	world_one(&world, signature, NULL);
	for (; lines->text != NULL; lines++)
		world_line(&world, lines->seconds, lines->text);
	fired = world_fired(&world);
	world_end(&world);
	return fired;
}

#define PLAY(signature, ...) play(signature, (const struct line[]){ __VA_ARGS__, { 0, NULL } })

static void every_hit_of_a_match_is_a_firing(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{match: alpha}", { 1, "alpha" }, { 1, "beta" }, { 0, "an alpha" }), 2);
	assert_int_equal(PLAY("{match: alpha}", { 1, "Alpha" }), 0);
	assert_int_equal(PLAY("{match: {literal: alpha, nocase: true}}", { 1, "ALPHA" }), 1);
}

static void a_set_needs_no_order(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{all: [alpha, beta], within: 5s}", { 1, "beta" }, { 2, "alpha" }), 1);
	assert_int_equal(PLAY("{all: [alpha, beta], within: 5s}", { 1, "beta" }), 0);
}

static void one_entry_may_satisfy_several_terms_of_a_set(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{all: [alpha, beta], within: 5s}", { 1, "beta alpha" }), 1);
	assert_int_equal(PLAY("{all: [{literal: alpha, count: 2}, beta], within: 5s}",
				 { 1, "beta alpha alpha" }),
		0);
}

static void a_window_is_a_closed_interval(void **state)
{
	static const char *const signatures[] = { "{all: [alpha, beta], within: 5s}",
		"{seq: [alpha, beta], within: 5s}" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(PLAY(signatures[i], { 1, "alpha" }, { 6, "beta" }), 1);
		assert_int_equal(PLAY(signatures[i], { 1, "alpha" }, { 6.000000001, "beta" }), 0);
	}
	assert_int_equal(PLAY("{count: {of: alpha, at_least: 2, within: 5s}}", { 1, "alpha" },
				 { 6, "alpha" }),
		1);
	assert_int_equal(PLAY("{count: {of: alpha, at_least: 2, within: 5s}}", { 1, "alpha" },
				 { 6.000000001, "alpha" }),
		0);
}

static void what_a_set_fired_on_is_used_up(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{all: [alpha, beta], within: 9s}", { 1, "alpha" }, { 2, "beta" },
				 { 3, "beta" }),
		1);
	assert_int_equal(PLAY("{all: [alpha, beta], within: 9s}", { 1, "alpha" }, { 2, "alpha" },
				 { 3, "beta" }, { 4, "beta" }),
		2);
}

static void equal_terms_of_a_set_want_as_many_entries(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{all: [alpha, alpha, beta], within: 9s}", { 1, "alpha" }, { 2, "beta" }), 0);
	assert_int_equal(PLAY("{all: [alpha, beta, alpha], within: 9s}", { 1, "alpha" },
				 { 2, "beta" }, { 3, "alpha" }),
		1);
	assert_int_equal(PLAY("{all: [{literal: alpha, count: 3}], within: 2s}", { 0, "alpha" },
				 { 1, "alpha" }, { 3, "alpha" }, { 3, "alpha" }),
		1);
}

static void a_sequence_needs_its_order(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 1, "alpha" }, { 2, "beta" }), 1);
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 1, "beta" }, { 2, "alpha" }), 0);
	/* the lines are read in another order than they were written */
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 2, "beta" }, { 1, "alpha" }), 1);
}

static void a_sequence_of_two_needs_two_entries(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{seq: [alpha, beta], within: 5s}", { 1, "alpha beta" }), 0);
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 1, "alpha beta" }, { 1, "alpha beta" }),
		1);
}

static void equal_times_keep_the_order_of_reading(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 1, "alpha" }, { 1, "beta" }), 1);
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: 5s}", { 1, "beta" }, { 1, "alpha" }), 0);
}

static void where_the_newest_come_first_equal_times_are_read_backwards(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{seq: [alpha, beta], within: 5s}", { 9, "x" }, { 3, "beta" },
				 { 3, "alpha" }, { 1, "x" }),
		1);
}

static void a_sequence_can_begin_again_inside_itself(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{seq: [alpha, beta, gamma], within: 5s}", { 0, "alpha" },
				 { 1, "beta" }, { 3, "alpha" }, { 4, "beta" }, { 7, "gamma" }),
		1);
	assert_int_equal(PLAY("{seq: [alpha, beta, gamma], within: 5s}", { 0, "alpha" },
				 { 1, "beta" }, { 3, "alpha" }, { 7, "gamma" }),
		0);
}

static void a_later_step_never_comes_before_an_earlier_one(void **state)
{
	(void)state;
	/* when the first alpha is too old, the beta that is left stands behind the gamma */
	assert_int_equal(PLAY("{seq: [alpha, beta, gamma, delta], within: 6s}", { 0, "alpha" },
				 { 1, "beta" }, { 2, "gamma" }, { 3, "alpha" }, { 4, "gamma" },
				 { 5, "beta" }, { 7, "delta" }),
		0);
}

static void a_step_with_a_count_takes_that_many_entries(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{seq: [{literal: alpha, count: 2}, beta], within: 9s}",
				 { 1, "alpha" }, { 2, "beta" }),
		0);
	assert_int_equal(PLAY("{seq: [alpha, alpha, beta], within: 9s}", { 1, "alpha" },
				 { 2, "alpha" }, { 3, "beta" }),
		1);
	assert_int_equal(PLAY("{seq: [{literal: alpha, count: 2}, beta], within: 3s}",
				 { 0, "alpha" }, { 1, "alpha" }, { 3, "alpha" }, { 4, "beta" }),
		1);
}

static void a_burst_is_counted_once(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{count: {of: alpha, at_least: 3, within: 9s}}", { 1, "alpha" },
				 { 2, "alpha" }, { 3, "alpha" }, { 4, "alpha" }, { 5, "alpha" }),
		1);
	assert_int_equal(PLAY("{count: {of: alpha, at_least: 3, within: 1s}}", { 1, "alpha" },
				 { 2, "alpha" }, { 3, "alpha" }, { 4, "alpha" }, { 5, "alpha" }),
		0);
	assert_int_equal(PLAY("{count: {of: alpha, at_least: 2, within: 1s}}", { 1, "alpha" },
				 { 2, "alpha" }, { 8, "alpha" }, { 9, "alpha" }),
		2);
}

static void distinct_values_are_counted_in_the_window_only(void **state)
{
	static const char signature[] = "{count: {of: {regex: 'alpha (?<who>\\w+)'}, at_least: 2, "
					"distinct: who, within: 3s}}";

	(void)state;
	assert_int_equal(PLAY(signature, { 1, "alpha x" }, { 2, "alpha x" }, { 3, "alpha x" }), 0);
	assert_int_equal(PLAY(signature, { 1, "alpha x" }, { 2, "alpha x" }, { 3, "alpha y" }), 1);
	assert_int_equal(PLAY(signature, { 1, "alpha y" }, { 5, "alpha x" }, { 6, "alpha x" }), 0);
}

static void any_fires_on_what_one_of_its_signatures_fires_on(void **state)
{
	static const char signature[] = "{any: [{match: alpha}, {seq: [beta, gamma], within: 2s}, "
					"{match: {regex: 'al.ha'}}]}";

	(void)state;
	assert_int_equal(PLAY(signature, { 1, "alpha" }), 1); /* one entry fits two of them */
	assert_int_equal(PLAY(signature, { 1, "beta" }, { 2, "gamma" }, { 3, "alpha" }), 2);
	assert_int_equal(PLAY(signature, { 1, "beta" }, { 4, "gamma" }), 0);
}

/* "not" as CRE has it: by default the interval from the first to the last entry. */
static void a_negated_entry_inside_the_frame_forbids_it(void **state)
{
	static const char *const signatures[] = { "{all: [alpha, beta], within: 9s, not: [nope]}",
		"{seq: [alpha, beta], within: 9s, not: [nope]}" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *s = signatures[i];

		assert_int_equal(PLAY(s, { 1, "alpha" }, { 2, "nope" }, { 3, "beta" }), 0);
		assert_int_equal(PLAY(s, { 1, "alpha" }, { 3, "nope" }, { 3, "beta" }), 0);
		assert_int_equal(PLAY(s, { 1, "alpha" }, { 1, "nope" }, { 3, "beta" }), 0);
		assert_int_equal(PLAY(s, { 0, "nope" }, { 1, "alpha" }, { 3, "beta" }), 1);
		assert_int_equal(PLAY(s, { 1, "alpha" }, { 3, "beta" }, { 3.1, "nope" }), 1);
		assert_int_equal(PLAY(s, { 1, "alpha" }, { 3, "beta" }, { 3, "nope" }), 0);
	}
}

static void only_the_anchor_of_a_forbidden_frame_is_taken_away(void **state)
{
	static const char signature[] = "{seq: [alpha, beta], within: 9s, not: [nope]}";

	(void)state;
	assert_int_equal(
		PLAY(signature, { 1, "alpha" }, { 2, "nope" }, { 3, "alpha" }, { 4, "beta" }), 1);
	assert_int_equal(PLAY("{seq: [alpha, beta], within: 9s, not: [{literal: nope, anchor: 1, "
			      "window: 1s, absolute: true}]}",
				 { 1, "alpha" }, { 2, "beta" }, { 2.5, "nope" }, { 4, "beta" }),
		1);
}

static void slide_and_window_move_the_forbidden_interval(void **state)
{
	static const char before[] =
		"{seq: [alpha, beta], within: 9s, not: [{literal: nope, slide: -5s, window: 5s}]}";
	static const char after[] = "{match: alpha, not: [{literal: nope, window: 5s}]}";
	static const char later[] =
		"{match: alpha, not: [{literal: nope, slide: 2s, window: 1s, absolute: true}]}";

	(void)state;
	assert_int_equal(PLAY(before, { 5, "nope" }, { 10, "alpha" }, { 11, "beta" }), 0);
	assert_int_equal(PLAY(before, { 4.9, "nope" }, { 10, "alpha" }, { 11, "beta" }), 1);
	assert_int_equal(PLAY(before, { 10, "alpha" }, { 11, "beta" }, { 11, "nope" }), 0);
	assert_int_equal(PLAY(after, { 10, "alpha" }, { 15, "nope" }), 0);
	assert_int_equal(PLAY(after, { 10, "alpha" }, { 15.000000001, "nope" }), 1);
	assert_int_equal(PLAY(later, { 10, "alpha" }, { 11.9, "nope" }), 1);
	assert_int_equal(PLAY(later, { 10, "alpha" }, { 12, "nope" }), 0);
	assert_int_equal(PLAY(later, { 10, "alpha" }, { 13, "nope" }), 0);
	assert_int_equal(PLAY(later, { 10, "alpha" }, { 13.1, "nope" }), 1);
}

static void a_negation_of_no_width_needs_the_same_time(void **state)
{
	(void)state;
	assert_int_equal(PLAY("{match: alpha, not: [nope]}", { 1, "alpha" }, { 2, "nope" }), 1);
	assert_int_equal(PLAY("{match: alpha, not: [nope]}", { 1, "nope" }, { 1, "alpha" }), 0);
	assert_int_equal(PLAY("{match: alpha, not: [nope]}", { 1, "alpha but nope" }), 0);
}

static void without_times_a_duration_holds_inside_one_source_only(void **state)
{
	struct world world;

	(void)state;
	assert_int_equal(PLAY("{seq: [alpha, beta], within: 1s}", { -1, "alpha" }, { -1, "x" },
				 { -1, "beta" }),
		1);
	world_one(&world, "{seq: [alpha, beta], within: 1s}", NULL);
	world_at(&world, 0, TIME_NONE, "alpha");
	world_at(&world, 1, TIME_NONE, "beta");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void a_window_of_lines_is_counted_within_one_source(void **state)
{
	static const char signature[] = "{all: [alpha, beta], within: 2 lines}";
	struct world world;

	(void)state;
	assert_int_equal(PLAY(signature, { 1, "alpha" }, { 50, "x" }, { 99, "beta" }), 1);
	assert_int_equal(PLAY(signature, { 1, "alpha" }, { 1, "x" }, { 1, "x" }, { 1, "beta" }), 0);
	assert_int_equal(PLAY(signature, { -1, "alpha" }, { -1, "x" }, { -1, "beta" }), 1);
	world_one(&world, signature, NULL);
	world_at(&world, 0, 1, "alpha");
	world_at(&world, 1, 1, "beta");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void a_window_of_the_scope_has_no_end(void **state)
{
	(void)state;
	assert_int_equal(
		PLAY("{seq: [alpha, beta], within: scope}", { 1, "alpha" }, { 9000000, "beta" }),
		1);
}

static void times_at_the_ends_of_what_can_be_told_do_not_overflow(void **state)
{
	struct world world;

	(void)state;
	world_one(
		&world, "{seq: [alpha, beta], within: 1h, not: [{literal: x, slide: -1h}]}", NULL);
	world_at(&world, 0, INT64_MIN + 1, "alpha");
	world_at(&world, 0, INT64_MIN + 2, "beta");
	world_at(&world, 0, INT64_MAX - 1, "alpha");
	world_at(&world, 0, INT64_MAX, "beta");
	assert_int_equal(world_fired(&world), 2);
	world_end(&world);
}

static void an_entry_without_a_named_part_shows_the_text_that_matched(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, "{match: {regex: 'pool of \\d+ is full'}}", NULL);
	world_line(&world, 1, "the pool of 17 is full again");
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(
		world.findings.items[0]->occurrences[0].roles[0], "\"pool of 17 is full\"");
	world_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_without_a_named_part_shows_the_text_that_matched),
		cmocka_unit_test(every_hit_of_a_match_is_a_firing),
		cmocka_unit_test(a_set_needs_no_order),
		cmocka_unit_test(one_entry_may_satisfy_several_terms_of_a_set),
		cmocka_unit_test(a_window_is_a_closed_interval),
		cmocka_unit_test(what_a_set_fired_on_is_used_up),
		cmocka_unit_test(equal_terms_of_a_set_want_as_many_entries),
		cmocka_unit_test(a_sequence_needs_its_order),
		cmocka_unit_test(a_sequence_of_two_needs_two_entries),
		cmocka_unit_test(equal_times_keep_the_order_of_reading),
		cmocka_unit_test(where_the_newest_come_first_equal_times_are_read_backwards),
		cmocka_unit_test(a_sequence_can_begin_again_inside_itself),
		cmocka_unit_test(a_later_step_never_comes_before_an_earlier_one),
		cmocka_unit_test(a_step_with_a_count_takes_that_many_entries),
		cmocka_unit_test(a_burst_is_counted_once),
		cmocka_unit_test(distinct_values_are_counted_in_the_window_only),
		cmocka_unit_test(any_fires_on_what_one_of_its_signatures_fires_on),
		cmocka_unit_test(a_negated_entry_inside_the_frame_forbids_it),
		cmocka_unit_test(only_the_anchor_of_a_forbidden_frame_is_taken_away),
		cmocka_unit_test(slide_and_window_move_the_forbidden_interval),
		cmocka_unit_test(a_negation_of_no_width_needs_the_same_time),
		cmocka_unit_test(without_times_a_duration_holds_inside_one_source_only),
		cmocka_unit_test(a_window_of_lines_is_counted_within_one_source),
		cmocka_unit_test(a_window_of_the_scope_has_no_end),
		cmocka_unit_test(times_at_the_ends_of_what_can_be_told_do_not_overflow),
	};

	return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
