/* JSON (RFC 8259) in memory. Nothing here recurses, and nothing is copied before it is wanted. */
#include "source/json.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && is_blank(text[at]))
		at++;
	return at;
}

size_t json_string_end(const char *text, size_t length, size_t at)
{
	for (at++; at < length; at += 2) {
		at += json_plain(text, length, at);
		while (at < length && text[at] == '\n')
			at += 1 + json_plain(text, length, at + 1);
		if (at < length && text[at] == '"')
			return at + 1;
	}
	return 0;
}

static size_t container_end(const char *text, size_t length, size_t at)
{
	size_t depth = 0;

	while (at < length) {
		char c = text[at];

		if (c == '"') {
			at = json_string_end(text, length, at);
			if (at == 0)
				return 0;
			continue;
		}
		at++;
		if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && --depth == 0)
			return at;
	}
	return 0;
}

static size_t scalar_end(const char *text, size_t length, size_t at)
{
	while (at < length && !is_blank(text[at]) && strchr(",:]}[{\"", text[at]) == NULL)
		at++;
	return at;
}

bool json_value(const char *text, size_t length, struct json *out)
{
	size_t at = skip_blanks(text, length, 0), end;

	if (at == length)
		return false;
	if (text[at] == '"')
		end = json_string_end(text, length, at);
	else if (text[at] == '{' || text[at] == '[')
		end = container_end(text, length, at);
	else
		end = scalar_end(text, length, at);
	if (end <= at)
		return false;
	out->text = text + at;
	out->length = end - at;
	return true;
}

/* What may stand behind a number, true, false or null. */
static bool ends_scalar(char c)
{
	return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Where a number, true, false or null ends that stands at AT; 0: it is not that simple. */
static size_t scalar_simple(const char *text, size_t length, size_t at)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t begin = at;

	while (at < length &&
		((text[at] >= '0' && text[at] <= '9') || text[at] == '.' || text[at] == '-'))
		at++;
	for (size_t i = 0; at == begin && i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size = strlen(words[i]);

		if (length - at > size && memcmp(text + at, words[i], size) == 0)
			at += size;
	}
	if (at == begin || at - begin > 64 || at >= length || !ends_scalar(text[at]))
		return 0;
	return at;
}

size_t json_simple(const char *text, size_t length, size_t at)
{
	size_t close;

	if (text[at] != '"')
		return scalar_simple(text, length, at);
	close = at + 1 + json_plain(text, length, at + 1);
	return close < length && text[close] == '"' ? close + 1 : 0;
}

/* Over the comma, if there was a part before. 1: a part follows at *AT. 0: the end. -1: broken. */
static int next_part(struct json whole, size_t *at, char closing)
{
	size_t here = skip_blanks(whole.text, whole.length, *at == 0 ? 1 : *at);

	if (here < whole.length && whole.text[here] == ',' && *at > 0)
		here = skip_blanks(whole.text, whole.length, here + 1);
	else if (*at > 0 && here < whole.length && whole.text[here] != closing)
		return -1;
	if (here >= whole.length)
		return -1;
	*at = here;
	return whole.text[here] != closing;
}

int json_element(struct json array, size_t *at, struct json *value)
{
	int result = next_part(array, at, ']');

	if (result <= 0)
		return result;
	if (!json_value(array.text + *at, array.length - *at, value))
		return -1;
	*at = (size_t)(value->text - array.text) + value->length;
	return 1;
}

int json_member(struct json object, size_t *at, struct json *key, struct json *value)
{
	int result = next_part(object, at, '}');
	size_t end;

	if (result <= 0)
		return result;
	end = object.text[*at] == '"' ? json_string_end(object.text, object.length, *at) : 0;
	if (end == 0)
		return -1;
	key->text = object.text + *at + 1;
	key->length = end - *at - 2;
	end = skip_blanks(object.text, object.length, end);
	if (end >= object.length || object.text[end] != ':')
		return -1;
	if (!json_value(object.text + end + 1, object.length - end - 1, value))
		return -1;
	*at = (size_t)(value->text - object.text) + value->length;
	return 1;
}

void json_compact(struct json value, struct draft *draft)
{
	size_t at = 0;

	while (at < value.length) {
		size_t begin = at;

		while (at < value.length && !is_blank(value.text[at])) {
			if (value.text[at] == '"')
				at = json_string_end(value.text, value.length, at);
			else
				at++;
			if (at == 0)
				at = value.length;
		}
		draft_add(draft, value.text + begin, at - begin);
		at = skip_blanks(value.text, value.length, at);
	}
}
