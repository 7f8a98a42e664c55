/* How many requests a minute: a bucket that fills steadily, and overflows. */
#ifndef CLOUD_PACE_H
#define CLOUD_PACE_H

#include "base/base.h"

struct pace {
	int64_t interval; /* nanoseconds that one request costs */
	int64_t most; /* that can be saved up */
	int64_t saved; /* at TIME */
	int64_t time;
};

/*
 * PER_MINUTE, from 1 on; the bucket is full at NOW. In no minute are there more requests than
 * PER_MINUTE and a sixth of it: of 50, 58, where 60 are allowed.
 */
void pace_begin(struct pace *pace, unsigned per_minute, int64_t now);
/* Nanoseconds to wait before the next request may be made; it counts as made then. */
int64_t pace_take(struct pace *pace, int64_t now);

#endif
