/* Telling statuses from other numbers. */
#include "reason/status.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The words before a number that make it the status of a response. */
static bool tells_status(const char *line, size_t at)
{
	static const char *const words[] = { "http", "status", "code", ": ", "[", "failed" };
	char before[20];
	size_t length = at < sizeof(before) - 1 ? at : sizeof(before) - 1;

	for (size_t i = 0; i < length; i++)
		before[i] = (char)tolower((unsigned char)line[at - length + i]);
	before[length] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(before, words[i]) != NULL)
			return true;
	return false;
}

/* Does a number stand at AT that may be a status, and nothing else beside it? */
static bool is_number(const char *line, size_t length, size_t at)
{
	bool digits = line[at] >= '1' && line[at] <= '5' && isdigit((unsigned char)line[at + 1]) &&
		      isdigit((unsigned char)line[at + 2]);

	return digits && (at == 0 || (!is_word(line[at - 1]) && line[at - 1] != '.')) &&
	       (at + 3 == length || (!is_word(line[at + 3]) && line[at + 3] != '.'));
}

static int value_of(const char *digits)
{
	return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
}

int status_next(const char *line, size_t length, size_t *at)
{
	for (size_t i = *at; i + 3 <= length; i++) {
		if (!is_number(line, length, i) || !tells_status(line, i))
			continue;
		*at = i + 3;
		return value_of(line + i);
	}
	return 0;
}

/* Those that services send; numbers of other things are seldom among them. */
static bool is_known(int status)
{
	static const int known[] = { 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400,
		401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415, 422, 425, 426, 429, 431,
		500, 501, 502, 503, 504, 505, 507, 511 };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i] == status)
			return true;
	return false;
}

static bool has(const char *text, size_t length, const char *word)
{
	return memmem(text, length, word, strlen(word)) != NULL;
}

/* Which of two numbers was answered: 1, the first; 2, the second; 0: they are not compared. */
static int answered(const char *line, size_t first, size_t second)
{
	static const char *const signs[] = { " == ", " != ", " in (", " in [", " in {" };
	static const char *const answers[] = { "got", "received", "was", "actual", "found" };
	const char *between = line + first + 3;
	size_t length = second - first - 3;

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (length == strlen(signs[i]) && memcmp(between, signs[i], length) == 0)
			return has(line, first, "assert") ? 1 : 0;
	if (has(between, length, "xpected"))
		return 1;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (has(line, first, "xpected") && has(between, length, answers[i]))
			return 2;
	return 0;
}

int status_compared(const char *line, size_t length)
{
	size_t first = SIZE_MAX;
	int left, right, which;

	for (size_t i = 0; i + 3 <= length; i++) {
		if (!is_number(line, length, i))
			continue;
		if (first == SIZE_MAX) {
			first = i;
			continue;
		}
		left = value_of(line + first);
		right = value_of(line + i);
		which = answered(line, first, i);
		if (is_known(left) && is_known(right) && (left >= 400) != (right >= 400) && which)
			return which == 1 ? left : right;
		first = i;
	}
	return 0;
}
