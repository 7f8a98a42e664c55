/*
 * Which values a key makes secrets. What is said of a key is none: "token: expired",
 * "password=None".
 */
#include "source/redact_assign.h"

#include <string.h>

#include "source/redact_pair.h"

static bool is_of_variable(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool ends_line(const struct redact_pair *pair, size_t at)
{
	return at == pair->in->length || pair->in->text[at] == '\n' || pair->in->text[at] == '\r';
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
static bool give(const struct redact_pair *pair, size_t *begin, size_t *end)
{
	const struct redact_text *in = pair->in;

	*begin = pair->begin;
	*end = pair->end;
	if (!pair->quoted && *end - *begin >= REDACT_VALUE_MAX)
		*end += redact_rules_word(in->text, in->length, *end);
	if (pair->quoted)
		*end = changed_end(in, *end);
	return *begin >= in->done;
}

/* As much of the value as is judged. */
static size_t judged(const struct redact_pair *pair)
{
	size_t length = pair->end - pair->begin;

	return length > REDACT_VALUE_MAX ? REDACT_VALUE_MAX : length;
}

/* "DB_PASSWORD: value" and nothing behind it: a variable, of which nobody speaks that way. */
static bool is_variable(const struct redact_pair *pair)
{
	const char *text = pair->in->text;
	size_t at = pair->key, parts = 0;

	while (at > 0 && pair->key - at < 64 && is_of_variable(text[at - 1])) {
		at--;
		parts += text[at] == '_';
	}
	for (size_t i = pair->key; i < pair->key + 4; i++)
		if (!is_of_variable(text[i]))
			return false;
	return parts > 0 && ends_line(pair, pair->end);
}

bool redact_assign_password(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	redact_accept *accept = redact_value_bare_password;
	struct redact_pair pair;

	if (!redact_pair_read(&pair, in, at, size) || pair.end - pair.begin < 3)
		return false;
	if (pair.quoted || pair.separator == SEPARATOR_TAG)
		accept = redact_value_password;
	else if (pair.separator == SEPARATOR_EQUALS && in->text[pair.begin - 1] == ' ')
		accept = redact_value_assigned;
	else if (pair.separator == SEPARATOR_SAID)
		accept = redact_value_random;
	else if (pair.separator == SEPARATOR_COLON && !pair.key_quoted && !pair.named &&
		 !is_variable(&pair))
		accept = redact_value_mixed;
	return accept(in->text + pair.begin, judged(&pair)) && give(&pair, begin, end);
}

/* "pass" is a verdict, too: only as the end of a name, or of a parameter with a mixed value. */
bool redact_assign_pass(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	bool joined = at > 0 && (in->text[at - 1] == '_' || in->text[at - 1] == '-');
	struct redact_pair pair;

	if (!joined && redact_rules_inside_word(in->text, at) && in->text[at] != 'P')
		return false;
	if (!redact_pair_read(&pair, in, at, size) || pair.end - pair.begin < 4)
		return false;
	if (joined && pair.separator == SEPARATOR_COLON && !pair.quoted)
		return redact_value_random(in->text + pair.begin, judged(&pair)) &&
		       give(&pair, begin, end);
	if (joined && (pair.quoted || pair.separator == SEPARATOR_EQUALS))
		return redact_value_bare_password(in->text + pair.begin, judged(&pair)) &&
		       give(&pair, begin, end);
	return (pair.quoted || pair.separator == SEPARATOR_EQUALS) &&
	       redact_value_mixed(in->text + pair.begin, judged(&pair)) && give(&pair, begin, end);
}

bool redact_assign_token(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	struct redact_pair pair;

	if (!redact_pair_read(&pair, in, at, size))
		return false;
	return redact_value_random(in->text + pair.begin, judged(&pair)) && give(&pair, begin, end);
}

/* "Authorization: Bearer VALUE", and schemes with parameters, which all go. */
bool redact_assign_authorization(
	const struct redact_text *in, size_t at, size_t size, size_t *begin, size_t *end)
{
	static const char *const schemes[] = { "bearer", "basic", "token", "apikey", "api-key",
		"key", "negotiate", "jwt", "oauth", "ntlm", "dpop", "splunk", "bot", "genie-key" };
	static const char *const listed[] = { "digest", "aws4-hmac-sha256", "hawk", "sharedkey" };
	redact_accept *accept = redact_value_credential;
	struct redact_pair pair;
	size_t scheme = 0;
	bool known = false;

	if (!redact_pair_read(&pair, in, at, size))
		return false;
	pair.at = pair.begin;
	for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++)
		if (redact_pair_take(&pair, listed[i]) && redact_pair_blanks(&pair) > 0) {
			*begin = pair.at;
			*end = pair.quoted ? pair.end : pair.at;
			while (*end < in->length && !pair.quoted && in->text[*end] != '\n')
				++*end;
			return *end > *begin + 8 && *begin >= in->done &&
			       in->text[*begin] != '\xe2';
		}
	while (!known && scheme < sizeof(schemes) / sizeof(schemes[0])) {
		pair.at = pair.begin;
		known = redact_pair_take(&pair, schemes[scheme++]) &&
			(redact_pair_blanks(&pair) > 0 || redact_pair_take(&pair, "%20"));
	}
	if (known) {
		pair.begin = pair.at;
		if (!pair.quoted)
			pair.end = redact_pair_bare_end(&pair);
	}
	if (pair.end <= pair.begin)
		return false;
	/* one word behind "Bearer" or "Basic", and no more, is what they ask for */
	if (known && scheme <= 2 && pair.end - pair.begin >= 8 &&
		(pair.quoted || ends_line(&pair, pair.end)))
		accept = redact_value_password;
	return accept(in->text + pair.begin, judged(&pair)) && give(&pair, begin, end);
}
