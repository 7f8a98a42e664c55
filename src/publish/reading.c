/* Values of variables are typed by strangers: whoever opens a pull request names its branch. */
#include "publish/reading.h"

#include <string.h>

#define TEXT_MAX 255
#define URL_MAX 2000

const char *reading_clean(TALLOC_CTX *mem, const char *text)
{
	char *copy;
	size_t begin = 0, end;

	if (text == NULL)
		return NULL;
	copy = mem_strndup(mem, text, strnlen(text, URL_MAX));
	utf8_tidy(copy, strlen(copy), ' ');
	end = utf8_cut(copy, strlen(copy), TEXT_MAX);
	while (begin < end && copy[begin] == ' ')
		begin++;
	while (end > begin && copy[end - 1] == ' ')
		end--;
	return begin == end ? NULL : mem_strndup(mem, copy + begin, end - begin);
}

const char *reading_commit(TALLOC_CTX *mem, const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	if (length < 7 || length > 64 || strspn(text, "0123456789abcdefABCDEF") != length)
		return NULL;
	return mem_strdup(mem, text);
}

/* What stands between "(" and ")" of a link of Markdown, and cannot end it. */
const char *reading_url(TALLOC_CTX *mem, const char *text)
{
	static const char allowed[] = "-._~:/?#&=%+;,!@";
	size_t length = text != NULL ? strlen(text) : 0;

	if (length == 0 || length > URL_MAX ||
		(strncmp(text, "https://", 8) != 0 && strncmp(text, "http://", 7) != 0))
		return NULL;
	return reading_escape(mem, text, allowed);
}

uint64_t reading_number(const char *text)
{
	uint64_t number = 0;

	if (text == NULL || text[0] == '\0' || strlen(text) > 18)
		return 0;
	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (uint64_t)(*text - '0');
	return *text == '\0' ? number : 0;
}

const char *reading_text(const struct reading *reading, const char *name)
{
	return reading_clean(reading->mem, reading->lookup(reading->context, name));
}

bool reading_is(const struct reading *reading, const char *name, const char *value)
{
	const char *text = reading->lookup(reading->context, name);

	return text != NULL && strcasecmp(text, value) == 0;
}

static bool is_kept(char c, const char *keep)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       strchr(keep, c) != NULL;
}

char *reading_escape(TALLOC_CTX *mem, const char *text, const char *keep)
{
	char *out = mem_array(mem, char, 3 * strlen(text) + 1), *end = out;

	for (; *text != '\0'; text++)
		if (is_kept(*text, keep))
			*end++ = *text;
		else
			end += sprintf(end, "%%%02X", (unsigned char)*text);
	return out;
}
