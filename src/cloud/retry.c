/* Pauses that double, with jitter, so that many who failed together do not come back together. */
#include "cloud/retry.h"

void retry_begin(struct retry *retry, const struct retry_policy *policy, uint64_t seed)
{
	*retry = (struct retry){ .policy = policy, .state = seed };
}

/* splitmix64, Steele, Lea and Flood 2014: one addition of state, well mixed. */
static uint64_t draw(struct retry *retry)
{
	uint64_t value = retry->state += UINT64_C(0x9e3779b97f4a7c15);

	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

/* PAUSE, up to the policy's share of it shorter or longer. */
static int64_t spread(struct retry *retry, int64_t pause)
{
	int64_t most = pause / 100 * (int64_t)retry->policy->jitter;

	if (most <= 0)
		return pause;
	return pause - most + (int64_t)(draw(retry) % (uint64_t)(2 * most + 1));
}

bool retry_next(struct retry *retry, int64_t asked, int64_t *pause)
{
	const struct retry_policy *policy = retry->policy;
	int64_t own = policy->first;

	if (++retry->tries >= policy->tries || (asked != TIME_NONE && asked > policy->patience))
		return false;
	for (unsigned i = 1; i < retry->tries && own < policy->longest; i++)
		own *= 2;
	own = spread(retry, own < policy->longest ? own : policy->longest);
	*pause = asked != TIME_NONE && asked > own ? asked : own;
	return true;
}

bool retry_wait(struct retry *retry, const struct cloud_clock *clock, int64_t asked)
{
	int64_t pause;

	if (!retry_next(retry, asked, &pause))
		return false;
	clock->sleep(pause, clock->context);
	return true;
}
