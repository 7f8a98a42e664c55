/*
 * What is certain of a literal on the other side. The service folds case and composes characters
 * (NFKC), and looks into one field at a time; our text may be put together of several fields, has
 * no control characters, and secrets in it are replaced.
 */
#include <string.h>

#include "cloud/cloud.h"
#include "match/pushdown.h"

#define LEAST 4 /* bytes */

/* A part of the literal. */
struct piece {
	const char *text;
	size_t length;
};

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z');
}

/* Whether HEAD may be the end of a method; entries with others are all asked for. */
static bool ends_method(const char *head, size_t length, bool folded)
{
	for (const char *method = PUSHDOWN_METHODS; *method != '\0'; method += *method == '|') {
		const char *end = method + strcspn(method, "|");

		if ((size_t)(end - method) >= length &&
			(folded ? strncasecmp : strncmp)(end - length, head, length) == 0)
			return true;
		method = end;
	}
	return false;
}

/* The text of a request is "GET /path 503", of three fields: what may span them goes. */
static struct piece cut_request(struct piece piece, bool folded)
{
	const char *blank = memchr(piece.text, ' ', piece.length);
	size_t head = blank != NULL ? (size_t)(blank - piece.text) : 0, tail;

	if (blank != NULL && ends_method(piece.text, head, folded)) {
		piece.text += head + 1;
		piece.length -= head + 1;
	}
	tail = piece.length;
	while (tail > 0 && piece.length - tail < 3 && is_digit(piece.text[tail - 1]))
		tail--;
	if (tail > 0 && piece.text[tail - 1] == ' ')
		piece.length = tail - 1;
	return piece;
}

/* A secret's placeholder, "<token:1>" in angle quotes, is not on the other side. */
static bool is_of_placeholder(struct piece piece)
{
	static const char *const types[] = { "private-key", "password", "token", "cookie", "email",
		"key" };
	size_t digits = 0;

	while (digits < piece.length && is_digit(piece.text[piece.length - digits - 1]))
		digits++;
	/* a thousand secrets of one type would be more than chance */
	if (digits > 3)
		return false;
	piece.length -= digits;
	if (piece.length > 0 && piece.text[piece.length - 1] == ':')
		piece.length--;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (memmem(types[i], strlen(types[i]), piece.text, piece.length) != NULL)
			return true;
	return false;
}

/*
 * What ends at a place where a combining character may follow loses its last one, if that may be
 * composed with it.
 */
static void offer(struct piece piece, struct piece *best)
{
	char last = piece.length > 0 ? piece.text[piece.length - 1] : '0';

	if (!is_plain(piece.text[piece.length]) && (is_letter(last) || strchr("<=>", last) != NULL))
		piece.length--;
	if (piece.length > best->length && piece.length >= LEAST)
		*best = piece;
}

/* The text of an audit log is "method: message", of two fields. */
static void offer_parts(struct piece piece, struct piece *best)
{
	while (piece.length > 0 && piece.text[piece.length - 1] == ':')
		piece.length--;
	while (piece.length > 0 && piece.text[0] == ' ') {
		piece.text++;
		piece.length--;
	}
	for (;;) {
		const char *colon = memmem(piece.text, piece.length, ": ", 2);

		if (colon == NULL) {
			offer(piece, best);
			return;
		}
		offer((struct piece){ piece.text, (size_t)(colon - piece.text) }, best);
		piece.length -= (size_t)(colon + 2 - piece.text);
		piece.text = colon + 2;
	}
}

/* The Kelvin sign and the long s are k and s in either case, for the service too. */
static char *fold_others(TALLOC_CTX *mem, const char *text)
{
	char *copy = mem_strdup(mem, text), *out = copy;

	while (*text != '\0') {
		if (strncmp(text, "\xe2\x84\xaa", 3) == 0) {
			*out++ = 'k';
			text += 3;
		} else if (strncmp(text, "\xc5\xbf", 2) == 0) {
			*out++ = 's';
			text += 2;
		} else {
			*out++ = *text++;
		}
	}
	*out = '\0';
	return copy;
}

/* A status at the end: of a request, which has it as a number, or of a text. */
static char *status_clause(TALLOC_CTX *mem, struct piece run)
{
	const char *digits = run.text + run.length - 3;

	if (run.length < 4 || digits[-1] != ' ' || !is_digit(digits[0]) || !is_digit(digits[1]) ||
		!is_digit(digits[2]))
		return NULL;
	return mem_printf(mem, "httpRequest.status=%.3s OR \"%.3s\"", digits, digits);
}

char *pushdown_literal(TALLOC_CTX *mem, const char *text, bool folded)
{
	char *literal = folded ? fold_others(mem, text) : mem_strdup(mem, text);
	char *clause = NULL, *quoted = NULL;
	struct piece best = { literal, 0 };

	for (text = literal; *text != '\0';) {
		struct piece run = { text, 0 };

		while (is_plain(text[run.length]))
			run.length++;
		text += run.length > 0 ? run.length : 1;
		if (run.length == 0 || is_of_placeholder(run))
			continue;
		offer_parts(cut_request(run, folded), &best);
		if (clause == NULL)
			clause = status_clause(mem, run);
	}
	if (best.length > 0)
		quoted = cloud_lql_quote(mem, best.text, best.length);
	talloc_free(literal);
	if (quoted == NULL)
		return clause;
	talloc_free(clause);
	return quoted;
}
