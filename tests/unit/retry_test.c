/* Pauses between tries. */
#include "cloud/retry.h"

#include "unit/test.h"

static const struct retry_policy policy = { .tries = 8,
	.first = WHEN_SECOND,
	.longest = 20 * WHEN_SECOND,
	.jitter = 10,
	.patience = 60 * WHEN_SECOND };

static int64_t slept;

static int64_t no_now(void *context)
{
	(void)context;
	return 0;
}

static void note_sleep(int64_t duration, void *context)
{
	(void)context;
	slept += duration;
}

static const struct cloud_clock still = { no_now, note_sleep, NULL };

static void pauses_double_up_to_the_longest_within_the_jitter(void **state)
{
	static const int64_t expected[] = { 1, 2, 4, 8, 16, 20, 20 };
	struct retry retry;
	int64_t pause;

	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		retry_begin(&retry, &policy, seed);
		for (size_t i = 0; i < 7; i++) {
			assert_true(retry_next(&retry, TIME_NONE, &pause));
			assert_in_range(pause, expected[i] * WHEN_SECOND * 9 / 10,
				expected[i] * WHEN_SECOND * 11 / 10);
		}
		assert_false(retry_next(&retry, TIME_NONE, &pause));
	}
}

static void one_seed_gives_the_same_pauses_and_another_others(void **state)
{
	struct retry left, right, other;
	int64_t a, b, c;

	(void)state;
	retry_begin(&left, &policy, 7);
	retry_begin(&right, &policy, 7);
	retry_begin(&other, &policy, 8);
	for (int i = 0; i < 5; i++) {
		assert_true(retry_next(&left, TIME_NONE, &a));
		assert_true(retry_next(&right, TIME_NONE, &b));
		assert_true(retry_next(&other, TIME_NONE, &c));
		assert_int_equal(a, b);
		assert_int_not_equal(a, c);
	}
}

static void a_service_that_asks_for_longer_is_waited_for_up_to_the_patience(void **state)
{
	struct retry retry;
	int64_t pause;

	(void)state;
	retry_begin(&retry, &policy, 1);
	assert_true(retry_next(&retry, 60 * WHEN_SECOND, &pause));
	assert_int_equal(pause, 60 * WHEN_SECOND);
	assert_true(retry_next(&retry, 0, &pause));
	assert_true(pause >= WHEN_SECOND);
	assert_false(retry_next(&retry, 61 * WHEN_SECOND, &pause));
}

static void the_clock_that_was_given_sleeps(void **state)
{
	static const struct retry_policy once = { .tries = 2,
		.first = 3600 * WHEN_SECOND,
		.longest = 3600 * WHEN_SECOND,
		.patience = WHEN_SECOND };
	struct retry retry;

	(void)state;
	retry_begin(&retry, &once, 1);
	assert_true(retry_wait(&retry, &still, TIME_NONE));
	assert_false(retry_wait(&retry, &still, TIME_NONE));
	assert_int_equal(slept, 3600 * WHEN_SECOND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_double_up_to_the_longest_within_the_jitter),
		cmocka_unit_test(one_seed_gives_the_same_pauses_and_another_others),
		cmocka_unit_test(a_service_that_asks_for_longer_is_waited_for_up_to_the_patience),
		cmocka_unit_test(the_clock_that_was_given_sleeps),
	};

	return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
