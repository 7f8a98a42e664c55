/* Typed masks, one recogniser a type, tried in order at every beginning of a word. */
#include "reason/mask.h"

#include <ctype.h>
#include <string.h>

#define MASK_INPUT 400 /* bytes of a line that are looked at */

struct rest {
	const char *at;
	size_t left;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t span(struct rest rest, bool (*is)(char))
{
	size_t length = 0;

	while (length < rest.left && is(rest.at[length]))
		length++;
	return length;
}

static size_t uuid(struct rest rest)
{
	static const char form[] = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
	size_t length = sizeof(form) - 1;

	if (rest.left < length)
		return 0;
	for (size_t i = 0; i < length; i++)
		if (form[i] == 'h' ? !is_hex(rest.at[i]) : rest.at[i] != '-')
			return 0;
	return length;
}

static size_t date_and_time(struct rest rest)
{
	int64_t time;

	return when_parse(rest.at, rest.left, &time, NULL);
}

/* "12:34:56" and what follows of it. */
static size_t time_of_day(struct rest rest)
{
	static const char form[] = "dd:dd:dd";
	size_t length = sizeof(form) - 1;

	if (rest.left < length)
		return 0;
	for (size_t i = 0; i < length; i++)
		if (form[i] == 'd' ? !is_digit(rest.at[i]) : rest.at[i] != form[i])
			return 0;
	while (length < rest.left &&
		(is_digit(rest.at[length]) || rest.at[length] == '.' || rest.at[length] == ','))
		length++;
	return length;
}

static size_t address(struct rest rest)
{
	struct rest digits = { rest.at + 2, rest.left - 2 };
	size_t length;

	if (rest.left < 4 || rest.at[0] != '0' || rest.at[1] != 'x')
		return 0;
	length = span(digits, is_hex);
	return length >= 2 ? length + 2 : 0;
}

static size_t ip(struct rest rest)
{
	size_t at = 0, length;

	for (int part = 0; part < 4; part++) {
		struct rest digits = { rest.at + at, rest.left - at };

		length = span(digits, is_digit);
		if (length == 0 || length > 3)
			return 0;
		at += length;
		if (part < 3 && (at >= rest.left || rest.at[at++] != '.'))
			return 0;
	}
	if (at + 1 < rest.left && rest.at[at] == ':' && is_digit(rest.at[at + 1]))
		at += 1 + span((struct rest){ rest.at + at + 1, rest.left - at - 1 }, is_digit);
	return at;
}

/* Eight hexadecimal digits or more, with letters and digits among them. */
static size_t hexadecimal(struct rest rest)
{
	size_t length = span(rest, is_hex), digits = 0;

	if (length < 8 || (length < rest.left && is_word(rest.at[length])))
		return 0;
	for (size_t i = 0; i < length; i++)
		digits += is_digit(rest.at[i]);
	return digits > 0 && digits < length ? length : 0;
}

/* Four digits or more, or a fraction: those of three are status codes, smaller ones are counts. */
static size_t number(struct rest rest)
{
	size_t length = span(rest, is_digit), fraction;

	if (length == 0)
		return 0;
	if (length + 1 < rest.left && rest.at[length] == '.' && is_digit(rest.at[length + 1])) {
		fraction = span(
			(struct rest){ rest.at + length + 1, rest.left - length - 1 }, is_digit);
		return length + 1 + fraction;
	}
	return length >= 4 ? length : 0;
}

static bool is_path(char c)
{
	return is_word(c) || strchr("/\\.-+@%~", c) != NULL;
}

/* A file's path: from a drive, or of three parts and more with a suffix at the end. */
static size_t path(struct rest rest)
{
	bool drive = rest.left > 3 && isalpha((unsigned char)rest.at[0]) && rest.at[1] == ':' &&
		     (rest.at[2] == '\\' || rest.at[2] == '/');
	struct rest body = { rest.at + (drive ? 2 : 0), rest.left - (drive ? 2 : 0) };
	size_t length, slashes = 0, dot = 0;

	if (body.left == 0 || (!drive && *body.at != '/' && *body.at != '.'))
		return 0;
	length = span(body, is_path);
	for (size_t i = 0; i < length; i++) {
		slashes += body.at[i] == '/' || body.at[i] == '\\';
		dot = body.at[i] == '.' ? i : dot;
	}
	if (slashes < 2 || dot == 0 || length - dot > 6 || dot + 1 >= length)
		return 0;
	return length + (drive ? 2 : 0);
}

/* A quoted word of eight characters or more that holds digits: an id, not a name. */
static size_t quoted_id(struct rest rest)
{
	size_t length = 1, digits = 0;

	if (rest.at[0] != '\'' && rest.at[0] != '"')
		return 0;
	while (length < rest.left && (is_word(rest.at[length]) || rest.at[length] == '-'))
		digits += is_digit(rest.at[length++]);
	if (length < 9 || digits < 4 || length >= rest.left || rest.at[length] != rest.at[0])
		return 0;
	return length + 1;
}

static const struct {
	const char *mask;
	size_t (*match)(struct rest rest);
} masks[] = {
	{ "<time>", date_and_time },
	{ "<time>", time_of_day },
	{ "<uuid>", uuid },
	{ "<addr>", address },
	{ "<ip>", ip },
	{ "<id>", quoted_id },
	{ "<path>", path },
	{ "<hex>", hexadecimal },
	{ "<n>", number },
};

static size_t mask_at(struct rest rest, const char **mask)
{
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		size_t length = masks[i].match(rest);

		if (length > 0) {
			*mask = masks[i].mask;
			return length;
		}
	}
	return 0;
}

char *mask_text(TALLOC_CTX *mem, const char *text, size_t length)
{
	size_t end = utf8_cut(text, length, MASK_INPUT), out = 0, step;
	/* the longest mask takes the place of four bytes or more, or of two ("/a/b.c" is six) */
	char *masked = mem_array(mem, char, 3 * end + 8);
	const char *mask;

	for (size_t at = 0; at < end; at += step) {
		bool begins = at == 0 || !is_word(text[at - 1]);

		step = begins ? mask_at((struct rest){ text + at, end - at }, &mask) : 0;
		if (step > 0) {
			memcpy(masked + out, mask, strlen(mask));
			out += strlen(mask);
			continue;
		}
		step = 1;
		if (!isspace((unsigned char)text[at]))
			masked[out++] = text[at];
		else if (out > 0 && masked[out - 1] != ' ')
			masked[out++] = ' ';
	}
	while (out > 0 && masked[out - 1] == ' ')
		out--;
	masked[out] = '\0';
	return masked;
}
