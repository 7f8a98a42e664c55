/* Keys and their values; see redact_pair.h. */
#include "source/redact_pair.h"

#include <string.h>
#include <strings.h>

#define QUOTED_MAX 16384 /* bytes in which the quote that ends a value is looked for */
#define BLANKS 8 /* between a key and its value */

struct spelling {
	const char *text;
	enum redact_separator separator;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

static char char_at(const struct redact_pair *pair, size_t at)
{
	return at < pair->in->length ? pair->in->text[at] : '\0';
}

bool redact_pair_take(struct redact_pair *pair, const char *text)
{
	size_t size = strlen(text);

	if (pair->in->length - pair->at < size ||
		strncasecmp(pair->in->text + pair->at, text, size) != 0)
		return false;
	pair->at += size;
	return true;
}

size_t redact_pair_blanks(struct redact_pair *pair)
{
	size_t count = 0;

	while (count < BLANKS &&
		(char_at(pair, pair->at) == ' ' || char_at(pair, pair->at) == '\t')) {
		pair->at++;
		count++;
	}
	return count;
}

/* A quote with the backslashes before it; 0: there is none. The bytes of it. */
static size_t quote_at(const struct redact_pair *pair, size_t at, char *quote, size_t *slashes)
{
	static const char *const entities[] = { "&quot;", "&#34;", "&#39;", "&#039;", "&#x27;",
		"%22", "%27", "\\u0022", "\\u0027" };
	const char *text = pair->in->text + at;
	size_t left = pair->in->length - at;

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (left >= strlen(entities[i]) &&
			strncasecmp(text, entities[i], strlen(entities[i])) == 0) {
			*quote = '\0';
			*slashes = i;
			return strlen(entities[i]);
		}
	*slashes = 0;
	while (*slashes < 7 && char_at(pair, at + *slashes) == '\\')
		++*slashes;
	*quote = char_at(pair, at + *slashes);
	return *quote == '"' || *quote == '\'' || *quote == '`' ? *slashes + 1 : 0;
}

/* Where the key ends: what may follow its word is "_KEY", "_2" and the like, and no other word. */
static bool take_key(struct redact_pair *pair, size_t size)
{
	static const char *const endings[] = { "key_base", "key", "value", "base64", "b64", "hash",
		"string", "prod", "production", "dev", "staging", "test", "live", "new", "old",
		"current", "plain", "raw", "confirmation", "confirm", "data", "s" };

	pair->at = pair->key + size;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t back = pair->at;
		char c = char_at(pair, pair->at);

		if (c == '_' || c == '-' || (c == ' ' && i == 0))
			pair->at++;
		if (redact_pair_take(pair, endings[i]) && !is_letter(char_at(pair, pair->at)))
			break;
		pair->at = back;
	}
	if (char_at(pair, pair->at) == '_' && char_at(pair, pair->at + 1) >= '0' &&
		char_at(pair, pair->at + 1) <= '9')
		pair->at++;
	for (int digits = 0;
		digits < 2 && char_at(pair, pair->at) >= '0' && char_at(pair, pair->at) <= '9';
		digits++)
		pair->at++;
	return !is_word(char_at(pair, pair->at));
}

/* Whether the key is that of an option: "--db-password". */
static bool is_flag(const struct redact_pair *pair)
{
	const char *text = pair->in->text;
	size_t at = pair->key;

	while (at > 0 && pair->key - at < 64 && (is_word(text[at - 1]) || text[at - 1] == '-'))
		at--;
	return pair->key - at < 64 && text[at] == '-' && (at == 0 || !is_word(text[at - 1])) &&
	       (text[at + 1] == '-' || is_letter(text[at + 1]));
}

/* "setx DB_PASSWORD hunter2", "ENV DB_PASSWORD hunter2": by a command whose arguments they are. */
static bool is_set(const struct redact_pair *pair)
{
	static const char *const commands[] = { "setx ", "setenv ", "ENV " };
	const char *text = pair->in->text;
	size_t at = pair->key;

	while (at > 0 && pair->key - at < 64 && is_word(text[at - 1]))
		at--;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		size_t size = strlen(commands[i]);

		if (at >= size && memcmp(text + at - size, commands[i], size) == 0)
			return at == size || !is_word(text[at - size - 1]);
	}
	return false;
}

