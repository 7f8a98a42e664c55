/*
 * Widths without the C library's wcwidth, which depends on the locale.
 * Source: Unicode 15, EastAsianWidth.txt (W and F, as blocks) and the categories Mn, Me and Cf.
 */
#include "render/columns.h"

#include "render/clean.h"

struct range {
	uint32_t first, last;
};

static const struct range none[] = {
	{ 0x300, 0x36f },
	{ 0x483, 0x489 },
	{ 0x591, 0x5bd },
	{ 0x610, 0x61a },
	{ 0x64b, 0x65f },
	{ 0x6d6, 0x6dc },
	{ 0x93c, 0x93c },
	{ 0x941, 0x948 },
	{ 0x94d, 0x94d },
	{ 0xe31, 0xe31 },
	{ 0xe34, 0xe3a },
	{ 0xe47, 0xe4e },
	{ 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff },
	{ 0x200b, 0x200d },
	{ 0x2060, 0x2064 },
	{ 0x20d0, 0x20f0 },
	{ 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f },
	{ 0x1f3fb, 0x1f3ff },
	{ 0xe0100, 0xe01ef },
};

static const struct range wide[] = {
	{ 0x1100, 0x115f },
	{ 0x231a, 0x231b },
	{ 0x23e9, 0x23ec },
	{ 0x23f0, 0x23f0 },
	{ 0x23f3, 0x23f3 },
	{ 0x25fd, 0x25fe },
	{ 0x2614, 0x2615 },
	{ 0x2648, 0x2653 },
	{ 0x267f, 0x267f },
	{ 0x2693, 0x2693 },
	{ 0x26a1, 0x26a1 },
	{ 0x26aa, 0x26ab },
	{ 0x26bd, 0x26be },
	{ 0x26c4, 0x26c5 },
	{ 0x26ce, 0x26ce },
	{ 0x26d4, 0x26d4 },
	{ 0x26ea, 0x26ea },
	{ 0x26f2, 0x26f5 },
	{ 0x26fa, 0x26fd },
	{ 0x2705, 0x2705 },
	{ 0x270a, 0x270b },
	{ 0x2728, 0x2728 },
	{ 0x274c, 0x274e },
	{ 0x2753, 0x2757 },
	{ 0x2795, 0x2797 },
	{ 0x27b0, 0x27bf },
	{ 0x2b1b, 0x2b1c },
	{ 0x2b50, 0x2b55 },
	{ 0x2e80, 0x303e },
	{ 0x3041, 0x33ff },
	{ 0x3400, 0x4dbf },
	{ 0x4e00, 0xa4cf },
	{ 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },
	{ 0xfe10, 0xfe19 },
	{ 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 },
	{ 0x16fe0, 0x18cff },
	{ 0x1b000, 0x1b2ff },
	{ 0x1f004, 0x1f004 },
	{ 0x1f0cf, 0x1f0cf },
	{ 0x1f18e, 0x1f19a },
	{ 0x1f200, 0x1f320 },
	{ 0x1f32d, 0x1f64f },
	{ 0x1f680, 0x1f6ff },
	{ 0x1f7e0, 0x1f7f0 },
	{ 0x1f90c, 0x1f9ff },
	{ 0x1fa70, 0x1faff },
	{ 0x20000, 0x3fffd },
};

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code >= ranges[middle].first && code <= ranges[middle].last)
			return true;
		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static size_t width(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (is_in(none, sizeof(none) / sizeof(none[0]), code))
		return 0;
	return is_in(wide, sizeof(wide) / sizeof(wide[0]), code) ? 2 : 1;
}

/* The bytes of a colour sequence at TEXT, or 0. */
static size_t colour(const char *text, size_t length)
{
	size_t i = 2;

	if (length < 3 || text[0] != '\033' || text[1] != '[')
		return 0;
	while (i < length && ((text[i] >= '0' && text[i] <= '9') || text[i] == ';'))
		i++;
	return i < length && text[i] == 'm' ? i + 1 : 0;
}

/* As far as LIMIT columns go; *USED is what was taken. */
static size_t walk(const char *text, size_t length, size_t limit, size_t *used)
{
	size_t at = 0, size;

	*used = 0;
	for (; at < length; at += size) {
		uint32_t code;

		size = colour(text + at, length - at);
		if (size > 0)
			continue;
		size = clean_decode(text + at, length - at, &code);
		if (*used + width(code) > limit)
			break;
		*used += width(code);
	}
	return at;
}

size_t columns_of(const char *text, size_t length)
{
	size_t used;

	walk(text, length, SIZE_MAX, &used);
	return used;
}

size_t columns_fit(const char *text, size_t length, size_t limit)
{
	size_t used;

	return walk(text, length, limit, &used);
}
