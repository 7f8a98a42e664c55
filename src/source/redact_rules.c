/* The table of secrets, known by the shape of the value; keys alone prove nothing. */
#include "source/redact_rules.h"

#include <string.h>
#include <strings.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool has_digit(const char *value, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (is_digit(value[i]))
			return true;
	return false;
}

/* Words that stand where a value would: what code and messages say instead of it. */
static bool is_stand_in(const char *value, size_t length)
{
	static const char *const words[] = { "none", "null", "nil", "true", "false", "undefined",
		"n/a", "empty", "missing", "invalid", "required", "incorrect", "wrong", "expired",
		"masked", "hidden", "filtered", "removed", "scrubbed", "string", "str", "bytes",
		"not", "must", "the", "field", "input", "value", "provided", "unset", "present",
		"absent", "default", "optional", "text", "password", "passwd", "secret", "token" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == length && strncasecmp(words[i], value, length) == 0)
			return true;
	return false;
}

/* Already scrubbed, or a variable that names the value and does not hold it. */
static bool is_scrubbed(const char *value, size_t length)
{
	size_t fillers = 0;

	if (length == 0 || strchr("$<{[%(:*", value[0]) != NULL)
		return true;
	if (length >= 3 && memcmp(value, "\xe2\x80\xb9", 3) == 0) /* our own placeholder */
		return true;
	for (size_t i = 0; i + 8 <= length; i++)
		if ((value[i] == 'R' || value[i] == 'r') &&
			strncasecmp(value + i, "redacted", 8) == 0)
			return true;
	while (fillers < length && strchr("*.xX-_#", value[fillers]) != NULL)
		fillers++;
	return fillers == length;
}

/* A password may be any word, but for those that stand in for one. */
static bool is_password(const char *value, size_t length)
{
	if (is_scrubbed(value, length) || is_stand_in(value, length))
		return false;
	/* a sentence is what somebody says of a password */
	if (memchr(value, ' ', length) != NULL && !has_digit(value, length))
		return false;
	/* $PWD is a folder; a call or an index is code */
	return value[0] != '/' && value[0] != '\\' && memchr(value, '(', length) == NULL &&
	       memchr(value, '[', length) == NULL;
}

/* Letters and digits mixed, or a long run of both cases: no word of a language. */
static bool is_random(const char *value, size_t length)
{
	size_t lower = 0, upper = 0, digits = 0;

	if (length < 8 || !is_password(value, length))
		return false;
	/* the names of Secret Manager are no secrets */
	if (length > 9 && memcmp(value, "projects/", 9) == 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		lower += is_lower(value[i]);
		upper += is_upper(value[i]);
		digits += is_digit(value[i]);
	}
	if (digits > 0)
		return lower + upper > 0;
	/* "someThing" and "UPPER_CASE" are names */
	return length >= 20 && lower > 4 && upper > 4;
}

/* What follows "Bearer" or "Basic" is a credential unless it is a word. */
static bool is_credential(const char *value, size_t length)
{
	size_t lower = 0, upper = 0;

	for (size_t i = 0; i < length; i++) {
		lower += is_lower(value[i]);
		upper += is_upper(value[i]);
	}
	if (is_random(value, length))
		return true;
	return length >= 8 && lower > 1 && upper > 1 && is_password(value, length);
}

static bool is_mixed_password(const char *value, size_t length)
{
	size_t others = 0;

	for (size_t i = 0; i < length; i++)
		others += !is_lower(value[i]) && !is_upper(value[i]);
	return length >= 6 && others > 0 && others < length && is_password(value, length) &&
	       strchr(".:,", value[length - 1]) == NULL;
}

static bool has_pair(const char *value, size_t length)
{
	const char *sign = memchr(value, '=', length);

	return sign != NULL && (size_t)(sign - value) + 2 < length &&
	       !is_scrubbed(sign + 1, length - (size_t)(sign + 1 - value));
}

#define SEPARATOR "\\\\?[\"']?\\s{0,8}(?:=>|[:=])\\s{0,8}"
#define QUOTED "(?:[bur]?\\\\?[\"']([^\"'\\\\\\r\\n]{3,512}))"
#define BARE "([^\\s\"'`,;&)}\\]<>\\\\]{3,512})"
#define SUFFIX "(?:[_-]?(?:key|value|base64|b64|hash))?"
#define PASSWORD_KEYS "(?i)(?:password|passwd|passphrase|pwd)"
#define TOKEN_KEYS                                                                                 \
	"(?i)(?:secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|"             \
	"signing[_-]?key|encryption[_-]?key|account[_-]?key|credentials?|session[_-]?id|"          \
	"signature)"

