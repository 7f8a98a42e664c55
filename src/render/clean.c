/* Which characters of a text may be shown. */
#include "render/clean.h"

#include <stdlib.h>
#include <string.h>

size_t clean_decode(const char *text, size_t length, uint32_t *code)
{
	size_t size = utf8_decode(text, length, code);

	if (*code == UTF8_NONE)
		*code = CLEAN_REPLACEMENT;
	return size;
}

void clean_put(FILE *out, const char *text, size_t size, uint32_t code)
{
	if (utf8_is_control(code) || code == CLEAN_REPLACEMENT)
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
