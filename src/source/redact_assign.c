/*
 * Keys and their values, as shells, headers, JSON (escaped or not), URLs, YAML, XML and messages
 * write them. What is said of a key is no value: "token: expired", "password=None".
 */
#include "source/redact_assign.h"

#include <string.h>
#include <strings.h>

#define QUOTED_MAX 16384 /* bytes in which the quote that ends a value is looked for */
#define BLANKS 8 /* between a key and its value */

/* How the value is separated from its key, which says how far a bare word can be trusted. */
enum separator {
	SEPARATOR_NONE,
	SEPARATOR_EQUALS, /* "=", ":=", "=>" */
	SEPARATOR_COLON, /* ":", "," behind a quoted key */
	SEPARATOR_ENCODED, /* "%3D" */
	SEPARATOR_FLAG, /* a blank behind --key */
	SEPARATOR_TAG, /* "<key>" */
	SEPARATOR_SAID, /* "is" */
};

struct place {
	const struct redact_text *in;
	size_t key, at; /* where the key's trigger begins, and how far it was read */
	bool key_quoted, quoted;
	bool tuple; /* "('key', 'value')" */
	enum separator separator;
	size_t begin, end; /* of the value */
};

struct spelling {
	const char *text;
	enum separator separator;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

static char char_at(const struct place *place, size_t at)
{
	return at < place->in->length ? place->in->text[at] : '\0';
}

static bool take(struct place *place, const char *text)
{
	size_t size = strlen(text);

	if (place->in->length - place->at < size ||
		strncasecmp(place->in->text + place->at, text, size) != 0)
		return false;
	place->at += size;
	return true;
}

static size_t take_blanks(struct place *place)
{
	size_t count = 0;

	while (count < BLANKS &&
		(char_at(place, place->at) == ' ' || char_at(place, place->at) == '\t')) {
		place->at++;
		count++;
	}
	return count;
}

/* A quote with the backslashes before it; 0: there is none. The bytes of it. */
static size_t quote_at(const struct place *place, size_t at, char *quote, size_t *slashes)
{
	static const char *const entities[] = { "&quot;", "&#34;", "&#39;", "&#039;", "&#x27;",
		"%22", "%27", "\\u0022", "\\u0027" };
	const char *text = place->in->text + at;
	size_t left = place->in->length - at;

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (left >= strlen(entities[i]) &&
			strncasecmp(text, entities[i], strlen(entities[i])) == 0) {
			*quote = '\0';
			*slashes = i;
			return strlen(entities[i]);
		}
	*slashes = 0;
	while (*slashes < 7 && char_at(place, at + *slashes) == '\\')
		++*slashes;
	*quote = char_at(place, at + *slashes);
	return *quote == '"' || *quote == '\'' || *quote == '`' ? *slashes + 1 : 0;
}

/* Where the key ends: what may follow its word is "_KEY", "_2" and the like, and no other word. */
static bool take_key(struct place *place, size_t size)
{
	static const char *const endings[] = { "key_base", "key", "value", "base64", "b64", "hash",
		"string", "prod", "production", "dev", "staging", "test", "live", "new", "old",
		"current", "plain", "raw", "confirmation", "confirm", "data", "s" };

	place->at = place->key + size;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t back = place->at;
		char c = char_at(place, place->at);

		if (c == '_' || c == '-' || (c == ' ' && i == 0))
			place->at++;
		if (take(place, endings[i]) && !is_letter(char_at(place, place->at)))
			break;
		place->at = back;
	}
	if (char_at(place, place->at) == '_' && char_at(place, place->at + 1) >= '0' &&
		char_at(place, place->at + 1) <= '9')
		place->at++;
	for (int digits = 0;
		digits < 2 && char_at(place, place->at) >= '0' && char_at(place, place->at) <= '9';
		digits++)
		place->at++;
	return !is_word(char_at(place, place->at));
}

