/* A token bucket, counted in time. */
#include "cloud/pace.h"

void pace_begin(struct pace *pace, unsigned per_minute, int64_t now)
{
	pace->interval = 60 * WHEN_SECOND / per_minute;
	pace->most = (per_minute > 6 ? per_minute / 6 : 1) * pace->interval;
	pace->saved = pace->most;
	pace->time = now;
}

int64_t pace_take(struct pace *pace, int64_t now)
{
	int64_t wait;

	/* a clock that was set back gives nothing, and takes nothing */
	if (now > pace->time)
		pace->saved = now - pace->time > pace->most - pace->saved
				      ? pace->most
				      : pace->saved + (now - pace->time);
	pace->time = now;
	if (pace->saved >= pace->interval) {
		pace->saved -= pace->interval;
		return 0;
	}
	wait = pace->interval - pace->saved;
	pace->saved = 0;
	pace->time = now + wait;
	return wait;
}
