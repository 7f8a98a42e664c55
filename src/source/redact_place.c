/* Addresses of mail after RFC 5322 as far as they are written in logs; IP after RFC 6890. */
#include "source/redact_place.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_local(char c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '%' || c == '+' ||
	       c == '-';
}

/* A domain at AT whose last label is of letters; its length, or 0. */
static size_t domain(const char *text, size_t length, size_t at)
{
	size_t begin = at, last = 0, letters = 0;

	for (; at < length && at - begin < 255; at++) {
		char c = text[at];

		if (c == '.' && (at == begin || text[at - 1] == '.'))
			break;
		if (c == '.')
			last = at;
		else if (!is_letter(c) && !is_digit(c) && c != '-')
			break;
	}
	if (at > begin && text[at - 1] == '.') {
		/* the full stop of a sentence */
		at--;
		for (last = at; last > begin && text[last] != '.'; last--)
			;
		if (text[last] != '.' || last == at)
			for (last = at - 1; last > begin && text[last] != '.'; last--)
				;
	}
	if (last <= begin)
		return 0;
	for (size_t i = last + 1; i < at; i++)
		letters += is_letter(text[i]);
	return letters >= 2 && letters == at - last - 1 ? at - begin : 0;
}

static bool ends_in(const char *text, size_t length, const char *end)
{
	size_t size = strlen(end);

	return length >= size && strncasecmp(text + length - size, end, size) == 0;
}

#define ACCOUNTS ".gserviceaccount.com"

/* "%22" and the like before AT, which are around an address; "%2B" is "+", and of it. */
static bool is_escape(const char *text, size_t at)
{
	return at >= 3 && text[at - 3] == '%' && is_hex(text[at - 2]) && is_hex(text[at - 1]) &&
	       strncasecmp(text + at - 2, "2b", 2) != 0;
}

static bool find_address(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	const char *text = in->text;
	size_t host = domain(text, in->length, at + size);

	*begin = at;
	while (*begin > in->done && at - *begin < 64 && is_local(text[*begin - 1]) &&
		!is_escape(text, *begin))
		--*begin;
	while (*begin < at && strchr(".-%+", text[*begin]) != NULL)
		++*begin;
	*end = at + size + host;
	return host > 0 && *begin < at;
}

bool redact_place_account(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	return find_address(in, at, size, begin, end) &&
	       ends_in(in->text + at, *end - at, ACCOUNTS);
}

bool redact_place_email(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	/* names of service accounts are needed to understand a refusal, and are nobody's */
	static const char *const others[] = { ACCOUNTS, ".png", ".jpg", ".svg", ".js", ".css",
		".py", ".go", ".json", ".yaml", ".yml", ".service", ".local", ".internal", ".ts",
		".rb", ".rs", ".java", ".html", ".git" };

	if (!find_address(in, at, size, begin, end))
		return false;
	/* a variable of a shell */
	if (*begin > 0 && strchr("$}%", in->text[*begin - 1]) != NULL)
		return false;
	/* whoever logs in: "https://user@host/"; some log in with a token as their name */
	if (*begin >= 3 && memcmp(in->text + *begin - 3, "://", 3) == 0 &&
		memchr(in->text + *begin, '%', at - *begin) == NULL &&
		!redact_value_random(in->text + *begin, at - *begin))
		return false;
	/* "git@host:path" is how everybody clones */
	if (at - *begin == 3 && memcmp(in->text + *begin, "git", 3) == 0)
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (ends_in(in->text + at, *end - at, others[i]))
			return false;
	return true;
}

bool redact_place_login(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	const char *text = in->text;

	(void)size;
	*end = *begin = at;
	while (*begin > in->done && at - *begin < REDACT_VALUE_MAX && text[*begin - 1] != ':' &&
		(unsigned char)text[*begin - 1] > 0x20 && strchr("\"'", text[*begin - 1]) == NULL)
		--*begin;
	return *begin > in->done && text[*begin - 1] == ':' && *begin < at &&
	       redact_value_password(text + *begin, at - *begin);
}

static bool is_of_token(char c)
{
	return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '~' || c == '.';
}

bool redact_place_infix(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	bool azure = size == 3;
	size_t before = azure ? 3 : 14, after = azure ? 31 : 40;

	if (at < before || at - before < in->done)
		return false;
	for (*begin = at; *begin > at - before && is_of_token(in->text[*begin - 1]); --*begin)
		;
	if (*begin > at - before)
		return false;
	*end = at + size;
	while (*end < in->length && *end - at < REDACT_VALUE_MAX && is_of_token(in->text[*end]))
		++*end;
	while (*end > at && in->text[*end - 1] == '.')
		--*end;
	return *end >= at + size + after && !redact_rules_inside_word(in->text, *begin) &&
	       redact_value_token(in->text + at + size, *end - at - size);
}

