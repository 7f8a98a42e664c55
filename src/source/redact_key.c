/* Keys in pieces; PEM after RFC 7468: lines of 64 characters, in practice up to 76. */
#include "source/redact_key.h"

#include <string.h>

#define LINE_MIN 32 /* characters that are no word, nor a digest that stands in a key's place */
#define QUIET_MAX 8 /* texts of others between two lines of a key */
#define PIECE_MIN 16
#define HEAD_MAX 64 /* bytes from "BEGIN" to "PRIVATE KEY" and behind */
#define PEM_MAX 16384 /* bytes of a key: RSA of 8192 bits has 6400 */

static bool is_base64(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '+' || c == '/';
}

static bool is_of_token(char c)
{
	return is_base64(c) || c == '-' || c == '_' || c == '.' || c == '=';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Behind "BEGIN RSA PRIVATE KEY-----" at AT, or "END ..." after MARK; 0: it is something else. */
static size_t behind(const struct redact_text *in, size_t at, const char *mark)
{
	const char *text = in->text + at;
	size_t left = in->length - at, size = left < HEAD_MAX ? left : HEAD_MAX, dashes = 0;
	const char *word = memmem(text, size, "PRIVATE KEY", 11);

	if (word == NULL || memcmp(text, mark, strlen(mark)) != 0)
		return 0;
	for (const char *c = text; c < word; c++)
		if (!is_upper(*c) && *c != ' ' && !(*c >= '0' && *c <= '9'))
			return 0;
	at += (size_t)(word - text) + 11;
	if (in->length - at >= 6 && memcmp(in->text + at, " BLOCK", 6) == 0)
		at += 6;
	for (; at < in->length && dashes < 6 && strchr("- ", in->text[at]) != NULL; at++)
		dashes++;
	return dashes >= 2 ? at : 0;
}

/* The bytes at AT of an end of line, escaped or not, or of a blank; 0: there is none. */
static size_t blank_at(const struct redact_text *in, size_t at)
{
	size_t slashes = 0;

	if (at < in->length && in->text[at] != '\0' && strchr(" \t\r\n", in->text[at]) != NULL)
		return 1;
	while (slashes < 3 && at + slashes < in->length && in->text[at + slashes] == '\\')
		slashes++;
	at += slashes;
	return slashes > 0 && at < in->length && strchr("nrt", in->text[at]) != NULL &&
			       in->text[at] != '\0'
		       ? slashes + 1
		       : 0;
}

/* "Proc-Type: 4,ENCRYPTED" and the like, which stand before the body: RFC 1421. */
static size_t header_at(const struct redact_text *in, size_t at)
{
	size_t end = at;

	if (at >= in->length || !is_upper(in->text[at]))
		return 0;
	while (end < in->length && end - at < 16 && is_of_token(in->text[end]))
		end++;
	if (end + 1 >= in->length || in->text[end] != ':' || in->text[end + 1] != ' ')
		return 0;
	while (end < in->length && end - at < 120 && in->text[end] != '\n' && in->text[end] != '\\')
		end++;
	return end - at;
}

/* The end of a body that breaks off; AT where there is none. */
static size_t torn_end(const struct redact_text *in, size_t at)
{
	size_t end = at, run = 0, size;

	for (int lines = 0; lines < 32; lines++) {
		size = blank_at(in, end);
		if (size == 0)
			size = header_at(in, end);
		if (size == 0)
			break;
		end += size;
	}
	while (end + run < in->length && is_base64(in->text[end + run]))
		run++;
	if (run < PIECE_MIN)
		return at;
	while (end < in->length) {
		size = is_base64(in->text[end]) || in->text[end] == '=' ? 1 : blank_at(in, end);
		if (size == 0)
			break;
		end += size;
	}
	return end;
}

/* Capitals, small letters and digits: no word, and no digest in hexadecimal. */
static bool is_mixed(const char *text, size_t length)
{
	bool lower = false, upper = false, other = false;

	for (size_t i = 0; i < length; i++) {
		lower |= text[i] >= 'g' && text[i] <= 'z';
		upper |= text[i] >= 'A' && text[i] <= 'Z';
		other |= (text[i] >= '0' && text[i] <= '9') || text[i] == '+' || text[i] == '/';
	}
	return lower && upper && other;
}

/* Back over an end of line, escaped or not, and the blanks around it. */
static size_t back_over_blanks(const struct redact_text *in, size_t at)
{
	while (at > in->done) {
		if (strchr(" \t\r\n", in->text[at - 1]) != NULL && in->text[at - 1] != '\0') {
			at--;
		} else if (at - in->done >= 2 && strchr("nrt", in->text[at - 1]) != NULL &&
			   in->text[at - 2] == '\\') {
			for (at--; at > in->done && in->text[at - 1] == '\\'; at--)
				;
		} else {
			break;
		}
	}
	return at;
}

/* What stands before the end of a key whose beginning is not there. */
static bool find_before_tail(const struct redact_text *in, size_t at, size_t *begin, size_t *end)
{
	bool known = false;

	while (at > in->done && in->text[at - 1] == '-')
		at--;
	for (*begin = *end = at;;) {
		size_t last = back_over_blanks(in, *begin), first = last;

		while (first > in->done &&
			(is_base64(in->text[first - 1]) || in->text[first - 1] == '='))
			first--;
		/* the letter of an escape is none of the line */
		if (first > in->done && in->text[first - 1] == '\\' && first < last)
			first++;
		if (last == first || (*begin < *end && last - first < PIECE_MIN) ||
			*end - first > PEM_MAX)
			return known;
		if (*begin == *end)
			*end = last;
		known |= last - first >= LINE_MIN && is_mixed(in->text + first, last - first);
		*begin = first;
	}
}

bool redact_key_pem(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	const char *body, *stop, *next;
	size_t window;

	(void)size;
	if (behind(in, at, "END ") > 0)
		return memmem(in->text, at, "BEGIN ", 6) == NULL &&
		       find_before_tail(in, at, begin, end);
	*begin = behind(in, at, "BEGIN ");
	if (*begin == 0)
		return false;
	body = in->text + *begin;
	window = in->length - *begin < PEM_MAX ? in->length - *begin : PEM_MAX;
	/* not beyond the next key: of keys without ends each would be looked through to the last */
	next = memmem(body, window, "BEGIN ", 6);
	if (next != NULL)
		window = (size_t)(next - body);
	stop = memmem(body, window, "-----END", 8);
	*end = stop != NULL ? (size_t)(stop - in->text) : torn_end(in, *begin);
	return *end > *begin;
}

void redact_key_head(struct redact_key *key, const struct redact_text *in, size_t at)
{
	size_t body;

	if (!key->open && behind(in, at, "END ") > 0 && memmem(in->text, at, "BEGIN ", 6) == NULL) {
		*key = (struct redact_key){ .open = true, .hit = true, .backward = true };
		return;
	}
	/* open, and nothing of it was seen: it cannot be any more open */
	if (key->open && !key->backward && key->number == 0)
		return;
	body = behind(in, at, "BEGIN ");
	if (body == 0 || memmem(in->text + body, in->length - body, "END ", 4) != NULL)
		return;
	/* told backwards, this is where it ends */
	if (key->open && key->backward && key->number > 0)
		return;
	*key = (struct redact_key){ .open = true, .hit = true };
}

bool redact_key_is_open(const struct redact_key *key)
{
	return key->open;
}

void redact_key_forget(struct redact_key *key)
{
	key->number = 0;
}

void redact_key_read(struct redact_key *key)
{
	key->quiet = key->hit ? 0 : key->quiet + 1;
	if (key->quiet > QUIET_MAX)
		key->open = false;
	key->hit = false;
}

/* A short last line is only known by standing right beside what it belongs to, and being no word. */
static bool is_last(
	const struct redact_key *key, const struct redact_text *in, size_t begin, size_t end)
{
	size_t rest = end, turns = 0;

	while (rest < in->length && strchr(" \n=", in->text[rest]) != NULL)
		rest++;
	if (key->quiet > 0 || (key->number == 0) != key->backward || rest < in->length)
		return false;
	for (size_t i = begin + 1; i < end; i++)
		turns += (in->text[i] >= 'a') != (in->text[i - 1] >= 'a');
	return (turns > 1 || (end < in->length && in->text[end] == '=')) &&
	       (begin == 0 || strchr(" \t|:", in->text[begin - 1]) != NULL);
}

/* "-----END", or "-----BEGIN" where the last line came first. */
static bool is_closed(
	const struct redact_key *key, const struct redact_text *in, size_t at, size_t length)
{
	const char *mark = key->backward ? "BEGIN" : "END";

	if (length != strlen(mark) || memcmp(in->text + at, mark, length) != 0)
		return false;
	while (at > 0 && in->text[at - 1] == ' ')
		at--;
	return at > 0 && in->text[at - 1] == '-';
}

bool redact_key_next(
	struct redact_key *key, const struct redact_text *in, size_t at, size_t *begin, size_t *end)
{
	const char *text = in->text;

	for (*begin = at; key->open && *begin < in->length; *begin = *end + 1) {
		while (*begin < in->length && !is_base64(text[*begin]))
			++*begin;
		for (*end = *begin; *end < in->length && is_base64(text[*end]); ++*end)
			;
		if (is_closed(key, in, *begin, *end - *begin)) {
			key->open = false;
			return false;
		}
		if ((*end - *begin >= LINE_MIN && is_mixed(text + *begin, *end - *begin)) ||
			(*end > *begin && is_last(key, in, *begin, *end))) {
			while (*end < in->length && text[*end] == '=')
				++*end;
			key->hit = true;
			return true;
		}
	}
	return false;
}

size_t redact_key_wrapped(const struct redact_text *in, size_t begin, size_t end)
{
	const char *text = in->text;
	size_t at = end, next;

	while (at - begin >= PIECE_MIN && at < in->length) {
		next = at;
		if (text[next] == '\\' && next + 1 < in->length && text[next + 1] == 'n')
			next += 2;
		else if (text[next] == '\n')
			next++;
		else
			break;
		begin = next;
		while (next < in->length && is_of_token(text[next]))
			next++;
		if (next - begin < PIECE_MIN || !is_mixed(text + begin, next - begin) ||
			(next < in->length && strchr("\n\"'\\ ", text[next]) == NULL))
			break;
		end = at = next;
	}
	return end;
}
