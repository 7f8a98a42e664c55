/* The characters of JSON strings. */
#include <string.h>

#include "source/json.h"

/* Four hexadecimal digits at TEXT, or -1. */
static int32_t hexadecimal(const char *text, size_t length)
{
	int32_t value = 0;

	if (length < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *digit = text[i] != '\0' ? strchr(digits, text[i]) : NULL;

		if (digit == NULL)
			return -1;
		value = value * 16 + (int32_t)((digit - digits) % 16);
	}
	return value;
}

static void add_character(struct draft *draft, uint32_t c)
{
	char bytes[4];
	size_t length;

	if (c < 0x80) {
		bytes[0] = (char)c;
		length = 1;
	} else if (c < 0x800) {
		bytes[0] = (char)(0xc0 | c >> 6);
		length = 2;
	} else if (c < 0x10000) {
		bytes[0] = (char)(0xe0 | c >> 12);
		length = 3;
	} else {
		bytes[0] = (char)(0xf0 | c >> 18);
		length = 4;
	}
	for (size_t i = 1; i < length; i++)
		bytes[i] = (char)(0x80 | (c >> 6 * (length - 1 - i) & 0x3f));
	draft_add(draft, bytes, length);
}

/* What stands behind "\u"; a lone surrogate is U+FFFD. The bytes read. */
static size_t unicode(const char *text, size_t length, struct draft *draft)
{
	int32_t first = hexadecimal(text, length), second = -1;

	if (first < 0) {
		add_character(draft, 0xfffd);
		return 0;
	}
	if (first < 0xd800 || first > 0xdfff) {
		add_character(draft, (uint32_t)first);
		return 4;
	}
	if (first < 0xdc00 && length >= 10 && text[4] == '\\' && text[5] == 'u')
		second = hexadecimal(text + 6, length - 6);
	if (second < 0xdc00 || second > 0xdfff) {
		add_character(draft, 0xfffd);
		return 4;
	}
	add_character(
		draft, 0x10000 + (((uint32_t)first - 0xd800) << 10) + ((uint32_t)second - 0xdc00));
	return 10;
}

void json_decode(struct json value, struct draft *draft)
{
	static const char names[] = "bfnrt", meant[] = "\b\f\n\r\t";
	size_t end = value.length, at = 1;

	if (json_kind(value) != '"') {
		draft_add(draft, value.text, value.length);
		return;
	}
	end--;
	while (at < end) {
		const char *name, *escape;
		size_t begin = at;

		escape = memchr(value.text + at, '\\', end - at);
		at = escape == NULL ? end : (size_t)(escape - value.text);
		draft_add(draft, value.text + begin, at - begin);
		if (at + 1 >= end)
			break;
		if (value.text[at + 1] == 'u') {
			at += 2 + unicode(value.text + at + 2, end - at - 2, draft);
			continue;
		}
		name = value.text[at + 1] != '\0' ? strchr(names, value.text[at + 1]) : NULL;
		draft_add(draft, name != NULL ? meant + (name - names) : value.text + at + 1, 1);
		at += 2;
	}
}
