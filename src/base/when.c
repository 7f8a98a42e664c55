/* Time: civil dates to nanoseconds and back (proleptic Gregorian calendar, no leap seconds). */
#include "base/base.h"

#include <string.h>

#define DAY INT64_C(86400)

/*
 * Days since 1970-01-01 of a civil date.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
static int64_t days_from_civil(int64_t year, int month, int day)
{
	int64_t era, year_of_era, day_of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool is_in_range(const struct when_civil *civil)
{
	return civil->year >= 1678 && civil->year <= 2261 && civil->month >= 1 &&
	       civil->month <= 12 && civil->day >= 1 &&
	       civil->day <= days_in_month(civil->year, civil->month) && civil->hour >= 0 &&
	       civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59 &&
	       civil->second >= 0 && civil->second <= 60 && civil->nanosecond >= 0 &&
	       civil->nanosecond < WHEN_SECOND && civil->offset > -DAY && civil->offset < DAY;
}

int when_from_civil(const struct when_civil *civil, int64_t *out)
{
	int64_t seconds;

	if (!is_in_range(civil))
		return -1;
	seconds = days_from_civil(civil->year, civil->month, civil->day) * DAY +
		  civil->hour * 3600 + civil->minute * 60 + civil->second - civil->offset;
	*out = seconds * WHEN_SECOND + civil->nanosecond;
	return 0;
}

/* Source: as above, civil_from_days. */
void when_to_civil(int64_t time, struct when_civil *out)
{
	int64_t seconds = time / WHEN_SECOND - (time % WHEN_SECOND < 0);
	int64_t days = seconds / DAY - (seconds % DAY < 0);
	int64_t rest = seconds - days * DAY;
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t day_of_era = shifted - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;

	memset(out, 0, sizeof(*out));
	out->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	out->month = (int)(month < 10 ? month + 3 : month - 9);
	out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
	out->hour = (int)(rest / 3600);
	out->minute = (int)(rest / 60 % 60);
	out->second = (int)(rest % 60);
	out->nanosecond = time - seconds * WHEN_SECOND;
}

/* COUNT digits at TEXT, or -1. */
static int digits(const char *text, size_t length, size_t at, size_t count)
{
	int value = 0;

	if (at + count > length)
		return -1;
	for (size_t i = at; i < at + count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* ".123" or ",123": any number of digits, those after the ninth are dropped. The bytes read. */
static size_t fraction(const char *text, size_t length, size_t at, int64_t *nanosecond)
{
	int64_t unit = WHEN_SECOND / 10;
	size_t i = at + 1;

	*nanosecond = 0;
	if (i >= length || (text[at] != '.' && text[at] != ',') || digits(text, length, i, 1) < 0)
		return 0;
	for (; i < length && text[i] >= '0' && text[i] <= '9'; i++, unit /= 10)
		*nanosecond += unit * (text[i] - '0');
	return i - at;
}

/* "Z", "+hh:mm", "+hhmm" or "+hh"; the bytes read. */
static size_t zone(const char *text, size_t length, size_t at, int64_t *offset)
{
	int hours, minutes;
	size_t colon;

	if (at >= length)
		return 0;
	if (text[at] == 'Z' || text[at] == 'z') {
		*offset = 0;
		return 1;
	}
	hours = digits(text, length, at + 1, 2);
	if ((text[at] != '+' && text[at] != '-') || hours < 0)
		return 0;
	colon = at + 3 < length && text[at + 3] == ':';
	minutes = digits(text, length, at + 3 + colon, 2);
	*offset = hours * 3600 + (minutes > 0 ? minutes : 0) * 60;
	if (text[at] == '-')
		*offset = -*offset;
	return minutes < 0 ? 3 : 5 + colon;
}

size_t when_parse(const char *text, size_t length, int64_t *out, bool *has_zone)
{
	struct when_civil civil = { 0 };
	size_t at = 19, zone_length;

	if (length < at || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
		return 0;
	if (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
		return 0;
	civil.year = digits(text, length, 0, 4);
	civil.month = digits(text, length, 5, 2);
	civil.day = digits(text, length, 8, 2);
	civil.hour = digits(text, length, 11, 2);
	civil.minute = digits(text, length, 14, 2);
	civil.second = digits(text, length, 17, 2);
	at += fraction(text, length, at, &civil.nanosecond);
	zone_length = zone(text, length, at, &civil.offset);
	if (when_from_civil(&civil, out) < 0)
		return 0;
	if (has_zone != NULL)
		*has_zone = zone_length > 0;
	return at + zone_length;
}

const char *when_format(int64_t time, char buffer[WHEN_TEXT])
{
	struct when_civil civil;
	int64_t part;
	int width = 9;

	if (time == TIME_NONE)
		return strcpy(buffer, "-");
	when_to_civil(time, &civil);
	part = civil.nanosecond;
	while (width > 0 && part % 1000 == 0) {
		part /= 1000;
		width -= 3;
	}
	snprintf(buffer, WHEN_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", civil.year % 10000,
		civil.month % 100, civil.day % 100, civil.hour % 100, civil.minute % 100,
		civil.second % 100);
	if (width > 0)
		snprintf(buffer + 19, WHEN_TEXT - 19, ".%0*d", width, (int)part);
	strcat(buffer, "Z");
	return buffer;
}

int when_parse_offset(const char *text, int64_t *seconds)
{
	size_t length = strlen(text);

	if (strcmp(text, "UTC") == 0) {
		*seconds = 0;
		return 0;
	}
	return length > 0 && zone(text, length, 0, seconds) == length ? 0 : -1;
}

int64_t when_difference(int64_t later, int64_t earlier)
{
	int64_t result;

	if (__builtin_sub_overflow(later, earlier, &result))
		return later > earlier ? INT64_MAX : INT64_MIN;
	return result;
}

int when_parse_moment(const char *text, int64_t *out)
{
	char whole[48];

	if (strlen(text) > 32)
		return -1;
	snprintf(whole, sizeof(whole), "%s%s", text, strlen(text) == 10 ? "T00:00:00Z" : "");
	return when_parse(whole, strlen(whole), out, NULL) == strlen(whole) ? 0 : -1;
}
