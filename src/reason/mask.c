/* Typed masks, one recogniser a type, tried in order at every beginning of a word. */
#include "reason/mask.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MASK_INPUT 400 /* bytes of a line that are looked at */
#define CODE_MAX 10 /* bytes of a code: "0x80070005"; what is longer is an id */

struct rest {
	const char *at;
	size_t left;
	size_t before; /* bytes of the text that stand before it */
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
	struct rest digits = { rest.at + 2, rest.left - 2, 0 };
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
		struct rest digits = { rest.at + at, rest.left - at, 0 };

		length = span(digits, is_digit);
		if (length == 0 || length > 3)
			return 0;
		at += length;
		if (part < 3 && (at >= rest.left || rest.at[at++] != '.'))
			return 0;
	}
	if (at + 1 < rest.left && rest.at[at] == ':' && is_digit(rest.at[at + 1]))
		at += 1 + span((struct rest){ rest.at + at + 1, rest.left - at - 1, 0 }, is_digit);
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

/* "errno", "exitCode": words whose number says which error it is. */
static bool is_code_word(const char *word, size_t length)
{
	static const struct {
		const char *word;
		bool whole; /* else the end of a word will do */
	} words[] = { { "code", false }, { "errno", false }, { "status", false },
		{ "signal", false }, { "sqlstate", false }, { "hresult", false }, { "exit", true },
		{ "error", true }, { "err", true }, { "rc", true } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t wanted = strlen(words[i].word);

		if (length >= wanted && (length == wanted || !words[i].whole) &&
			strncasecmp(word + length - wanted, words[i].word, wanted) == 0)
			return true;
	}
	return false;
}

/* Is it behind a word that makes it a code, with a blank or "=" and the like between? */
static bool is_code(struct rest rest)
{
	size_t end = rest.before, begin;
	const char *text = rest.at - rest.before;

	while (end > 0 && rest.before - end < 3 && strchr(" =:#(\"'", text[end - 1]) != NULL)
		end--;
	if (end == rest.before)
		return false;
	for (begin = end; begin > 0 && is_word(text[begin - 1]); begin--)
		;
	return is_code_word(text + begin, end - begin);
}

/* Four digits or more, or a fraction: those of three are status codes, smaller ones are counts. */
static size_t number(struct rest rest)
{
	size_t length = span(rest, is_digit), fraction;

	if (length == 0)
		return 0;
	if (length + 1 < rest.left && rest.at[length] == '.' && is_digit(rest.at[length + 1])) {
		fraction = span(
			(struct rest){ rest.at + length + 1, rest.left - length - 1, 0 }, is_digit);
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
	struct rest body = { rest.at + (drive ? 2 : 0), rest.left - (drive ? 2 : 0), 0 };
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

/* What redaction put in the place of a secret; its number tells secrets of one run apart. */
static size_t placeholder(struct rest rest)
{
	static const char open[] = "\xe2\x80\xb9", close[] = "\xe2\x80\xba";
	size_t length = 3;

	if (rest.left < 7 || memcmp(rest.at, open, 3) != 0)
		return 0;
	while (length < rest.left && length < 40 &&
		(is_word(rest.at[length]) || rest.at[length] == '-' || rest.at[length] == ':'))
		length++;
	return length + 3 <= rest.left && memcmp(rest.at + length, close, 3) == 0 ? length + 3 : 0;
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
	bool may_be_code; /* then it stays behind a word that says so */
} masks[] = {
	{ "<time>", date_and_time, false },
	{ "<time>", time_of_day, false },
	{ "<uuid>", uuid, false },
	{ "<addr>", address, true },
	{ "<ip>", ip, false },
	{ "<id>", quoted_id, false },
	{ "<secret>", placeholder, false },
	{ "<path>", path, false },
	{ "<hex>", hexadecimal, true },
	{ "<n>", number, true },
};

static size_t mask_at(struct rest rest, const char **mask)
{
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		size_t length = masks[i].match(rest);

		if (length > 0 && !(masks[i].may_be_code && length <= CODE_MAX && is_code(rest))) {
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

		step = begins ? mask_at((struct rest){ text + at, end - at, at }, &mask) : 0;
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

/* Up to three digits that are a word of their own, and neither a code nor an HTTP status. */
static size_t small_count(struct rest rest)
{
	size_t length = span(rest, is_digit);

	if (length == 0 || length > 3 || (length < rest.left && is_word(rest.at[length])) ||
		is_code(rest))
		return 0;
	return length == 3 && rest.at[0] >= '1' && rest.at[0] <= '5' ? 0 : length;
}

size_t mask_pieces(TALLOC_CTX *mem, const char *text, size_t length, struct mask_piece **out)
{
	size_t end = utf8_cut(text, length, MASK_INPUT), count = 0, step;
	struct mask_piece *pieces = mem_array(mem, struct mask_piece, end + 1);

	for (size_t at = 0; at < end; at += step) {
		bool begins = at == 0 || !is_word(text[at - 1]);
		struct rest rest = { text + at, end - at, at };
		const char *mask = NULL;

		step = begins ? mask_at(rest, &mask) : 0;
		if (step == 0 && begins && (step = small_count(rest)) > 0)
			mask = "<n>";
		step += step == 0;
		if (mask == NULL && count > 0 && pieces[count - 1].mask == NULL)
			pieces[count - 1].length += step;
		else
			pieces[count++] = (struct mask_piece){ at, step, mask };
	}
	*out = pieces;
	return count;
}

char *mask_kind(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct mask_piece *pieces;
	size_t count = mask_pieces(NULL, text, length, &pieces), out = 0;
	char *kind = mem_array(mem, char, 4 * (length < MASK_INPUT ? length : MASK_INPUT) + 8);

	for (size_t i = 0; i < count; i++) {
		const char *from = pieces[i].mask != NULL ? pieces[i].mask : text + pieces[i].start;
		size_t size = pieces[i].mask != NULL ? strlen(from) : pieces[i].length;

		for (size_t at = 0; at < size; at++) {
			bool blank = isspace((unsigned char)from[at]) != 0;

			if (!blank || (out > 0 && kind[out - 1] != ' '))
				kind[out++] = blank ? ' ' : from[at];
		}
	}
	talloc_free(pieces);
	while (out > 0 && kind[out - 1] == ' ')
		out--;
	kind[out] = '\0';
	return kind;
}
