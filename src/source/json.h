/* JSON in memory, by skipping: values are pieces of the input, taken apart only where asked. */
#ifndef SOURCE_JSON_H
#define SOURCE_JSON_H

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "source/draft.h"

/* A value as it stands in the input, without blanks around it; LENGTH 0: there is none. */
struct json {
	const char *text;
	size_t length;
};

/* Where the string that begins at AT (its quote) ends, behind its closing quote; 0: nowhere. */
size_t json_string_end(const char *text, size_t length, size_t at);
/* The bytes from AT on up to a quote, a backslash or a newline: sixteen or eight at a time. */
static inline size_t json_plain(const char *text, size_t length, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t begin = at;

#ifdef __SSE2__
	for (; at + 16 <= length; at += 16) {
		__m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		__m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
		__m128i escape = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
		__m128i newline = _mm_cmpeq_epi8(block, _mm_set1_epi8('\n'));
		int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, escape), newline));

		if (found != 0)
			return at - begin + (size_t)__builtin_ctz((unsigned)found);
	}
#endif
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
/*
 * Where the value ends that begins at AT and is a string without escapes, or a number, true, false
 * or null with what may follow it; 0: it is not that simple, or not there as a whole.
 */
size_t json_simple(const char *text, size_t length, size_t at);
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
static inline char json_kind(struct json value)
{
	return value.length > 0 ? value.text[0] : '\0';
}
/* Whether there is something in it: not null, not an empty string. */
static inline bool json_has(struct json value)
{
	if (value.length == 0 || (value.length == 2 && value.text[0] == '"'))
		return false;
	return value.length != 4 || memcmp(value.text, "null", 4) != 0;
}
/* Add the characters of a string, or what is written where it is none. */
void json_decode(struct json value, struct draft *draft);
/* Add the value without the blanks between its parts. */
void json_compact(struct json value, struct draft *draft);

#endif
