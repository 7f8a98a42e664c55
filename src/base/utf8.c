/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#include "base/base.h"

static bool is_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_sequence(const char *text, size_t length)
{
	unsigned char first, second;

	if (length == 0)
		return 0;
	first = (unsigned char)text[0];
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4 || length < 2 || !is_tail(text[1]))
		return 0;
	if (first < 0xe0)
		return 2;
	second = (unsigned char)text[1];
	if (length < 3 || !is_tail(text[2]))
		return 0;
	if (first < 0xf0) {
		if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f))
			return 0;
		return 3;
	}
	if (length < 4 || !is_tail(text[3]))
		return 0;
	if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
		return 0;
	return 4;
}

size_t utf8_cut(const char *text, size_t length, size_t limit)
{
	if (length <= limit)
		return length;
	while (limit > 0 && is_tail(text[limit]))
		limit--;
	return limit;
}