/* "<password>", also with a prefix of a namespace. */
static bool is_tag(const struct redact_pair *pair)
{
	const char *text = pair->in->text;
	size_t at = pair->key;

	while (at > 0 && pair->key - at < 64 &&
		(is_word(text[at - 1]) || strchr("-:.", text[at - 1]) != NULL))
		at--;
	return at > 0 &&
	       (text[at - 1] == '<' || (at >= 4 && memcmp(text + at - 4, "&lt;", 4) == 0));
}

/* Behind "(" and a quote. */
static bool is_in_tuple(const struct redact_pair *pair)
{
	const char *text = pair->in->text;
	size_t at = pair->key;

	while (at > 0 && pair->key - at < 64 && (is_word(text[at - 1]) || text[at - 1] == '-'))
		at--;
	if (at == 0 || (text[at - 1] != '"' && text[at - 1] != '\''))
		return false;
	for (at--; at > 0 && (text[at - 1] == '\\' || text[at - 1] == 'b'); at--)
		;
	return at > 0 && text[at - 1] == '(';
}

/*
 * {"name": "DB_PASSWORD", "value": "..."} and <add key="ApiKey" value="..."/>; in YAML on a line of
 * its own, which begins like the line of the name or further to the right.
 */
static void take_value_key(struct redact_pair *pair)
{
	size_t back = pair->at, slashes;
	char quote;

	redact_pair_blanks(pair);
	pair->named = redact_pair_take(pair, "\n") || redact_pair_take(pair, "\\n");
	if (pair->named || redact_pair_take(pair, ","))
		while (redact_pair_blanks(pair) > 0)
			;
	pair->at += quote_at(pair, pair->at, &quote, &slashes);
	if (redact_pair_take(pair, "value") && !is_word(char_at(pair, pair->at)))
		pair->at += quote_at(pair, pair->at, &quote, &slashes);
	else
		pair->at = back;
}

static bool take_separator(struct redact_pair *pair)
{
	static const struct spelling spellings[] = { { "=>", SEPARATOR_EQUALS },
		{ ":=", SEPARATOR_EQUALS }, { "=", SEPARATOR_EQUALS }, { ":", SEPARATOR_COLON },
		{ "%3d", SEPARATOR_ENCODED }, { "%3a", SEPARATOR_ENCODED },
		{ "\\u003d", SEPARATOR_EQUALS }, { "&#61;", SEPARATOR_EQUALS } };
	size_t slashes, blanks;
	char quote;

	size_t size = quote_at(pair, pair->at, &quote, &slashes);

	pair->at += size;
	pair->key_quoted = size > 0;
	pair->tuple = size > 0 && is_in_tuple(pair);
	take_value_key(pair);
	if (char_at(pair, pair->at) == ']') {
		pair->at++;
		pair->tuple = false;
	}
	if (is_tag(pair) && (redact_pair_take(pair, ">") || redact_pair_take(pair, "&gt;"))) {
		pair->separator = SEPARATOR_TAG;
		return true;
	}
	blanks = redact_pair_blanks(pair);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (redact_pair_take(pair, spellings[i].text)) {
			pair->separator = spellings[i].separator;
			/* a comparison, or a path of C++ */
			return char_at(pair, pair->at) != '=' && char_at(pair, pair->at) != ':';
		}
	if ((pair->tuple || (pair->key_quoted && is_flag(pair))) && redact_pair_take(pair, ",")) {
		pair->separator = SEPARATOR_COLON;
		redact_pair_blanks(pair);
		return quote_at(pair, pair->at, &quote, &slashes) > 0;
	}
	pair->separator = SEPARATOR_SAID;
	if (blanks == 1 && !pair->key_quoted && redact_pair_take(pair, "is"))
		return redact_pair_take(pair, ": ") || redact_pair_take(pair, " ");
	pair->separator = SEPARATOR_FLAG;
	return blanks > 0 && !pair->key_quoted && (is_flag(pair) || is_set(pair)) &&
	       char_at(pair, pair->at) != '-';
}

