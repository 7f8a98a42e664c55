/* Part of base.h: times are nanoseconds since 1970-01-01T00:00:00Z, from 1678 to 2262. */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TIME_NONE INT64_MIN
#define WHEN_SECOND INT64_C(1000000000)
#define WHEN_TEXT 36 /* bytes that when_format needs */
struct when_civil {
	int year, month, day, hour, minute, second; /* month and day from 1; second to 60 */
	int64_t nanosecond;
	int64_t offset; /* seconds east of UTC */
};
/* 0 and *OUT, or -1 where a field or the result is out of range; *OUT is then left alone. */
int when_from_civil(const struct when_civil *civil, int64_t *out);
void when_to_civil(int64_t time, struct when_civil *out); /* in UTC */
/*
 * RFC 3339 at the beginning of TEXT ("T" or blank between, any fraction, zone optional).
 * The bytes read, or 0. *HAS_ZONE (may be NULL) says whether it had one; without one it is UTC.
 */
size_t when_parse(const char *text, size_t length, int64_t *out, bool *has_zone);
/* The whole of TEXT: such a time, or a day, "2026-01-31", which is its beginning. 0 or -1. */
int when_parse_moment(const char *text, int64_t *out);
/* RFC 3339 in UTC, with 0, 3, 6 or 9 digits as needed; TIME_NONE gives "-". Returns BUFFER. */
const char *when_format(int64_t time, char buffer[WHEN_TEXT]);
/* A Go duration ("1m30s", "-1.5h", "250ms") in nanoseconds; 0, or -1 where it is none. */
int when_parse_duration(const char *text, int64_t *out);
/* The same the other way: "1m30s", "0.25s". Returns BUFFER. */
const char *when_format_duration(int64_t duration, char buffer[WHEN_TEXT]);
/* "+07:00", "-0700", "UTC", "Z" to seconds east of UTC; 0, or -1 where it is none. */
int when_parse_offset(const char *text, int64_t *seconds);
/* A difference that cannot overflow: it stops at the ends of int64. */
int64_t when_difference(int64_t later, int64_t earlier);

#endif