static const struct redact_rule rules[] = {
	{ "private-key", "begin ",
		"BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----([\\s\\S]*?)(?:-----END|\\z)", true, NULL,
		false },
	{ "password", "://", "://[^\\s/:@\"'<>]{0,128}:([^\\s/\"'<>]{1,512})@", false, is_password,
		false },
	{ "token", "eyj", "eyJ[\\w-]{8,}(?:\\.[\\w-]{4,}(?:\\.[\\w-]*)?|(?<=.{24}))", true, NULL,
		false },
	{ "token", "ghp_|gho_|ghu_|ghs_|ghr_|github_pat_",
		"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,})", true, NULL, false },
	{ "token", "xoxa-|xoxb-|xoxe-|xoxo-|xoxp-|xoxr-|xoxs-", "xox[a-z]-[\\w-]{10,}", true, NULL,
		false },
	{ "token", "hooks.slack.com/services/", "hooks\\.slack\\.com/services/([\\w/-]{10,})", true,
		NULL, false },
	{ "token", "ya29.", "ya29\\.[\\w-]{20,}", true, NULL, false },
	{ "token", "glpat-", "glpat-[\\w-]{16,}", true, NULL, false },
	{ "token", "npm_", "npm_[A-Za-z0-9]{30,}", true, NULL, false },
	{ "token", "hf_", "hf_[A-Za-z0-9]{30,}", true, NULL, false },
	{ "key", "akia|asia", "A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])", true, NULL, false },
	{ "key", "aiza", "AIza[\\w-]{30,}", true, NULL, false },
	{ "key", "sk_live_|sk_test_|rk_live_|rk_test_", "[rs]k_(?:live|test)_[A-Za-z0-9]{8,}", true,
		NULL, false },
	{ "key", "whsec_", "whsec_[A-Za-z0-9+/=]{16,}", true, NULL, false },
	{ "key", "sk-", "sk-[\\w-]{20,}", true, is_random, false },
	{ "key", "sg.", "SG\\.[\\w-]{16,}\\.[\\w-]{16,}", true, NULL, false },
	{ "cookie", "cookie",
		"(?i)cookie\\\\?[\"']?\\s{0,8}[:=]\\s{0,8}\\\\?[\"']?([^\"'\\\\\\r\\n]{4,512})",
		false, has_pair, true },
	{ "token", "authorization",
		"(?i)authorization" SEPARATOR
		"\\\\?[\"']?(?:(?:bearer|basic|token|digest)\\s{1,8})?" BARE,
		false, is_random, true },
	{ "token", "bearer |basic ", "(?i)(?:bearer|basic)\\s{1,8}([\\w.~+/=-]{8,512})", true,
		is_credential, true },
	{ "password", "password|passwd|passphrase|pwd", PASSWORD_KEYS SUFFIX SEPARATOR QUOTED,
		false, is_password, false },
	{ "password", "password|passwd|passphrase|pwd",
		PASSWORD_KEYS SUFFIX "\\s{0,8}=\\s{0,8}" BARE, false, is_password, true },
	{ "password", "password|passwd|passphrase|pwd", PASSWORD_KEYS SUFFIX SEPARATOR BARE, false,
		is_mixed_password, true },
	{ "token",
		"secret|token|api_key|api-key|apikey|access_key|access-key|accesskey|private_key|"
		"privatekey|auth_key|signing_key|encryption_key|accountkey|account_key|credential|"
		"session_id|sessionid|signature",
		TOKEN_KEYS SUFFIX SEPARATOR "(?:" QUOTED "|" BARE ")", false, is_random, true },
};

const struct redact_rule *redact_rules(size_t *count)
{
	*count = sizeof(rules) / sizeof(rules[0]);
	return rules;
}

size_t redact_rules_word(const char *text, size_t length, size_t at)
{
	size_t begin = at;

	while (at < length && (unsigned char)text[at] > 0x20 &&
		strchr("\"'`,;&)}]<>\\", text[at]) == NULL)
		at++;
	return at - begin;
}

static bool is_local(char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c) || c == '.' || c == '_' || c == '%' ||
	       c == '+' || c == '-';
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
		else if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '-')
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
		letters += is_lower(text[i]) || is_upper(text[i]);
	return letters >= 2 && letters == at - last - 1 ? at - begin : 0;
}

static bool ends_in(const char *text, size_t length, const char *end)
{
	size_t size = strlen(end);

	return length >= size && strncasecmp(text + length - size, end, size) == 0;
}

bool redact_rules_address(
	const char *text, size_t length, size_t from, size_t at, size_t *begin, size_t *end)
{
	/* names of service accounts are needed to understand a refusal, and are nobody's */
	static const char *const others[] = { ".gserviceaccount.com", ".png", ".jpg", ".svg", ".js",
		".css", ".py", ".go", ".json", ".yaml", ".service", ".local", ".internal" };
	size_t size = domain(text, length, at + 1);

	*begin = at;
	while (*begin > from && at - *begin < 64 && is_local(text[*begin - 1]))
		--*begin;
	while (*begin < at && strchr(".-%+", text[*begin]) != NULL)
		++*begin;
	if (size == 0 || *begin == at)
		return false;
	/* "git@host:path" is how everybody clones */
	if (at - *begin == 3 && memcmp(text + *begin, "git", 3) == 0)
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (ends_in(text + at + 1, size, others[i]))
			return false;
	*end = at + 1 + size;
	return true;
}
