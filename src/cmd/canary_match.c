/* Texts in other texts; base64 after RFC 4648, at each of its three beginnings. */
#include "cmd/canary_match.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One character at TEXT, decoded to OUT (4 bytes; *SIZE of them). The bytes read. */
typedef size_t decode_one(const char *text, size_t left, char *out, size_t *size);

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t put(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | (code >> 12 & 0x0f));
	out[1] = (char)(0x80 | (code >> 6 & 0x3f));
	out[2] = (char)(0x80 | (code & 0x3f));
	return 3;
}

/* DIGITS digits of BASE at TEXT; how many there are. */
static size_t number(const char *text, size_t left, size_t digits, int base, uint32_t *out)
{
	char copy[9] = { 0 }, *end;

	if (digits > left)
		digits = left;
	memcpy(copy, text, digits < 8 ? digits : 8);
	if (copy[0] == '+' || copy[0] == '-' || is_blank(copy[0]))
		return 0;
	*out = (uint32_t)strtoul(copy, &end, base);
	return (size_t)(end - copy);
}

static size_t decode_plain(const char *text, size_t left, char *out, size_t *size)
{
	(void)left;
	out[0] = text[0];
	*size = 1;
	return 1;
}

/* JSON, and Markdown, in which a backslash stands before any punctuation. */
static size_t decode_slash(const char *text, size_t left, char *out, size_t *size)
{
	uint32_t code;

	if (text[0] != '\\' || left < 2)
		return decode_plain(text, left, out, size);
	if (text[1] == 'u' && number(text + 2, left - 2, 4, 16, &code) == 4) {
		*size = put(code, out);
		return 6;
	}
	*size = strchr("nrt", text[1]) == NULL;
	out[0] = text[1];
	return 2;
}

static size_t decode_entity(const char *text, size_t left, char *out, size_t *size)
{
	static const struct {
		const char *name, *text;
	} names[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&apos;", "'" }, { "<wbr>", "" }, { "&shy;", "" } };
	bool hex = left > 2 && (text[2] == 'x' || text[2] == 'X');
	uint32_t code;
	size_t digits;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (left >= strlen(names[i].name) &&
			strncmp(text, names[i].name, strlen(names[i].name)) == 0) {
			*size = strlen(names[i].text);
			out[0] = names[i].text[0];
			return strlen(names[i].name);
		}
	if (left < 4 || text[0] != '&' || text[1] != '#')
		return decode_plain(text, left, out, size);
	digits = number(text + 2 + hex, left - 2 - hex, 6, hex ? 16 : 10, &code);
	if (digits == 0 || 2 + hex + digits >= left || text[2 + hex + digits] != ';')
		return decode_plain(text, left, out, size);
	*size = put(code, out);
	return 3 + hex + digits;
}

static size_t decode_percent(const char *text, size_t left, char *out, size_t *size)
{
	uint32_t code;

	if (text[0] != '%' || left < 3 || number(text + 1, 2, 2, 16, &code) != 2)
		return decode_plain(text, left, out, size);
	out[0] = (char)code;
	*size = 1;
	return 3;
}

static const struct {
	const char *name, *signs; /* without one of SIGNS there is nothing to decode */
	decode_one *decode;
} codes[] = {
	{ "as it is", NULL, decode_plain },
	{ "with backslashes", "\\", decode_slash },
	{ "in HTML", "&<", decode_entity },
	{ "encoded as in a URL", "%", decode_percent },
};

#define CODE_COUNT (sizeof(codes) / sizeof(codes[0]))

/* TEXT decoded and squeezed; *LENGTH becomes that of the result. */
static char *decoded(TALLOC_CTX *mem, decode_one *decode, const char *text, size_t *length)
{
	char *out = mem_array(mem, char, *length + 4);
	size_t used = 0, size;

	for (size_t i = 0; i < *length;) {
		i += decode(text + i, *length - i, out + used, &size);
		if (size > 0 && !is_blank(out[used]))
			used += size;
	}
	*length = used;
	return out;
}

size_t canary_match_length(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += !is_blank(*text);
	return count;
}

static bool is_worth(size_t code, const char *text, size_t length)
{
	const char *signs = codes[code].signs;

	for (; signs != NULL && *signs != '\0'; signs++)
		if (memchr(text, *signs, length) != NULL)
			return true;
	return signs == NULL;
}

/* Characters of base64 that NEEDLE alone decides where it begins at byte SHIFT of three. */
static size_t base64(const char *needle, size_t shift, bool of_urls, char *out)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	size_t bits = 8 * (shift + strlen(needle)), count = 0;

	for (size_t at = (8 * shift + 5) / 6 * 6; at + 6 <= bits; at += 6) {
		unsigned value = 0;

		for (size_t bit = at; bit < at + 6; bit++) {
			unsigned byte = (unsigned char)needle[bit / 8 - shift];

			value = value << 1 | (byte >> (7 - bit % 8) & 1);
		}
		if (value < 62)
			out[count++] = letters[value];
		else
			out[count++] = value == 62 ? (of_urls ? '-' : '+') : (of_urls ? '_' : '/');
	}
	return count;
}

static bool is_in_base64(const char *needle, const char *text, size_t length)
{
	char *form = mem_array(NULL, char, 2 * strlen(needle) + 8);
	bool found = false;

	for (size_t i = 0; i < 6 && !found; i++) {
		size_t size = base64(needle, i % 3, i >= 3, form);

		found = size >= 4 && memmem(text, length, form, size) != NULL;
	}
	talloc_free(form);
	return found;
}

static bool is_in_hex(const char *needle, const char *text, size_t length)
{
	size_t size = 2 * strlen(needle);
	char *lower = mem_array(NULL, char, size + 1), *upper = mem_array(lower, char, size + 1);
	bool found;

	for (size_t i = 0; needle[i] != '\0'; i++) {
		snprintf(lower + 2 * i, 3, "%02x", (unsigned)(unsigned char)needle[i]);
		snprintf(upper + 2 * i, 3, "%02X", (unsigned)(unsigned char)needle[i]);
	}
	found = memmem(text, length, lower, size) != NULL ||
		memmem(text, length, upper, size) != NULL;
	talloc_free(lower);
	return found;
}

struct needle {
	const char *text;
	const char *squeezed; /* without white space */
	size_t length; /* of that */
};

/* In TEXT, which was decoded once already or not at all; DEPTH more times may be. */
static const char *look(const struct needle *needle, const char *text, size_t length, int depth)
{
	const char *found = NULL;

	for (size_t i = 0; i < CODE_COUNT && found == NULL; i++) {
		size_t size = length;
		char *plain;

		if (!is_worth(i, text, length))
			continue;
		plain = decoded(NULL, codes[i].decode, text, &size);
		if (memmem(plain, size, needle->squeezed, needle->length) != NULL)
			found = codes[i].name;
		else if (i == 0 && is_in_base64(needle->text, plain, size))
			found = "in base64";
		else if (i == 0 && is_in_hex(needle->text, plain, size))
			found = "in hexadecimal";
		else if (i > 0 && depth > 0)
			found = look(needle, plain, size, depth - 1);
		talloc_free(plain);
	}
	return found;
}

const char *canary_match(const char *needle, const char *text, size_t length)
{
	size_t size = strlen(needle);
	char *squeezed = decoded(NULL, decode_plain, needle, &size);
	const struct needle parts = { needle, squeezed, size };
	const char *found = length == 0 ? NULL : look(&parts, text, length, 2);

	talloc_free(squeezed);
	return found;
}
