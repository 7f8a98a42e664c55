/* Control sequences after ECMA-48, 5th edition, 5.3 to 5.6, with 7-bit and 8-bit introducers. */
#include "source/escape.h"

#include <stdbool.h>
#include <string.h>

#define STRING_MAX 4096 /* bytes of a title or a link; what is longer is no such thing */

static bool within(const char *text, size_t at, size_t length, unsigned char from, unsigned char to)
{
	return at < length && (unsigned char)text[at] >= from && (unsigned char)text[at] <= to;
}

/* Parameters, intermediate bytes, a final byte; one that breaks off ends where it breaks off. */
static size_t control_sequence(const char *text, size_t at, size_t length)
{
	while (within(text, at, length, 0x30, 0x3f))
		at++;
	while (within(text, at, length, 0x20, 0x2f))
		at++;
	return at + within(text, at, length, 0x40, 0x7e);
}

/* Up to ST or BEL; without them only the introducer goes, so that no text can vanish. */
static size_t control_string(const char *text, size_t at, size_t length)
{
	size_t stop = length - at > STRING_MAX ? at + STRING_MAX : length;

	for (size_t i = at; i < stop && text[i] != '\n'; i++) {
		if (text[i] == '\a')
			return i + 1;
		if (i + 1 < stop && memcmp(text + i, "\x1b\\", 2) == 0)
			return i + 2;
		if (i + 1 < stop && memcmp(text + i, "\xc2\x9c", 2) == 0)
			return i + 2;
		/* another function: the string was none, and we look at nothing twice */
		if (text[i] == '\x1b' ||
			(text[i] == '\xc2' && within(text, i + 1, stop, 0x80, 0x9f)))
			break;
	}
	return at;
}

/* The end of the function whose introducer, ESC KIND or its C1 form, ends at AT. */
static size_t function_end(char kind, const char *text, size_t at, size_t length)
{
	if (kind == '[')
		return control_sequence(text, at, length);
	if (kind != '\0' && strchr("]PX^_", kind) != NULL)
		return control_string(text, at, length);
	return at;
}

static size_t escape(const char *text, size_t length)
{
	size_t at = 1;

	if (within(text, at, length, 0x20, 0x2f)) {
		while (within(text, at, length, 0x20, 0x2f))
			at++;
		return at + within(text, at, length, 0x30, 0x7e);
	}
	if (!within(text, at, length, 0x30, 0x7e))
		return 1;
	return function_end(text[1], text, 2, length);
}

size_t escape_length(const char *text, size_t length)
{
	unsigned char first = length > 0 ? (unsigned char)text[0] : 0;

	if (first == 0x1b)
		return escape(text, length);
	if (first == 0xc2 && within(text, 1, length, 0x80, 0x9f))
		return function_end((char)((unsigned char)text[1] - 0x40), text, 2, length);
	/* a lone 0x9b may be a letter of another encoding: only with parameters is it CSI */
	if (first == 0x9b && within(text, 1, length, '0', ';'))
		return control_sequence(text, 1, length);
	return 0;
}