bool redact_place_suffix(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	const char *text = in->text;
	size_t wanted = text[at] == '-' ? 32 : 36;

	if (at < wanted || at - wanted < in->done)
		return false;
	for (*begin = at; *begin > at - wanted; --*begin)
		if (!is_digit(text[*begin - 1]) &&
			!(text[*begin - 1] >= 'a' && text[*begin - 1] <= 'f'))
			return false;
	*end = at + size;
	while (text[at] == '-' && *end < in->length && is_digit(text[*end]))
		++*end;
	return !redact_rules_inside_word(text, *begin) &&
	       !(*end < in->length && (is_letter(text[*end]) || is_digit(text[*end]))) &&
	       redact_value_token(text + *begin, wanted);
}

static bool is_public_v4(const unsigned char *byte)
{
	unsigned a = byte[0], b = byte[1], c = byte[2];

	if (a == 0 || a == 10 || a == 127 || a >= 224)
		return false;
	if ((a == 100 && (b & 0xc0) == 64) || (a == 169 && b == 254) ||
		(a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168))
		return false;
	if ((a == 192 && b == 0 && (c == 0 || c == 2)) || (a == 198 && (b & 0xfe) == 18))
		return false;
	return !((a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113));
}

/* 2000::/3 is all that is given out; 2001:db8::/32 and 3fff::/20 of it are for documentation. */
static bool is_public_v6(const unsigned char *byte)
{
	if ((byte[0] & 0xe0) != 0x20)
		return false;
	if (byte[0] == 0x20 && byte[1] == 0x01 && byte[2] == 0x0d && byte[3] == 0xb8)
		return false;
	return !(byte[0] == 0x3f && byte[1] == 0xff && byte[2] < 0x10);
}

/* "Chrome/120.0.0.1", "v1.2.3.4", "==1.2.3.4", "version 1.2.3.4" are versions. */
static bool is_version(const char *text, size_t begin, size_t length, size_t end)
{
	static const char *const words[] = { "version ", "version: ", "version=", "version\":\"",
		"==", "release ", "version(\"", "kernel ", "rev ", "driver ", "openssl " };
	bool slash = begin >= 2 && text[begin - 1] == '/' && text[begin - 2] != '/';

	if (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '_'))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (ends_in(text, begin, words[i]))
			return true;
	return slash && !(end < length && text[end] == ':');
}

static bool is_of_address(char c)
{
	return is_hex(c) || c == ':' || c == '.';
}

/* "192.0.2.1:80", and "::ffff:192.0.2.1", which is RFC 4291's way to write the same; the length. */
static size_t without_port(const char *text, size_t *begin, size_t length)
{
	const char *dot = memchr(text + *begin, '.', length);
	const char *colon = memchr(text + *begin, ':', length), *last;

	if (dot == NULL || colon == NULL)
		return length;
	if (dot < colon)
		return (size_t)(colon - text) - *begin;
	last = memrchr(text + *begin, ':', (size_t)(dot - text) - *begin);
	length -= (size_t)(last + 1 - text) - *begin;
	*begin = (size_t)(last + 1 - text);
	colon = memchr(text + *begin, ':', length);
	return colon != NULL ? (size_t)(colon - text) - *begin : length;
}

bool redact_place_ip(const struct redact_text *in, size_t at, size_t *begin, size_t *end)
{
	const char *text = in->text;
	char copy[INET6_ADDRSTRLEN];
	unsigned char bytes[16];

	for (*begin = at; *begin < in->length; *begin = *end) {
		size_t length;

		while (*begin < in->length && !is_hex(text[*begin]))
			++*begin;
		for (*end = *begin; *end < in->length && is_of_address(text[*end]); ++*end)
			;
		length = *end - *begin;
		if (redact_rules_inside_word(text, *begin) ||
			(*begin > 0 && text[*begin - 1] == '.'))
			continue;
		while (length > 0 && strchr(".:", text[*begin + length - 1]) != NULL)
			length--;
		length = without_port(text, begin, length);
		if (length < 7 || length >= sizeof(copy) ||
			(*end < in->length && (is_letter(text[*end]) || text[*end] == '_')))
			continue;
		memcpy(copy, text + *begin, length);
		copy[length] = '\0';
		if ((inet_pton(AF_INET, copy, bytes) == 1 && is_public_v4(bytes) &&
			    !is_version(text, *begin, in->length, *begin + length)) ||
			(inet_pton(AF_INET6, copy, bytes) == 1 && is_public_v6(bytes))) {
			*end = *begin + length;
			return true;
		}
	}
	return false;
}
