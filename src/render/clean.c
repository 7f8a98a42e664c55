/* Which characters of a text may be shown. */
#include "render/clean.h"

#include <stdlib.h>
#include <string.h>

size_t clean_decode(const char *text, size_t length, uint32_t *code)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t size = utf8_sequence(text, length);

	if (size == 0) {
		*code = CLEAN_REPLACEMENT;
		return 1;
	}
	*code = (unsigned char)text[0] & masks[size];
	for (size_t i = 1; i < size; i++)
		*code = *code << 6 | ((unsigned char)text[i] & 0x3f);
	return size;
}

bool clean_is_control(uint32_t code)
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

void clean_put(FILE *out, const char *text, size_t size, uint32_t code)
{
	if (clean_is_control(code) || code == CLEAN_REPLACEMENT)
		fputs("\xef\xbf\xbd", out);
	else
		fwrite(text, 1, size, out);
}

size_t clean_limit(const char *text, size_t length)
{
	return length <= CLEAN_MAX ? length : utf8_cut(text, length, CLEAN_MAX);
}

bool clean_is_command(const char *text, size_t length)
{
	return length >= 3 && memcmp(text, "##[", 3) == 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void put_line(FILE *out, const char *text)
{
	size_t whole = strlen(text), length = clean_limit(text, whole), size;
	bool space = false, any = false;

	for (size_t i = 0; i < length; i += size) {
		uint32_t code;

		size = clean_decode(text + i, length - i, &code);
		if (is_space(text[i])) {
			space = any;
			continue;
		}
		if (space)
			fputc(' ', out);
		space = false;
		any = true;
		clean_put(out, text + i, size, code);
		if (i > 0 && clean_is_command(text + i - 1, length - i + 1))
			fputc(' ', out);
	}
	if (length < whole)
		fputs("\xe2\x80\xa6", out);
}

char *clean_line(TALLOC_CTX *mem, const char *text)
{
	char *line = NULL, *copy;
	size_t length = 0;
	FILE *out = mem_check(open_memstream(&line, &length));

	put_line(out, text);
	if (fclose(out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, line, length);
	free(line);
	return copy;
}