/* Whether the key is that of an option: "--db-password". */
static bool is_flag(const struct place *place)
{
	const char *text = place->in->text;
	size_t at = place->key;

	while (at > 0 && place->key - at < 64 && (is_word(text[at - 1]) || text[at - 1] == '-'))
		at--;
	return place->key - at < 64 && text[at] == '-' && (at == 0 || !is_word(text[at - 1])) &&
	       (text[at + 1] == '-' || is_letter(text[at + 1]));
}

/* "setx DB_PASSWORD hunter2", "ENV DB_PASSWORD hunter2": by a command whose arguments they are. */
static bool is_set(const struct place *place)
{
	static const char *const commands[] = { "setx ", "setenv ", "ENV " };
	const char *text = place->in->text;
	size_t at = place->key;

	while (at > 0 && place->key - at < 64 && is_word(text[at - 1]))
		at--;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		size_t size = strlen(commands[i]);

		if (at >= size && memcmp(text + at - size, commands[i], size) == 0)
			return at == size || !is_word(text[at - size - 1]);
	}
	return false;
}

/* "<password>", also with a prefix of a namespace. */
static bool is_tag(const struct place *place)
{
	const char *text = place->in->text;
	size_t at = place->key;

	while (at > 0 && place->key - at < 64 &&
		(is_word(text[at - 1]) || strchr("-:.", text[at - 1]) != NULL))
		at--;
	return at > 0 &&
	       (text[at - 1] == '<' || (at >= 4 && memcmp(text + at - 4, "&lt;", 4) == 0));
}

