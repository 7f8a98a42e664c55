/* Values: a key alone proves nothing, "token: expired" is no secret. */
#include "source/redact_value.h"

#include <string.h>
#include <strings.h>

#define DENSE 16 /* letters and digits in a row that no word or name has */

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

struct letters {
	size_t lower, upper, digits;
};

static struct letters letters_of(const char *value, size_t length)
{
	struct letters letters = { 0 };

	for (size_t i = 0; i < length; i++) {
		letters.lower += is_lower(value[i]);
		letters.upper += is_upper(value[i]);
		letters.digits += is_digit(value[i]);
	}
	return letters;
}

static bool is_one_of(const char *value, size_t length, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && strncasecmp(words[i], value, length) == 0)
			return true;
	return false;
}

static bool begins(const char *value, size_t length, const char *with)
{
	size_t size = strlen(with);

	return length >= size && strncasecmp(value, with, size) == 0;
}

/* Words that stand where a value would: what code and messages say instead of it. */
static bool is_stand_in(const char *value, size_t length)
{
	static const char *const words[] = { "none", "null", "nil", "true", "false", "undefined",
		"n/a", "empty", "missing", "invalid", "required", "incorrect", "wrong", "expired",
		"masked", "hidden", "filtered", "removed", "scrubbed", "redacted", "omitted",
		"string", "str", "bytes", "int", "any", "type", "not", "must", "the", "field",
		"input", "value", "provided", "unset", "present", "absent", "default", "optional",
		"text", "password", "passwd", "passphrase", "pwd", "secret", "token", "yes", "no",
		"on", "off", "set", "enabled", "disabled", "failed", "success", "valid", "unknown",
		"changed", "reset", "deleted", "loaded", "configured", "found", "exists",
		"available", "defined", "given", "specified", "supplied", "encrypted", "sensitive",
		"protected", "blank", "mandatory", "unsupported", "forbidden", "denied", "rejected",
		"mismatch", "error", "added", "fixed", "for", "was", "can", "and", "with", "from",
		"has", "are", "should", "will", "may", "when", "that", "this", "which", "option",
		"options", "argument", "setting", "but", "prompt", "stdin", "file", "env",
		"secrets", "tokens", "credentials", "bearer", "basic", "plain", "scram-sha-256",
		"md5" };

	return is_one_of(value, length, words, sizeof(words) / sizeof(words[0]));
}

/* "$NAME", "${NAME}", "$(command)", but not "$ec!ret". */
static bool is_variable(const char *value, size_t length)
{
	size_t i = 1;

	if (value[0] != '$' || length == 1 || strchr("{($", value[1]) != NULL)
		return value[0] == '$';
	while (i < length && (is_lower(value[i]) || is_upper(value[i]) || is_digit(value[i]) ||
				     strchr("_.:>[]-", value[i]) != NULL))
		i++;
	return i == length;
}

/* "%s", "%-8d", "%(name)s", "%NAME%", but neither "%2B", which is of the value, nor "%word7". */
static bool is_format(const char *value, size_t length)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	size_t i = 1;

	if (value[0] != '%')
		return false;
	if (length < 4 || value[1] == '(' || value[length - 1] == '%')
		return true;
	if (memchr(digits, value[1], sizeof(digits) - 1) != NULL &&
		memchr(digits, value[2], sizeof(digits) - 1) != NULL)
		return false;
	while (i < length && (is_digit(value[i]) || strchr("-+#.*l", value[i]) != NULL))
		i++;
	return i + 1 >= length ||
	       !(is_lower(value[i + 1]) || is_upper(value[i + 1]) || is_digit(value[i + 1]));
}

/* Already scrubbed, or a variable that names the value and does not hold it. */
static bool is_scrubbed(const char *value, size_t length)
{
	static const char *const beginnings[] = { "\xe2\x80\xb9", "&lt;", "\\u003c", "#{" };
	size_t fillers = 0;

	if (length == 0 || strchr("<{[(:", value[0]) != NULL || is_variable(value, length) ||
		is_format(value, length))
		return true;
	/* "**rest" was cut, "*name" is a pointer */
	if (value[0] == '*' &&
		(length == 1 || value[1] == '*' || letters_of(value, length).digits == 0))
		return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (begins(value, length, beginnings[i]))
			return true;
	/* a parameter of SQL */
	if (value[0] == '@' && is_stand_in(value + 1, length - 1))
		return true;
	for (size_t i = 0; i + 8 <= length; i++)
		if ((value[i] == 'R' || value[i] == 'r') &&
			strncasecmp(value + i, "redacted", 8) == 0)
			return true;
	while (fillers < length && strchr("*.xX-_#", value[fillers]) != NULL)
		fillers++;
	return fillers == length;
}

