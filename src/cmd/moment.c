/* Moments and spans as people type them. */
#include "cmd/moment.h"

#include <string.h>
#include <time.h>

#define DIGITS_MAX 6 /* of days: all that int64 has room for, and more */

static const struct {
	char unit;
	int64_t length;
} units[] = {
	{ 'd', 24 * 60 * 60 * WHEN_SECOND },
	{ 'w', 7 * 24 * 60 * 60 * WHEN_SECOND },
};

int moment_span(const char *text, int64_t *out)
{
	size_t digits = strspn(text, "0123456789");
	int64_t count = 0;

	for (size_t i = 0; i < digits && i < DIGITS_MAX; i++)
		count = 10 * count + (text[i] - '0');
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (digits > 0 && digits <= DIGITS_MAX && text[digits] == units[i].unit &&
			text[digits + 1] == '\0' &&
			!__builtin_mul_overflow(count, units[i].length, out))
			return 0;
	return when_parse_duration(text, out);
}

static int parse(const char *option, const char *text, int64_t now, int direction, int64_t *out,
	struct err *err)
{
	int64_t span;

	if (when_parse_moment(text, out) == 0)
		return 0;
	if (moment_span(text, &span) == 0 && span >= 0 &&
		!__builtin_add_overflow(now, direction * span, out))
		return 0;
	return err_set(err, ERR_USAGE,
		"--%s is a time such as 2025-01-31 or 2025-01-31T12:00:00Z, or a span such as 36h "
		"or "
		"14d, not \"%s\"",
		option, text);
}

int moment_before(const char *option, const char *text, int64_t now, int64_t *out, struct err *err)
{
	return parse(option, text, now, -1, out, err);
}

int moment_after(const char *option, const char *text, int64_t now, int64_t *out, struct err *err)
{
	return parse(option, text, now, 1, out, err);
}

int64_t moment_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * WHEN_SECOND + now.tv_nsec;
}