/* The end of a value in quotes that began with QUOTE behind SLASHES backslashes; 0: not found. */
static size_t quoted_end(const struct redact_pair *pair, char quote, size_t slashes)
{
	const char *text = pair->in->text;
	size_t limit = pair->in->length - pair->begin > QUOTED_MAX ? pair->begin + QUOTED_MAX
								   : pair->in->length;

	for (size_t at = pair->begin, run = 0; at < limit; at++) {
		char other;
		size_t kind;

		if (text[at] == '\n' || text[at] == '\r')
			return 0;
		if (quote == '\0' && quote_at(pair, at, &other, &kind) > 0 && other == '\0' &&
			kind == slashes)
			return at;
		if (quote != '\0' && text[at] == quote && run <= slashes)
			return at - run;
		run = text[at] == '\\' ? run + 1 : 0;
	}
	return 0;
}

/* "export DB_PASSWORD=", "DB_PASSWORD=" at the beginning of a line: only a blank ends the value. */
static bool is_of_shell(const struct redact_pair *pair)
{
	const char *text = pair->in->text;
	size_t at = pair->key;

	if (pair->separator != SEPARATOR_EQUALS || text[pair->begin - 1] != '=')
		return false;
	while (at > 0 && pair->key - at < 64 && is_word(text[at - 1])) {
		at--;
		if (text[at] >= 'a' && text[at] <= 'z')
			return false;
	}
	return at == 0 || text[at - 1] == '\n' ||
	       (at >= 7 && memcmp(text + at - 7, "export ", 7) == 0);
}

/* The bytes that end a word without quotes; in a shell fewer do. */
static bool ends_word(unsigned char c, bool shell)
{
	static const unsigned char kinds[256] = { ['"'] = 2,
		['\''] = 2,
		['`'] = 2,
		[';'] = 2,
		['\\'] = 2,
		[','] = 1,
		['&'] = 1,
		[')'] = 1,
		['}'] = 1,
		[']'] = 1,
		['<'] = 1,
		['>'] = 1 };

	return c <= 0x20 || kinds[c] > shell;
}

size_t redact_pair_bare_end(const struct redact_pair *pair)
{
	static const char *const ends[] = { "%26", "%20", "%22", "%27", "%3B", "%7D", "%2C" };
	const char *text = pair->in->text;
	size_t limit = pair->in->length - pair->begin > REDACT_VALUE_MAX
			       ? pair->begin + REDACT_VALUE_MAX
			       : pair->in->length;
	bool shell = is_of_shell(pair);
	size_t at = pair->begin;

	for (; at < limit && !ends_word((unsigned char)text[at], shell); at++) {
		if (pair->separator != SEPARATOR_ENCODED || text[at] != '%' || limit - at < 3)
			continue;
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			if (strncasecmp(text + at, ends[i], 3) == 0)
				return at;
	}
	if (at == limit && limit < pair->in->length)
		return at;
	/* the end of a sentence */
	while (at > pair->begin && strchr(".:", text[at - 1]) != NULL)
		at--;
	return at;
}

static bool take_value(struct redact_pair *pair)
{
	size_t size, slashes, close;
	char quote;

	if (pair->separator == SEPARATOR_TAG) {
		pair->begin = pair->at;
		pair->end = redact_pair_bare_end(pair);
		return char_at(pair, pair->end) == '<' || char_at(pair, pair->end) == '&';
	}
	redact_pair_blanks(pair);
	if (char_at(pair, pair->at) == '[' || char_at(pair, pair->at) == '(')
		pair->at++;
	if (strchr("bruf", char_at(pair, pair->at) | 0x20) != NULL &&
		quote_at(pair, pair->at + 1, &quote, &slashes) > 0 &&
		pair->at + 1 < pair->in->length)
		pair->at++;
	size = quote_at(pair, pair->at, &quote, &slashes);
	pair->begin = pair->at + size;
	close = size > 0 ? quoted_end(pair, quote, slashes) : 0;
	pair->quoted = close > 0;
	pair->end = pair->quoted ? close : redact_pair_bare_end(pair);
	return pair->end > pair->begin;
}

bool redact_pair_read(
	struct redact_pair *pair, const struct redact_text *in, size_t at, size_t size)
{
	*pair = (struct redact_pair){ .in = in, .key = at };
	return take_key(pair, size) && take_separator(pair) && take_value(pair);
}
