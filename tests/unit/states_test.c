/* What becomes of an incident over runs. */
#include <string.h>

#include "store/states.h"
#include "unit/test.h"

/*
 * A story in letters, one a run: X seen, P all its tests passed, p some passed, "." nothing was
 * proved. A letter behind "@" is the commit of the run before it; none: not told.
 */
static struct history told(const char *story)
{
	static char commits[256][2];
	struct sighting sightings[32];
	struct history history;
	size_t count = 0;

	for (; *story != '\0'; story++)
		if (*story == '@') {
			commits[(unsigned char)story[1]][0] = story[1];
			sightings[count - 1].commit = commits[(unsigned char)*++story];
		} else {
			sightings[count] = (struct sighting){ .run = (int64_t)count + 1,
				.seen = *story == 'X',
				.passed = *story == 'P' || *story == 'p',
				.proven = *story == 'P' };
			count++;
		}
	states_replay(sightings, count, &history);
	return history;
}

static const char *state_of(const char *story)
{
	return incident_state_name(told(story).state);
}

static void what_is_seen_first_is_new_and_then_persists(void **state)
{
	(void)state;
	assert_string_equal(state_of("X"), "new");
	assert_string_equal(state_of("XX"), "persisting");
	assert_string_equal(state_of("X..X"), "persisting");
	assert_int_equal(told("XX").since_run, 1);
	assert_int_equal(told("XX.X").occurrences, 3);
}

static void only_a_pass_of_all_its_tests_proves_it_fixed(void **state)
{
	(void)state;
	assert_string_equal(state_of("XP"), "fixed");
	assert_int_equal(told("XXP.P").fixed_run, 3);
	assert_string_equal(state_of("X."), "new");
	assert_string_equal(state_of("Xp"), "new");
	assert_int_equal(told("X..").reached_run, 1);
	assert_int_equal(told("Xp.").reached_run, 2);
}

static void what_comes_back_after_a_fix_is_regressed_until_fixed_again(void **state)
{
	const struct history history = told("XXP..XX");

	(void)state;
	assert_string_equal(incident_state_name(history.state), "regressed");
	assert_int_equal(history.fixed_run, 3);
	assert_int_equal(history.since_run, 6);
	assert_int_equal(history.last_run, 7);
	assert_string_equal(state_of("XPXP"), "fixed");
}

static void flaky_needs_a_pass_on_the_same_commit(void **state)
{
	(void)state;
	assert_string_equal(state_of("X@aP@a"), "flaky");
	assert_string_equal(state_of("X@aP@b"), "fixed");
	assert_string_equal(state_of("XP"), "fixed");
	assert_string_equal(state_of("X@aP@aX@b"), "persisting");
	assert_string_equal(state_of("X@aP@bX@b"), "flaky");
	assert_string_equal(state_of("X@ap@a"), "flaky");
	assert_string_equal(state_of("X@aP@aP@b"), "fixed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_seen_first_is_new_and_then_persists),
		cmocka_unit_test(only_a_pass_of_all_its_tests_proves_it_fixed),
		cmocka_unit_test(what_comes_back_after_a_fix_is_regressed_until_fixed_again),
		cmocka_unit_test(flaky_needs_a_pass_on_the_same_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
