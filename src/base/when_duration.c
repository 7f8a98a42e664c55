/* Durations as Go writes them: https://pkg.go.dev/time#ParseDuration */
#include "base/base.h"

#include <string.h>

static const struct {
	const char *name;
	int64_t nanoseconds;
} units[] = {
	{ "ns", 1 },
	{ "us", 1000 },
	{ "\xc2\xb5s", 1000 }, /* U+00B5, micro sign */
	{ "\xce\xbcs", 1000 }, /* U+03BC, Greek mu */
	{ "ms", 1000000 },
	{ "s", WHEN_SECOND },
	{ "m", 60 * WHEN_SECOND },
	{ "h", 3600 * WHEN_SECOND },
};

__extension__ typedef __int128 wide;

#define UNIT_COUNT (sizeof(units) / sizeof(units[0]))

/* The unit at TEXT; "m" must not be taken where "ms" stands, so the table has "ms" first. */
static int64_t unit_at(const char **text)
{
	for (size_t i = 0; i < UNIT_COUNT; i++) {
		size_t length = strlen(units[i].name);

		if (strncmp(*text, units[i].name, length) == 0) {
			*text += length;
			return units[i].nanoseconds;
		}
	}
	return 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One "1.5h" at *TEXT, added to *SUM. */
static int add_part(const char **text, int64_t *sum)
{
	int64_t whole = 0, part = 0, scale = 1, unit;
	bool any = false;

	for (; is_digit(**text); (*text)++, any = true)
		if (__builtin_mul_overflow(whole, 10, &whole) ||
			__builtin_add_overflow(whole, **text - '0', &whole))
			return -1;
	if (**text == '.')
		for ((*text)++; is_digit(**text); (*text)++, any = true)
			if (scale < WHEN_SECOND) {
				part = part * 10 + (**text - '0');
				scale *= 10;
			}
	unit = any ? unit_at(text) : 0;
	if (unit == 0 || __builtin_mul_overflow(whole, unit, &whole) ||
		__builtin_add_overflow(*sum, whole, sum))
		return -1;
	/* at most 999,999,999 / 1,000,000,000 of an hour: the product fits in 128 bits only */
	return __builtin_add_overflow(*sum, (int64_t)((wide)part * unit / scale), sum) ? -1 : 0;
}

int when_parse_duration(const char *text, int64_t *out)
{
	bool negative = text[0] == '-';
	int64_t sum = 0;

	if (text[0] == '-' || text[0] == '+')
		text++;
	if (strcmp(text, "0") == 0) {
		*out = 0;
		return 0;
	}
	if (text[0] == '\0')
		return -1;
	while (*text != '\0')
		if (add_part(&text, &sum) < 0)
			return -1;
	*out = negative ? -sum : sum;
	return 0;
}

const char *when_format_duration(int64_t duration, char buffer[WHEN_TEXT])
{
	uint64_t rest = duration < 0 ? -(uint64_t)duration : (uint64_t)duration;
	uint64_t seconds = rest / (uint64_t)WHEN_SECOND, part = rest % (uint64_t)WHEN_SECOND;
	char *out = buffer;
	size_t room = WHEN_TEXT;
	int width = 9;

	if (duration < 0)
		out += snprintf(out, room, "-");
	if (seconds >= 3600)
		out += snprintf(out, 20, "%lluh", (unsigned long long)(seconds / 3600));
	if (seconds >= 60 && seconds / 60 % 60 > 0)
		out += snprintf(out, 4, "%llum", (unsigned long long)(seconds / 60 % 60));
	if (seconds % 60 == 0 && part == 0 && seconds > 0)
		return buffer;
	while (width > 0 && part % 10 == 0) {
		part /= 10;
		width--;
	}
	if (width > 0)
		snprintf(out, 14, "%u.%0*us", (unsigned)(seconds % 60), width, (unsigned)part);
	else
		snprintf(out, 14, "%us", (unsigned)(seconds % 60));
	return buffer;
}