/* Behind "(" and a quote. */
static bool is_in_tuple(const struct place *place)
{
	const char *text = place->in->text;
	size_t at = place->key;

	while (at > 0 && place->key - at < 64 && (is_word(text[at - 1]) || text[at - 1] == '-'))
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
static void take_value_key(struct place *place)
{
	size_t back = place->at, slashes;
	char quote;

	take_blanks(place);
	if (take(place, ",") || take(place, "\n") || take(place, "\\n"))
		while (take_blanks(place) > 0)
			;
	place->at += quote_at(place, place->at, &quote, &slashes);
	if (take(place, "value") && !is_word(char_at(place, place->at)))
		place->at += quote_at(place, place->at, &quote, &slashes);
	else
		place->at = back;
}

static bool take_separator(struct place *place)
{
	static const struct spelling spellings[] = { { "=>", SEPARATOR_EQUALS },
		{ ":=", SEPARATOR_EQUALS }, { "=", SEPARATOR_EQUALS }, { ":", SEPARATOR_COLON },
		{ "%3d", SEPARATOR_ENCODED }, { "%3a", SEPARATOR_ENCODED },
		{ "\\u003d", SEPARATOR_EQUALS }, { "&#61;", SEPARATOR_EQUALS } };
	size_t slashes, blanks;
	char quote;

	size_t size = quote_at(place, place->at, &quote, &slashes);

	place->at += size;
	place->key_quoted = size > 0;
	place->tuple = size > 0 && is_in_tuple(place);
	take_value_key(place);
	if (char_at(place, place->at) == ']') {
		place->at++;
		place->tuple = false;
	}
	if (is_tag(place) && (take(place, ">") || take(place, "&gt;"))) {
		place->separator = SEPARATOR_TAG;
		return true;
	}
	blanks = take_blanks(place);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (take(place, spellings[i].text)) {
			place->separator = spellings[i].separator;
			/* a comparison, or a path of C++ */
			return char_at(place, place->at) != '=' && char_at(place, place->at) != ':';
		}
	if ((place->tuple || (place->key_quoted && is_flag(place))) && take(place, ",")) {
		place->separator = SEPARATOR_COLON;
		take_blanks(place);
		return quote_at(place, place->at, &quote, &slashes) > 0;
	}
	place->separator = SEPARATOR_SAID;
	if (blanks == 1 && !place->key_quoted && take(place, "is"))
		return take(place, ": ") || take(place, " ");
	place->separator = SEPARATOR_FLAG;
	return blanks > 0 && !place->key_quoted && (is_flag(place) || is_set(place)) &&
	       char_at(place, place->at) != '-';
}

/* The end of a value in quotes that began with QUOTE behind SLASHES backslashes; 0: not found. */
static size_t quoted_end(const struct place *place, char quote, size_t slashes)
{
	const char *text = place->in->text;
	size_t limit = place->in->length - place->begin > QUOTED_MAX ? place->begin + QUOTED_MAX
								     : place->in->length;

	for (size_t at = place->begin, run = 0; at < limit; at++) {
		char other;
		size_t kind;

		if (text[at] == '\n' || text[at] == '\r')
			return 0;
		if (quote == '\0' && quote_at(place, at, &other, &kind) > 0 && other == '\0' &&
			kind == slashes)
			return at;
		if (quote != '\0' && text[at] == quote && run <= slashes)
			return at - run;
		run = text[at] == '\\' ? run + 1 : 0;
	}
	return 0;
}

/* "export DB_PASSWORD=", "DB_PASSWORD=" at the beginning of a line: only a blank ends the value. */
static bool is_of_shell(const struct place *place)
{
	const char *text = place->in->text;
	size_t at = place->key;

	if (place->separator != SEPARATOR_EQUALS || text[place->begin - 1] != '=')
		return false;
	while (at > 0 && place->key - at < 64 && is_word(text[at - 1])) {
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

static size_t bare_end(const struct place *place)
{
	static const char *const ends[] = { "%26", "%20", "%22", "%27", "%3B", "%7D", "%2C" };
	const char *text = place->in->text;
	size_t limit = place->in->length - place->begin > REDACT_VALUE_MAX
			       ? place->begin + REDACT_VALUE_MAX
			       : place->in->length;
	bool shell = is_of_shell(place);
	size_t at = place->begin;

	for (; at < limit && !ends_word((unsigned char)text[at], shell); at++) {
		if (place->separator != SEPARATOR_ENCODED || text[at] != '%' || limit - at < 3)
			continue;
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			if (strncasecmp(text + at, ends[i], 3) == 0)
				return at;
	}
	if (at == limit && limit < place->in->length)
		return at;
	/* the end of a sentence */
	while (at > place->begin && strchr(".:", text[at - 1]) != NULL)
		at--;
	return at;
}

static bool take_value(struct place *place)
{
	size_t size, slashes, close;
	char quote;

	if (place->separator == SEPARATOR_TAG) {
		place->begin = place->at;
		place->end = bare_end(place);
		return char_at(place, place->end) == '<' || char_at(place, place->end) == '&';
	}
	take_blanks(place);
	if (char_at(place, place->at) == '[' || char_at(place, place->at) == '(')
		place->at++;
	if (strchr("bruf", char_at(place, place->at) | 0x20) != NULL &&
		quote_at(place, place->at + 1, &quote, &slashes) > 0 &&
		place->at + 1 < place->in->length)
		place->at++;
	size = quote_at(place, place->at, &quote, &slashes);
	place->begin = place->at + size;
	close = size > 0 ? quoted_end(place, quote, slashes) : 0;
	place->quoted = close > 0;
	place->end = place->quoted ? close : bare_end(place);
	return place->end > place->begin;
}

static bool read_place(struct place *place, const struct redact_text *in, size_t at, size_t size)
{
	*place = (struct place){ .in = in, .key = at };
	return take_key(place, size) && take_separator(place) && take_value(place);
}

/* A plan of Terraform: password = "old" -> "new"; the end of the new one. */
static size_t changed_end(const struct redact_text *in, size_t end)
{
	static const char arrow[] = "\" -> \"";
	const char *behind = in->text + end + sizeof(arrow) - 1, *quote;
	size_t left = in->length - end;

	if (left < sizeof(arrow) || memcmp(in->text + end, arrow, sizeof(arrow) - 1) != 0)
		return end;
	left -= sizeof(arrow) - 1;
	quote = memchr(behind, '"', left < REDACT_VALUE_MAX ? left : REDACT_VALUE_MAX);
	return quote != NULL ? (size_t)(quote - in->text) : end;
}

/* What follows the bytes that were looked at goes, too. */
static bool give(const struct place *place, size_t *begin, size_t *end)
{
	const struct redact_text *in = place->in;

	*begin = place->begin;
	*end = place->end;
	if (!place->quoted && *end - *begin >= REDACT_VALUE_MAX)
		*end += redact_rules_word(in->text, in->length, *end);
	if (place->quoted)
		*end = changed_end(in, *end);
	return *begin >= in->done;
}

/* As much of the value as is judged. */
static size_t judged(const struct place *place)
{
	size_t length = place->end - place->begin;

	return length > REDACT_VALUE_MAX ? REDACT_VALUE_MAX : length;
}

bool redact_assign_password(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	redact_accept *accept = redact_value_bare_password;
	struct place place;

	if (!read_place(&place, in, at, size) || place.end - place.begin < 3)
		return false;
	if (place.quoted || place.separator == SEPARATOR_TAG)
		accept = redact_value_password;
	else if (place.separator == SEPARATOR_SAID)
		accept = redact_value_random;
	else if (place.separator == SEPARATOR_COLON && !place.key_quoted)
		accept = redact_value_mixed;
	return accept(in->text + place.begin, judged(&place)) && give(&place, begin, end);
}

/* "pass" is a verdict, too: only as the end of a name, or of a parameter with a mixed value. */
bool redact_assign_pass(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	bool joined = at > 0 && (in->text[at - 1] == '_' || in->text[at - 1] == '-');
	struct place place;

	if (!joined && redact_rules_inside_word(in->text, at) && in->text[at] != 'P')
		return false;
	if (!read_place(&place, in, at, size) || place.end - place.begin < 4)
		return false;
	if (joined && place.separator == SEPARATOR_COLON && !place.quoted)
		return redact_value_random(in->text + place.begin, judged(&place)) &&
		       give(&place, begin, end);
	if (joined && (place.quoted || place.separator == SEPARATOR_EQUALS))
		return redact_value_bare_password(in->text + place.begin, judged(&place)) &&
		       give(&place, begin, end);
	return (place.quoted || place.separator == SEPARATOR_EQUALS) &&
	       redact_value_mixed(in->text + place.begin, judged(&place)) &&
	       give(&place, begin, end);
}

bool redact_assign_token(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	struct place place;

	if (!read_place(&place, in, at, size))
		return false;
	return redact_value_random(in->text + place.begin, judged(&place)) &&
	       give(&place, begin, end);
}

/* "Authorization: Bearer VALUE", and schemes with parameters, which all go. */
bool redact_assign_authorization(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	static const char *const schemes[] = { "bearer", "basic", "token", "apikey", "api-key",
		"key", "negotiate", "jwt", "oauth", "ntlm", "dpop", "splunk", "bot", "genie-key" };
	static const char *const listed[] = { "digest", "aws4-hmac-sha256", "hawk", "sharedkey" };
	struct place place;

	if (!read_place(&place, in, at, size))
		return false;
	place.at = place.begin;
	for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++)
		if (take(&place, listed[i]) && take_blanks(&place) > 0) {
			*begin = place.at;
			*end = place.quoted ? place.end : place.at;
			while (*end < in->length && !place.quoted && in->text[*end] != '\n')
				++*end;
			return *end > *begin + 8 && *begin >= in->done &&
			       in->text[*begin] != '\xe2';
		}
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		place.at = place.begin;
		if (!take(&place, schemes[i]) || (take_blanks(&place) == 0 && !take(&place, "%20")))
			continue;
		place.begin = place.at;
		if (!place.quoted)
			place.end = bare_end(&place);
		break;
	}
	if (place.end <= place.begin)
		return false;
	return redact_value_credential(in->text + place.begin, judged(&place)) &&
	       give(&place, begin, end);
}
