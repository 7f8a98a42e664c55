/* The stand-in's clock: the real one, put forward, or standing still. */
#ifndef STANDIN_CLOCK_H
#define STANDIN_CLOCK_H

#include "base/base.h"

struct clock {
	int64_t offset; /* nanoseconds before the real clock */
	int64_t still; /* the time at which it stands; TIME_NONE: it goes */
};

int64_t clock_now(const struct clock *clock);
/* From now on it shows TIME, and goes on from there unless it stands still. */
void clock_set(struct clock *clock, int64_t time);
void clock_halt(struct clock *clock);
void clock_run(struct clock *clock);
/* Seconds of a clock that nobody sets. */
int64_t clock_monotonic(void);

#endif