/* A sentence is what somebody says of a password; a passphrase has no such words. */
static bool is_sentence(const char *value, size_t length)
{
	static const char *const words[] = { "a", "an", "the", "at", "be", "is", "are", "was",
		"must", "should", "not", "has", "have", "to", "of", "for", "in", "or", "and",
		"than", "too", "no", "least", "required", "invalid", "characters", "cannot" };
	size_t digits = letters_of(value, length).digits, found = 0, count = 0;

	if (memchr(value, ' ', length) == NULL)
		return false;
	for (size_t i = 0, size; i < length; i += size + 1) {
		const char *blank = memchr(value + i, ' ', length - i);

		size = blank != NULL ? (size_t)(blank - value) - i : length - i;
		count++;
		found += is_one_of(value + i, size, words, sizeof(words) / sizeof(words[0]));
	}
	return digits == 0 || (count >= 4 && found >= 2);
}

/* "db-credentials-2", "my_secret.v1", "userToken2": words with a short number behind each. */
static bool is_name(const char *value, size_t length)
{
	size_t i = 0, parts = 0;

	while (i < length) {
		size_t begin = i, digits = 0;

		while (i < length && (is_lower(value[i]) || is_upper(value[i])))
			i++;
		if (i - begin > 16)
			return false;
		for (size_t j = begin + 1; j < i; j++) {
			/* within a word capitals follow small letters, one at a time */
			if (is_upper(value[j]) && is_upper(value[begin]) != is_upper(value[j]) &&
				!(is_lower(value[j - 1]) && j + 2 < i && is_lower(value[j + 1])))
				return false;
		}
		while (i < length && is_digit(value[i]) && digits < 3) {
			i++;
			digits++;
		}
		if (i == begin || (i < length && strchr("-_./:", value[i]) == NULL))
			return false;
		parts++;
		i += i < length;
	}
	/* one word alone may be short: "identifier1" */
	return parts > 1 || (length >= 6 && !is_digit(value[length - 3]) && is_lower(value[0]));
}

/* A path has words; a key in base64 that begins with a slash has none. */
static bool is_slashed_key(const char *value, size_t length)
{
	struct letters letters = letters_of(value, length);

	return length >= 20 && value[0] == '/' && letters.lower > 2 && letters.upper > 2 &&
	       letters.digits > 0 && memchr(value, '.', length) == NULL &&
	       !is_name(value + 1, length - 1);
}

/* The same, and certainly no folder: these have more slashes. */
static bool is_long_key(const char *value, size_t length)
{
	size_t slashes = 0;

	for (size_t i = 1; i < length; i++)
		slashes += value[i] == '/';
	return length >= 32 && slashes <= 2 && is_slashed_key(value, length);
}

bool redact_value_password(const char *value, size_t length)
{
	if (is_scrubbed(value, length) || is_stand_in(value, length) || is_sentence(value, length))
		return false;
	/* $PWD is a folder; a call or an index is code */
	return (value[0] != '/' || is_long_key(value, length)) && value[0] != '\\' &&
	       !(length > 2 && value[1] == ':') && memchr(value, '(', length) == NULL &&
	       memchr(value, '[', length) == NULL;
}

/* "self.password", "db_token", "request.form": letters joined by dots or underscores. */
static bool is_code(const char *value, size_t length)
{
	size_t last = 0, dots = 0;

	for (size_t i = 0; i < length; i++) {
		dots += value[i] == '.';
		if (value[i] == '.' || value[i] == '_')
			last = i + 1;
		else if (!is_lower(value[i]) && !is_upper(value[i]))
			return false;
	}
	return dots > 0 || (last > 0 && is_stand_in(value + last, length - last));
}

bool redact_value_bare_password(const char *value, size_t length)
{
	return redact_value_password(value, length) && !is_code(value, length);
}

bool redact_value_assigned(const char *value, size_t length)
{
	size_t letters = 0, joints = 0;

	for (size_t i = 0; i < length; i++) {
		letters += is_lower(value[i]);
		joints += value[i] == '_';
	}
	return (joints == 0 || letters + joints < length) &&
	       redact_value_bare_password(value, length);
}

bool redact_value_argument(const char *value, size_t length)
{
	/* "-p 5432" */
	return value[0] != '-' && (length > 5 || letters_of(value, length).digits < length) &&
	       redact_value_bare_password(value, length);
}

bool redact_value_mixed(const char *value, size_t length)
{
	struct letters letters = letters_of(value, length);
	size_t others = length - letters.lower - letters.upper;

	return length >= 6 && others > 0 && others < length &&
	       redact_value_bare_password(value, length) &&
	       strchr(".:,", value[length - 1]) == NULL;
}

