/* Time that tests can set. */
#include "standin/clock.h"

#include <time.h>

static int64_t real_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * WHEN_SECOND + now.tv_nsec;
}

int64_t clock_now(const struct clock *clock)
{
	return clock->still != TIME_NONE ? clock->still : real_now() + clock->offset;
}

void clock_set(struct clock *clock, int64_t time)
{
	clock->offset = time - real_now();
	if (clock->still != TIME_NONE)
		clock->still = time;
}

void clock_halt(struct clock *clock)
{
	clock->still = clock_now(clock);
}

void clock_run(struct clock *clock)
{
	int64_t now = clock_now(clock);

	clock->still = TIME_NONE;
	clock_set(clock, now);
}

int64_t clock_monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}
