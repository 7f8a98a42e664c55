/* Which part of a line is its time, and what time that is. */
#include "source/stamp.h"

#include <string.h>

#include "source/level.h"
#include "source/stamp_formats.h"

#define PREFIX 96 /* bytes that may stand before a time */

struct stamps {
	const struct source_options *options;
	int64_t date;
	size_t last; /* the way that fitted last: it will fit again */
};

struct stamps *stamps_new(TALLOC_CTX *mem, const struct source_options *options, int64_t date)
{
	struct stamps *stamps = mem_new(mem, struct stamps);

	stamps->options = options;
	stamps->date = date;
	return stamps;
}

/* The newest year in which the time is not after the file's date, a day of slack granted. */
static int guess_year(const struct stamps *stamps, struct when_civil civil)
{
	struct when_civil date;
	int64_t time;

	if (stamps->options->year != 0)
		return stamps->options->year;
	if (stamps->date == TIME_NONE)
		return 1970;
	when_to_civil(stamps->date, &date);
	civil.year = date.year;
	if (when_from_civil(&civil, &time) == 0 && time > stamps->date + 86400 * WHEN_SECOND)
		return date.year - 1;
	return date.year;
}

static bool resolve(const struct stamps *stamps, struct stamp_fields *fields, struct stamp *out)
{
	if (!fields->has_zone)
		fields->civil.offset = stamps->options->offset;
	if (!fields->has_year)
		fields->civil.year = guess_year(stamps, fields->civil);
	out->has_zone = fields->has_zone;
	out->has_year = fields->has_year;
	return when_from_civil(&fields->civil, &out->time) == 0;
}

/* A time at AT, in any of the ways. */
static bool find_at(
	struct stamps *stamps, const char *line, size_t length, size_t at, struct stamp *out)
{
	size_t count = stamp_formats_count();
	struct stamp_fields fields;

	for (size_t i = 0; i < count; i++) {
		size_t number = (stamps->last + i) % count;
		size_t size = stamp_formats_try(number, line + at, length - at, &fields);

		if (size == 0 || !resolve(stamps, &fields, out))
			continue;
		stamps->last = number;
		out->begin = at;
		out->end = at + size;
		return true;
	}
	return false;
}

int stamps_epoch(const char *text, size_t length, int64_t *out)
{
	int64_t whole = 0, part = 0, unit = WHEN_SECOND, scale = 1;
	size_t at = 0;

	for (; at < length && text[at] >= '0' && text[at] <= '9' && at < 19; at++)
		if (__builtin_mul_overflow(whole, 10, &whole) ||
			__builtin_add_overflow(whole, text[at] - '0', &whole))
			return -1;
	/* ten digits are seconds until the year 2286, thirteen milliseconds, and so on */
	if (at < 9)
		return -1;
	for (size_t digits = 10; digits < at; digits += 3)
		unit /= 1000;
	if (at < length && text[at] == '.')
		for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++)
			if (scale < unit) {
				part = part * 10 + (text[at] - '0');
				scale *= 10;
			}
	if (at < length || unit == 0 || __builtin_mul_overflow(whole, unit, &whole))
		return -1;
	*out = whole + part * (unit / scale);
	return 0;
}

bool stamps_parse(struct stamps *stamps, const char *text, size_t length, struct stamp *out)
{
	if (find_at(stamps, text, length, 0, out))
		return true;
	out->begin = 0;
	out->end = length;
	out->has_zone = out->has_year = true;
	return stamps_epoch(text, length, &out->time) == 0;
}

static bool find_epoch(const char *line, size_t length, size_t at, struct stamp *out)
{
	size_t end = at;

	while (end < length && ((line[end] >= '0' && line[end] <= '9') || line[end] == '.'))
		end++;
	out->begin = at;
	out->end = end;
	out->has_zone = out->has_year = true;
	return end - at >= 10 && stamps_epoch(line + at, end - at, &out->time) == 0;
}

/* "ts=", "time=" and so on of logfmt, at the beginning of a word. */
static bool find_key(struct stamps *stamps, const char *line, size_t length, struct stamp *out)
{
	static const char *const keys[] = {
		"ts=", "t=", "time=", "timestamp=", "datetime=", "@timestamp=", "date="
	};
	size_t limit = length > PREFIX ? PREFIX : length;
	const char *sign = memchr(line, '=', limit);

	for (; sign != NULL; sign = memchr(sign + 1, '=', limit - (size_t)(sign + 1 - line))) {
		size_t end = (size_t)(sign - line) + 1;

		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			size_t size = strlen(keys[i]);

			if (end < size || memcmp(line + end - size, keys[i], size) != 0 ||
				(end > size && line[end - size - 1] != ' '))
				continue;
			end += end < length && line[end] == '"';
			return find_at(stamps, line, length, end, out) ||
			       find_epoch(line, length, end, out);
		}
	}
	return false;
}

/* "[10/Oct/2025:13:55:36 +0000]", as web servers put it behind the address. */
static bool find_bracket(struct stamps *stamps, const char *line, size_t length, struct stamp *out)
{
	size_t limit = length > 2 * PREFIX ? 2 * PREFIX : length;
	const char *bracket = memchr(line, '[', limit);

	while (bracket != NULL) {
		size_t at = (size_t)(bracket - line);

		if (length - at > 22 && bracket[3] == '/' && bracket[7] == '/' &&
			bracket[12] == ':')
			return find_at(stamps, line, length, at, out);
		bracket = memchr(bracket + 1, '[', limit - at - 1);
	}
	return false;
}

/* The name of a container and a bar, as docker compose puts them before each line. */
static size_t bar_prefix(const char *line, size_t length)
{
	const char *bar = memchr(line, '|', length > PREFIX ? PREFIX : length);
	size_t at = bar == NULL ? 0 : (size_t)(bar - line);

	if (at == 0 || line[at - 1] != ' ' || at + 1 >= length || line[at + 1] != ' ')
		return 0;
	return at + 2;
}

bool stamps_find(struct stamps *stamps, const char *line, size_t length, struct stamp *out)
{
	size_t prefix;

	if (length < 14)
		return false;
	if (find_at(stamps, line, length, 0, out))
		return true;
	/* a continuation line is indented: what looks like a time in it is none */
	if (line[0] == ' ' || line[0] == '\t')
		return false;
	prefix = level_prefix(line, length);
	if (prefix > 0 && find_at(stamps, line, length, prefix, out))
		return true;
	prefix = bar_prefix(line, length);
	if (prefix > 0 && find_at(stamps, line, length, prefix, out))
		return true;
	return find_key(stamps, line, length, out) || find_bracket(stamps, line, length, out);
}
