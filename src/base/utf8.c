/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#include "base/base.h"

#include <string.h>

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

size_t utf8_decode(const char *text, size_t length, uint32_t *code)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t size = utf8_sequence(text, length);

	if (size == 0) {
		*code = UTF8_NONE;
		return 1;
	}
	*code = (unsigned char)text[0] & masks[size];
	for (size_t i = 1; i < size; i++)
		*code = *code << 6 | ((unsigned char)text[i] & 0x3f);
	return size;
}

bool utf8_is_control(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x61c, 0x61c }, /* Arabic letter mark */
		{ 0x200e, 0x200f }, /* left-to-right mark, right-to-left mark */
		{ 0x2028, 0x202e }, /* separators, embeddings and overrides */
		{ 0x2066, 0x2069 }, /* isolates */
		{ 0xfeff, 0xfeff }, /* byte order mark */
		{ 0xfff9, 0xfffb }, /* interlinear annotation */
		{ 0xe0000, 0xe007f }, /* tags */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

void utf8_tidy(char *text, size_t length, char instead)
{
	for (size_t i = 0, size; i < length; i += size) {
		uint32_t code;

		size = utf8_decode(text + i, length - i, &code);
		if (code == UTF8_NONE || utf8_is_control(code))
			memset(text + i, instead, size);
	}
}

size_t utf8_json_depth(const char *text, size_t length)
{
	size_t depth = 0, deepest = 0;
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '{' || text[i] == '['))
			depth++;
		else if (!quoted && (text[i] == '}' || text[i] == ']') && depth > 0)
			depth--;
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest;
}
