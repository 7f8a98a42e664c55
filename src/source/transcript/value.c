/* Values of JSON, where runners write their results in it. */
#include "source/transcript/value.h"

#include "source/transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#define SECONDS_MAX 1e9
#define KEYS_MAX 8

struct json value_get(struct json object, const char *name)
{
	struct json key, value, none = { NULL, 0 };
	size_t at = 0, length = strlen(name);

	if (json_kind(object) != '{')
		return none;
	while (json_member(object, &at, &key, &value) > 0)
		if (key.length == length && memcmp(key.text, name, length) == 0)
			return value;
	return none;
}

bool value_is(struct json value, const char *word)
{
	size_t length = strlen(word);

	return value.length == length + 2 && value.text[0] == '"' &&
	       memcmp(value.text + 1, word, length) == 0;
}

bool value_is_true(struct json value)
{
	return value.length == 4 && memcmp(value.text, "true", 4) == 0;
}

char *value_string(TALLOC_CTX *mem, struct json value)
{
	struct draft draft = { .mem = mem };
	size_t used = 0;

	if (json_kind(value) != '"' || value.length <= 2)
		return NULL;
	json_decode(value, &draft);
	if (draft.length == 0)
		return NULL;
	for (size_t i = 0; i < draft.length; i++)
		if (draft.text[i] != '\0')
			draft.text[used++] = draft.text[i];
	draft.text = mem_check(talloc_realloc(mem, draft.text, char, used + 1));
	draft.text[used] = '\0';
	if (used > 0)
		return draft.text;
	talloc_free(draft.text);
	return NULL;
}

/* Exponents are common: Ruby writes what took 42 microseconds as 4.2e-05. */
static bool number(struct json value, double *out)
{
	char text[64], *end;

	if (value.length == 0 || value.length >= sizeof(text) ||
		(value.text[0] != '-' && (value.text[0] < '0' || value.text[0] > '9')))
		return false;
	memcpy(text, value.text, value.length);
	text[value.length] = '\0';
	*out = strtod(text, &end);
	return *end == '\0';
}

uint64_t value_count(struct json value)
{
	double count;

	return number(value, &count) && count > 0 && count < 1e12 ? (uint64_t)count : 0;
}

int64_t value_duration(struct json value, int64_t unit)
{
	double count;

	if (!number(value, &count) || !(count >= 0) ||
		count * ((double)unit / (double)WHEN_SECOND) > SECONDS_MAX)
		return -1;
	return (int64_t)(count * (double)unit);
}

int64_t value_time(struct json value)
{
	bool has_zone;
	int64_t time;
	double count;

	if (json_kind(value) == '"')
		return when_parse(value.text + 1, value.length - 2, &time, &has_zone) > 0 &&
				       has_zone
			       ? time
			       : TIME_NONE;
	/* from 2001 to 2200: anything else was no time of day */
	if (!number(value, &count) || count < 1e12 || count > 7.3e12)
		return TIME_NONE;
	return (int64_t)count * (WHEN_SECOND / 1000);
}

/* "/work/NAME/NAME/": where GitHub's runners check out; the bytes behind the second, or 0. */
static size_t twice(const char *path)
{
	const char *name = strstr(path, "/work/");
	size_t length;

	if (name == NULL)
		return 0;
	name += strlen("/work/");
	length = strcspn(name, "/");
	if (length == 0 || name[length] != '/' || strncmp(name + length + 1, name, length) != 0 ||
		name[2 * length + 1] != '/')
		return 0;
	return (size_t)(name - path) + 2 * length + 2;
}

const char *value_path(const char *path)
{
	static const char *const roots[] = { "./", "file://", "/github/workspace/", "/workspace/",
		"/usr/src/app/", "/app/" };
	const char *begin = path;

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (line_begins(path, strlen(path), roots[i]))
			path += strlen(roots[i]);
	if (path == begin || path[0] == '/')
		path += twice(path);
	return path[0] != '\0' ? path : begin;
}

uint64_t value_place(const char *text, const char *file)
{
	size_t length = strlen(file);
	const char *found = text;

	while (length > 0 && (found = strstr(found, file)) != NULL) {
		const char *digits = found + length + 1;
		bool whole = found == text || strchr("/\\ (\"\n", found[-1]) != NULL;

		found += length;
		if (whole && (*found == ':' || *found == ' ') && *digits >= '1' && *digits <= '9')
			return strtoull(digits, NULL, 10);
	}
	return 0;
}

/* The end of the member's value that begins behind the colon at AT; 0: it is cut off or broken. */
static size_t pass_member(const char *text, size_t length, size_t at)
{
	struct json value;

	while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
		at++;
	if (at == length || text[at] != ':' || !json_value(text + at + 1, length - at - 1, &value))
		return 0;
	return (size_t)(value.text - text) + value.length;
}

bool value_has_keys(const char *text, size_t length, const char *const *keys)
{
	bool seen[KEYS_MAX] = { false };
	size_t at = 0, left = 0, end;

	while (keys[left] != NULL)
		left++;
	if (length == 0 || text[0] != '{')
		return false;
	while (left > 0) {
		for (at++; at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0';)
			at++;
		end = at < length && text[at] == '"' ? json_string_end(text, length, at) : 0;
		if (end == 0)
			return false;
		for (size_t i = 0; i < KEYS_MAX && keys[i] != NULL; i++)
			if (!seen[i] && end - at == strlen(keys[i]) + 2 &&
				memcmp(text + at + 1, keys[i], end - at - 2) == 0) {
				seen[i] = true;
				left--;
			}
		at = pass_member(text, length, end);
		while (at > 0 && at < length && strchr(" \t\r\n", text[at]) != NULL &&
			text[at] != '\0')
			at++;
		if (at == 0 || at >= length || text[at] != ',')
			return left == 0;
	}
	return true;
}

bool value_is_frame(const char *text, size_t length)
{
	size_t at = 0, digits;

	line_trim(&text, &length);
	if (line_begins(text, length, "at ") || line_begins(text, length, "# ./"))
		return true;
	while (at < length && (text[at] == '>' || text[at] == ' '))
		at++;
	for (digits = at; at < length && text[at] >= '0' && text[at] <= '9';)
		at++;
	if (at == digits && (at > 0 || length == 0 || text[0] != '|'))
		return false;
	while (at < length && text[at] == ' ')
		at++;
	return at < length && text[at] == '|';
}
