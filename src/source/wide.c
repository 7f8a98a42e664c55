/* UTF-16 to UTF-8, block by block. */
#include "source/wide.h"

#include <string.h>

struct wide {
	bool big; /* the more significant byte comes first */
	bool marked; /* the byte order mark is behind us */
	unsigned char odd; /* half of a unit, where HAS_ODD */
	bool has_odd;
	uint32_t high; /* a high surrogate that waits for its low one; 0: none */
};

struct wide *wide_new(TALLOC_CTX *mem, const char *head, size_t length)
{
	bool little = length >= 2 && memcmp(head, "\xff\xfe", 2) == 0;
	bool big = length >= 2 && memcmp(head, "\xfe\xff", 2) == 0;
	struct wide *wide;

	if (!little && !big)
		return NULL;
	wide = mem_new(mem, struct wide);
	wide->big = big;
	return wide;
}

static char *put(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*out++ = (char)(0xe0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	} else {
		*out++ = (char)(0xf0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	}
	return out;
}

static char *put_unit(struct wide *wide, char *out, uint32_t unit)
{
	bool low = unit >= 0xdc00 && unit <= 0xdfff;

	if (!wide->marked) {
		wide->marked = true;
		return out;
	}
	if (wide->high != 0 && low) {
		out = put(out, 0x10000 + ((wide->high - 0xd800) << 10) + (unit - 0xdc00));
		wide->high = 0;
		return out;
	}
	if (wide->high != 0)
		out = put(out, 0xfffd);
	wide->high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
	if (wide->high != 0)
		return out;
	return put(out, low ? 0xfffd : unit);
}

size_t wide_convert(struct wide *wide, char *text, size_t length, size_t size)
{
	/* the input goes to the end of the room, so that the output cannot overtake it */
	unsigned char *in = (unsigned char *)text + size - length;
	char *out = text;

	memmove(in, text, length);
	for (size_t i = 0; i < length; i++) {
		unsigned char first = wide->odd, second = in[i];

		wide->has_odd = !wide->has_odd;
		wide->odd = second;
		if (wide->has_odd)
			continue;
		out = put_unit(wide, out,
			wide->big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first);
	}
	return (size_t)(out - text);
}
