/* JSON in memory, by skipping: values are pieces of the input, taken apart only where asked. */
#ifndef SOURCE_JSON_H
#define SOURCE_JSON_H

#include <string.h>

#include "source/draft.h"

/* A value as it stands in the input, without blanks around it; LENGTH 0: there is none. */
struct json {
	const char *text;
	size_t length;
};

/* Where the string that begins at AT (its quote) ends, behind its closing quote; 0: nowhere. */
size_t json_string_end(const char *text, size_t length, size_t at);
/* The bytes from AT on up to a quote, a backslash or a newline: eight at a time. */
static inline size_t json_plain(const char *text, size_t length, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t begin = at;

	for (; at + 8 <= length; at += 8) {
		uint64_t word, quote, escape, newline;

		memcpy(&word, text + at, 8);
		quote = word ^ (ones * '"');
		escape = word ^ (ones * '\\');
		newline = word ^ (ones * '\n');
		/* a byte that was zero has its high bit set; bytes before the first are right */
		quote = ((quote - ones) & ~quote) | ((escape - ones) & ~escape) |
			((newline - ones) & ~newline);
		quote &= high;
		if (quote != 0 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
			return at - begin + (size_t)__builtin_ctzll(quote) / 8;
		if (quote != 0)
			break;
	}
	while (at < length && text[at] != '"' && text[at] != '\\' && text[at] != '\n')
		at++;
	return at - begin;
}
/* The value at the beginning of TEXT, blanks before it left out; false where it is broken. */
bool json_value(const char *text, size_t length, struct json *out);
/*
 * The member of OBJECT at *AT (0 for the first), which moves on. KEY is without its quotes, as
 * written. 1: there is one. 0: there is no more. -1: it is broken.
 */
int json_member(struct json object, size_t *at, struct json *key, struct json *value);
/* The same for the elements of an array. */
int json_element(struct json array, size_t *at, struct json *value);
/* The first character of the value; NUL where there is none. */
char json_kind(struct json value);
/* Whether there is something in it: not null, not an empty string. */
bool json_has(struct json value);
/* Add the characters of a string, or what is written where it is none. */
void json_decode(struct json value, struct draft *draft);
/* Add the value without the blanks between its parts. */
void json_compact(struct json value, struct draft *draft);

#endif
