/* Offsets from the failure, rounded; the exact times stand in the evidence. */
#include "render/offset.h"

#include <inttypes.h>
#include <string.h>

#define MILLISECOND (WHEN_SECOND / 1000)

const char *offset_span(int64_t span, char buffer[OFFSET_TEXT])
{
	int64_t tenths, seconds;

	span = span == INT64_MIN ? INT64_MAX : span < 0 ? -span : span;
	tenths = (span / (50 * MILLISECOND) + 1) / 2;
	seconds = (span / (WHEN_SECOND / 2) + 1) / 2;
	if (span < MILLISECOND)
		snprintf(buffer, OFFSET_TEXT, "%s", span == 0 ? "0s" : "<1ms");
	else if (span < WHEN_SECOND)
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 "ms", span / MILLISECOND);
	else if (tenths < 600 && tenths % 10 != 0)
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 ".%" PRId64 "s", tenths / 10, tenths % 10);
	else if (tenths < 600)
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 "s", tenths / 10);
	else if (seconds < 3600)
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 "m%02" PRId64 "s", seconds / 60,
			seconds % 60);
	else if (seconds < 86400)
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 "h%02" PRId64 "m", seconds / 3600,
			seconds / 60 % 60);
	else
		snprintf(buffer, OFFSET_TEXT, "%" PRId64 "d%02" PRId64 "h", seconds / 86400,
			seconds / 3600 % 24);
	return buffer;
}

const char *offset_format(int64_t time, int64_t reference, char buffer[OFFSET_TEXT])
{
	char span[OFFSET_TEXT];
	int64_t difference;

	buffer[0] = '\0';
	if (time == TIME_NONE || reference == TIME_NONE)
		return buffer;
	difference = when_difference(time, reference);
	if (difference == 0)
		return strcpy(buffer, "T");
	snprintf(buffer, OFFSET_TEXT, "T%c%.40s", difference < 0 ? '-' : '+',
		offset_span(difference, span));
	return buffer;
}
