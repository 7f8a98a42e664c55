/* Clocks: no test waits, and none depends on when it runs. */
#include "cmd/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t system_now(void *context)
{
	struct timespec time;

	(void)context;
	clock_gettime(CLOCK_REALTIME, &time);
	return (int64_t)time.tv_sec * WHEN_SECOND + time.tv_nsec;
}

static void system_sleep(int64_t duration, void *context)
{
	struct timespec left = { duration / WHEN_SECOND, duration % WHEN_SECOND };

	(void)context;
	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

static const struct cloud_clock system_clock = { system_now, system_sleep, NULL };

static int64_t test_now(void *context)
{
	return *(int64_t *)context;
}

static void test_sleep(int64_t duration, void *context)
{
	*(int64_t *)context += duration;
}

int clock_apply(TALLOC_CTX *mem, struct cloud_options *options, struct err *err)
{
	const char *time = getenv("FIVEWHYS_TEST_CLOCK"),
		   *timeout = getenv("FIVEWHYS_TEST_TIMEOUT");
	struct cloud_clock *clock;
	int64_t *now;

	options->clock = &system_clock;
	if (timeout != NULL && when_parse_duration(timeout, &options->timeout) < 0)
		return err_set(err, ERR_USAGE, "FIVEWHYS_TEST_TIMEOUT is no duration");
	if (time == NULL)
		return 0;
	now = mem_new(mem, int64_t);
	if (when_parse(time, strlen(time), now, NULL) != strlen(time))
		return err_set(err, ERR_USAGE, "FIVEWHYS_TEST_CLOCK is no time");
	clock = mem_new(mem, struct cloud_clock);
	*clock = (struct cloud_clock){ test_now, test_sleep, now };
	options->clock = clock;
	options->seed = 1;
	return 0;
}

int64_t clock_now(void)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct cloud_options options = { .clock = &system_clock };
	struct err err;
	int64_t now;

	clock_apply(mem, &options, &err);
	now = options.clock->now(options.clock->context);
	talloc_free(mem);
	return now;
}
