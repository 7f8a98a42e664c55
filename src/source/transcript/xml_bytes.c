/* The bytes of result files, made such that expat takes them: what writers get wrong most. */
#include "source/transcript/xml_bytes.h"

#include <string.h>
#include <strings.h>

#define HELD 16 /* bytes that are looked at together; fewer wait for what follows */

struct xml_bytes {
	bool begun, wide, other; /* UTF-16; an encoding that is not UTF-8 */
	bool inside; /* behind the first bracket; before it nothing is a reference */
	bool cdata; /* nor there */
	bool mended; /* bytes were no UTF-8 */
	size_t held; /* bytes at the beginning of IN */
	char *in, *out;
	size_t room, used;
};

struct xml_bytes *xml_bytes_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct xml_bytes);
}

/*
 * <?xml version="1.0" encoding="utf-8"?>: anything but UTF-8 is the parser's business. What says
 * of itself that it is UTF-16 and is not was so in the memory of its writer, .NET, or before the
 * input was decoded: it is UTF-8.
 */
static void begin(struct xml_bytes *bytes, const char *text, size_t length)
{
	const char *end = memchr(text, '>', length), *name;

	bytes->wide = memchr(text, '\0', length > 4 ? 4 : length) != NULL;
	bytes->begun = true;
	name = end == NULL ? NULL : memmem(text, (size_t)(end - text), "encoding=", 9);
	if (name != NULL && memmem(text, (size_t)(name - text), "<?xml", 5) != NULL)
		bytes->other = strncasecmp(name + 10, "utf-8", 5) != 0 &&
			       strncasecmp(name + 10, "utf-16", 6) != 0;
}

static void put(struct xml_bytes *bytes, const char *text, size_t length)
{
	memcpy(bytes->out + bytes->used, text, length);
	bytes->used += length;
}

/* As pytest writes what XML cannot hold. */
static void put_control(struct xml_bytes *bytes, unsigned c)
{
	char text[8];

	put(bytes, text, (size_t)snprintf(text, sizeof(text), "#x%02X", c & 0xff));
}

static bool is_character(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xd800) ||
	       (c >= 0xe000 && c < 0xfffe) || (c >= 0x10000 && c < 0x110000);
}

/* "&#27;": its number. */
static uint32_t reference(const char *text, size_t length)
{
	bool hex = length > 3 && text[2] == 'x';
	uint32_t number = 0;

	for (size_t i = hex ? 3 : 2; i + 1 < length; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
		unsigned value = digit == NULL ? 99 : (unsigned)(digit - digits) % 16;

		if (value >= (hex ? 16U : 10U) || number > 0x10ffff)
			return 0;
		number = number * (hex ? 16 : 10) + value;
	}
	return number;
}

/* What begins with an ampersand; the bytes taken. */
static size_t ampersand(struct xml_bytes *bytes, const char *text, size_t length)
{
	static const char *const names[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&apos;" };
	const char *end = memchr(text, ';', length < HELD ? length : HELD);
	size_t taken = end == NULL ? 1 : (size_t)(end - text) + 1;
	uint32_t number;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (taken == strlen(names[i]) && memcmp(text, names[i], taken) == 0) {
			put(bytes, text, taken);
			return taken;
		}
	if (taken < 4 || text[1] != '#') {
		put(bytes, "&amp;", 5); /* a name of HTML, or none at all */
		return 1;
	}
	number = reference(text, taken);
	if (is_character(number))
		put(bytes, text, taken);
	else
		put_control(bytes, number < 0x20 ? number : '?');
	return taken;
}

static size_t sequence(struct xml_bytes *bytes, const char *text, size_t length)
{
	size_t taken = utf8_sequence(text, length);

	if (bytes->other) {
		put(bytes, text, 1);
		return 1;
	}
	/* U+FFFE and U+FFFF are no characters of XML */
	if (taken > 0 && !(memcmp(text, "\xef\xbf", 2) == 0 && (unsigned char)text[2] >= 0xbe)) {
		put(bytes, text, taken);
		return taken;
	}
	bytes->mended = true;
	put(bytes, "\xef\xbf\xbd", 3);
	return taken > 0 ? taken : 1;
}

/* One character or more from TEXT on; the bytes taken. */
static size_t step(struct xml_bytes *bytes, const char *text, size_t length)
{
	unsigned char c = (unsigned char)text[0];
	size_t plain = 1;

	if (c == '&' && bytes->inside && !bytes->cdata)
		return ampersand(bytes, text, length);
	if (c >= 0x80)
		return sequence(bytes, text, length);
	if (!is_character(c)) {
		put_control(bytes, c);
		return 1;
	}
	bytes->inside |= c == '<';
	if (c == '<' && length >= 9 && memcmp(text, "<![CDATA[", 9) == 0)
		bytes->cdata = true;
	else if (c == ']' && length >= 3 && memcmp(text, "]]>", 3) == 0)
		bytes->cdata = false;
	while (plain < length && text[plain] >= 0x20 && text[plain] < 0x7f &&
		strchr("&<]", text[plain]) == NULL)
		plain++;
	put(bytes, text, plain);
	return plain;
}

static void make_room(struct xml_bytes *bytes, size_t length)
{
	if (bytes->room >= length)
		return;
	bytes->room = length;
	bytes->in = mem_check(talloc_realloc(bytes, bytes->in, char, length));
	/* an ampersand becomes five bytes */
	bytes->out = mem_check(talloc_realloc(bytes, bytes->out, char, 5 * length));
}

const char *xml_bytes_mend(
	struct xml_bytes *bytes, const char *text, size_t length, bool last, size_t *out_length)
{
	size_t at = 0, all = bytes->held + length;

	if (!bytes->begun && length > 0)
		begin(bytes, text, length);
	*out_length = length;
	if (bytes->wide)
		return text;
	make_room(bytes, all + 1);
	memcpy(bytes->in + bytes->held, text, length);
	bytes->used = 0;
	while (at < all && (last || all - at >= HELD))
		at += step(bytes, bytes->in + at, all - at);
	bytes->held = all - at;
	memmove(bytes->in, bytes->in + at, bytes->held);
	*out_length = bytes->used;
	return bytes->out;
}

bool xml_bytes_are_utf8(const struct xml_bytes *bytes)
{
	return !bytes->wide && !bytes->other;
}

bool xml_bytes_are_mended(const struct xml_bytes *bytes)
{
	return !bytes->wide;
}

bool xml_bytes_were_replaced(const struct xml_bytes *bytes)
{
	return bytes->mended;
}