/* 2026-01-31..., v1.2.3-rc1, 1.2.3+4, 10.0.0.1:80 */
static bool is_date_or_version(const char *value, size_t length)
{
	size_t i = length > 0 && (value[0] == 'v' || value[0] == 'V'), dots = 0, digits = 0;

	if (length >= 10 && is_digit(value[0]) && is_digit(value[3]) && value[4] == '-' &&
		is_digit(value[5]) && is_digit(value[6]) && value[7] == '-')
		return true;
	for (; i < length && (is_digit(value[i]) || value[i] == '.'); i++) {
		dots += value[i] == '.';
		digits += is_digit(value[i]);
	}
	return dots > 0 && digits >= 2 && digits < 16 &&
	       (i == length || strchr("-+: ", value[i]) != NULL || dots > 1);
}

static bool is_reference(const char *value, size_t length)
{
	static const char *const beginnings[] = { "projects/", "http://", "https://",
		"sha256:", "sha1:", "sha512:", "sha256-", "sha384-", "sha512-",
		"md5:", "arn:", "gs://", "s3://",
		"vault:", "file:", "env:", "secretmanager:", "urn:" };

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (begins(value, length, beginnings[i]))
			return true;
	return false;
}

bool redact_value_random(const char *value, size_t length)
{
	struct letters letters = letters_of(value, length);

	if (length < 8)
		return false;
	if (!is_slashed_key(value, length) &&
		(!redact_value_password(value, length) || is_name(value, length)))
		return false;
	if (is_reference(value, length) || is_date_or_version(value, length) ||
		memchr(value, ' ', length) != NULL)
		return false;
	if (letters.digits > 0)
		return letters.lower + letters.upper > 0;
	/* "someThing" and "UPPER_CASE" are names, but no word is that long */
	return (length >= 20 && letters.lower > 4 && letters.upper > 4) ||
	       (length >= 28 && (letters.lower == length || letters.upper == length));
}

bool redact_value_credential(const char *value, size_t length)
{
	struct letters letters = letters_of(value, length);

	if (redact_value_random(value, length))
		return true;
	return length >= 8 && letters.lower > 1 && letters.upper > 1 &&
	       redact_value_password(value, length) && !is_name(value, length) &&
	       !is_code(value, length) && (value[length - 1] == '=' || letters.upper > 2);
}

bool redact_value_token(const char *value, size_t length)
{
	bool seen[256] = { false };
	size_t different = 0;

	if (is_scrubbed(value, length))
		return false;
	/* what stands behind the prefix */
	for (size_t i = length > 20 ? length - 20 : 0; i < length; i++) {
		different += !seen[(unsigned char)value[i]];
		seen[(unsigned char)value[i]] = true;
	}
	return different >= 4;
}

bool redact_value_dense(const char *value, size_t length)
{
	size_t begin = 0;

	for (size_t i = 0; i <= length; i++) {
		struct letters letters;

		if (i < length && (is_lower(value[i]) || is_upper(value[i]) || is_digit(value[i])))
			continue;
		letters = letters_of(value + begin, i - begin);
		if ((i - begin >= DENSE && letters.digits > 0 &&
			    letters.lower + letters.upper > 0) ||
			(i - begin >= 2 * DENSE && letters.lower > 5 && letters.upper > 5))
			return redact_value_token(value, length);
		begin = i + 1;
	}
	return false;
}

/* The value of one cookie, or of an attribute of it. */
static bool is_cookie(const char *pair, size_t length)
{
	static const char *const attributes[] = { "path", "domain", "expires", "max-age",
		"samesite", "theme", "lang", "locale" };
	const char *sign = memchr(pair, '=', length);
	size_t name, rest;

	if (sign == NULL)
		return false;
	name = (size_t)(sign - pair);
	rest = length - name - 1;
	return rest >= 2 && !is_scrubbed(sign + 1, rest) && !is_stand_in(sign + 1, rest) &&
	       !is_one_of(pair, name, attributes, sizeof(attributes) / sizeof(attributes[0]));
}

bool redact_value_pairs(const char *value, size_t length)
{
	size_t at = 0, size;

	for (; at < length; at += size + 1) {
		const char *end = memchr(value + at, ';', length - at);

		size = end != NULL ? (size_t)(end - value) - at : length - at;
		while (size > 0 && value[at] == ' ') {
			at++;
			size--;
		}
		if (is_cookie(value + at, size))
			return true;
	}
	return false;
}

bool redact_value_userinfo(const char *value, size_t length)
{
	struct letters letters = letters_of(value, length);

	return length >= 20 && letters.digits > 2 && letters.lower + letters.upper > 2 &&
	       redact_value_random(value, length);
}
