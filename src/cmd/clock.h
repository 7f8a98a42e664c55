/* The clock of a client of the network, and that of tests. */
#ifndef CMD_CLOCK_H
#define CMD_CLOCK_H

#include "cloud/cloud.h"

/*
 * OPTIONS->clock becomes the system's. Only for tests: FIVEWHYS_TEST_CLOCK is the time at which one
 * begins that goes on by its own pauses only, which then take none; FIVEWHYS_TEST_TIMEOUT is how
 * long a request may take. ERR_USAGE.
 */
int clock_apply(TALLOC_CTX *mem, struct cloud_options *options, struct err *err);
/* The time that such a clock begins with; the system's where that of tests is none. */
int64_t clock_now(void);

#endif
