/* Targets of requests are foreign bytes: they are decoded once, here, and strictly. */
#include "web/target.h"

#include <string.h>

#define NUMBER_DIGITS 15 /* that JSON and browsers keep exactly */

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Controls have no business in a path or a word, and could hide in a page. */
static bool is_clean(const char *text, size_t length)
{
	for (size_t i = 0, size; i < length; i += size) {
		size = utf8_sequence(text + i, length - i);
		if (size == 0 || (unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return false;
	}
	return true;
}

static int decode(TALLOC_CTX *mem, const char *text, size_t length, bool plus, const char **out,
	struct err *err)
{
	char *copy = mem_array(mem, char, length + 1);
	size_t size = 0;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (c == '%') {
			int high = i + 2 < length ? digit_of(text[i + 1]) : -1;
			int low = i + 2 < length ? digit_of(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return err_set(
					err, ERR_FORMAT, "a percent sign stands for nothing");
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		copy[size++] = c;
	}
	if (!is_clean(copy, size))
		return err_set(err, ERR_FORMAT, "there are bytes in it that are no text");
	*out = copy;
	return 0;
}

int target_parse_fields(TALLOC_CTX *mem, const char *text, struct target *out, struct err *err)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "&"), name = strcspn(text, "=&");
		size_t value = name < length ? name + 1 : length;

		if (out->count == TARGET_FIELDS)
			return err_set(err, ERR_LIMIT, "more than %d fields", TARGET_FIELDS);
		if (decode(mem, text, name, true, &out->fields[out->count].name, err) < 0 ||
			decode(mem, text + value, length - value, true,
				&out->fields[out->count].value, err) < 0)
			return -1;
		out->count += length > 0;
		text += length + (text[length] == '&');
	}
	return 0;
}

int target_parse(TALLOC_CTX *mem, const char *text, struct target *out, struct err *err)
{
	size_t path = strcspn(text, "?");

	*out = (struct target){ 0 };
	if (strlen(text) > TARGET_MAX)
		return err_set(err, ERR_LIMIT, "it is longer than %d bytes", TARGET_MAX);
	if (text[0] != '/')
		return err_set(err, ERR_FORMAT, "it does not begin with a slash");
	if (decode(mem, text, path, false, &out->path, err) < 0)
		return -1;
	return text[path] == '?' ? target_parse_fields(mem, text + path + 1, out, err) : 0;
}

const char *target_get(const struct target *target, const char *name)
{
	for (size_t i = 0; i < target->count; i++)
		if (strcmp(target->fields[i].name, name) == 0)
			return target->fields[i].value[0] != '\0' ? target->fields[i].value : NULL;
	return NULL;
}

char *target_encode(TALLOC_CTX *mem, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";
	char *out = mem_array(mem, char, 3 * strlen(text) + 1), *end = out;

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (strchr(plain, byte) != NULL) {
			*end++ = *text;
			continue;
		}
		*end++ = '%';
		*end++ = digits[byte >> 4];
		*end++ = digits[byte & 15];
	}
	return out;
}

int64_t target_number(const char *text, size_t length)
{
	int64_t number = 0;

	if (length == 0 || length > NUMBER_DIGITS || text[0] == '0')
		return 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		number = 10 * number + (text[i] - '0');
	}
	return number;
}
