/* The prefilter: a bitmap of hashed windows, and the literals behind each bucket. */
#include "match/windows.h"

#include <limits.h>
#include <string.h>

#define LONG_WINDOW 4 /* bytes */
#define SHORT_WINDOW 2
#define FOLD_LONG UINT32_C(0x20202020) /* all windows are looked up without case: |0x20 */
#define FOLD_WIDE UINT64_C(0x2020202020202020)
#define FOLD_SHORT 0x2020U
#define SLOT_BITS_MIN 16
#define SLOT_BITS_MAX 20
#define NO_ITEM UINT32_MAX

struct item {
	const char *literal;
	uint32_t length;
	uint32_t offset; /* of the window in the literal */
	uint32_t value; /* the window, folded */
	uint32_t id;
	uint32_t next; /* item of the same bucket, or NO_ITEM */
	bool folded;
};

struct table {
	uint64_t *bitmap;
	uint32_t *heads; /* first item of each bucket */
	unsigned bits; /* 2^bits buckets */
	size_t count; /* of items */
};

struct windows {
	struct item *items;
	size_t count;
	struct table wide; /* literals of four bytes or more */
	struct table narrow; /* of two and three */
};

struct windows *windows_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct windows);
}

static unsigned weight(const char *window, size_t length)
{
	unsigned sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += rarity_of((unsigned char)window[i]);
	return sum;
}

static size_t rarest(const char *literal, size_t length, size_t window)
{
	unsigned least = UINT_MAX;
	size_t best = 0;

	for (size_t i = 0; i + window <= length; i++) {
		unsigned sum = weight(literal + i, window);

		if (sum < least) {
			least = sum;
			best = i;
		}
	}
	return best;
}

static uint32_t load_long(const char *text)
{
	uint32_t value;

	memcpy(&value, text, sizeof(value));
	return value | FOLD_LONG;
}

static uint32_t load_short(const char *text)
{
	uint16_t value;

	memcpy(&value, text, sizeof(value));
	return value | FOLD_SHORT;
}

bool windows_add(
	struct windows *windows, const char *literal, size_t length, bool folded, uint32_t id)
{
	bool narrow = length < LONG_WINDOW;
	struct item *item;

	if (length < WINDOWS_LITERAL_MIN || length > UINT32_MAX)
		return false;
	windows->items = mem_grow(windows, windows->items, windows->count, sizeof(*item));
	item = &windows->items[windows->count++];
	*item = (struct item){ .length = (uint32_t)length, .id = id, .folded = folded };
	item->literal = mem_strndup(windows, literal, length);
	item->offset = (uint32_t)rarest(literal, length, narrow ? SHORT_WINDOW : LONG_WINDOW);
	item->value =
		narrow ? load_short(literal + item->offset) : load_long(literal + item->offset);
	(narrow ? &windows->narrow : &windows->wide)->count++;
	return true;
}

/* Multiplicative hashing, Knuth, The Art of Computer Programming 3, 6.4. */
static inline uint32_t bucket_of(uint32_t value, unsigned bits)
{
	return (value * UINT32_C(2654435769)) >> (32 - bits);
}

static inline bool is_set(const uint64_t *bitmap, uint32_t bucket)
{
	return (bitmap[bucket >> 6] >> (bucket & 63)) & 1;
}

/* Buckets enough that few are taken, few enough that the bitmap stays in the nearest cache. */
static void table_make(struct windows *windows, struct table *table)
{
	table->bits = SLOT_BITS_MIN;
	while (table->bits < SLOT_BITS_MAX && table->count << 6 > (size_t)1 << table->bits)
		table->bits++;
	table->bitmap = mem_array(windows, uint64_t, ((size_t)1 << table->bits) / 64);
	table->heads = mem_array(windows, uint32_t, (size_t)1 << table->bits);
	memset(table->heads, 0xff, sizeof(uint32_t) << table->bits);
}

void windows_build(struct windows *windows)
{
	if (windows->wide.count > 0)
		table_make(windows, &windows->wide);
	if (windows->narrow.count > 0)
		table_make(windows, &windows->narrow);
	for (size_t i = windows->count; i-- > 0;) {
		struct item *item = &windows->items[i];
		struct table *table =
			item->length < LONG_WINDOW ? &windows->narrow : &windows->wide;
		uint32_t bucket = bucket_of(item->value, table->bits);

		table->bitmap[bucket >> 6] |= UINT64_C(1) << (bucket & 63);
		item->next = table->heads[bucket];
		table->heads[bucket] = (uint32_t)i;
	}
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_at(const struct item *item, const char *text)
{
	if (!item->folded)
		return memcmp(item->literal, text, item->length) == 0;
	for (size_t i = 0; i < item->length; i++)
		if (item->literal[i] != lower(text[i]))
			return false;
	return true;
}

/* What the scan works with once a bit was set. */
struct look {
	const struct windows *windows;
	const struct table *table;
	const char *text;
	size_t length;
	windows_found *found;
	void *context;
};

static void compare(const struct look *look, size_t at, uint32_t value)
{
	uint32_t next = look->table->heads[bucket_of(value, look->table->bits)];

	while (next != NO_ITEM) {
		const struct item *item = &look->windows->items[next];

		next = item->next;
		if (item->value != value || at < item->offset ||
			item->length > look->length - (at - item->offset))
			continue;
		if (is_at(item, look->text + at - item->offset))
			look->found(look->context, item->id, at - item->offset);
	}
}

/* Four windows from one load; most often no bit of the four is set. */
static void scan_long(const struct look *look)
{
	const uint64_t *bitmap = look->table->bitmap;
	unsigned bits = look->table->bits;
	size_t at = 0;

	for (; at + 8 <= look->length; at += 4) {
		uint64_t word;
		bool any;

		memcpy(&word, look->text + at, sizeof(word));
		word |= FOLD_WIDE;
		any = is_set(bitmap, bucket_of((uint32_t)word, bits));
		any |= is_set(bitmap, bucket_of((uint32_t)(word >> 8), bits));
		any |= is_set(bitmap, bucket_of((uint32_t)(word >> 16), bits));
		any |= is_set(bitmap, bucket_of((uint32_t)(word >> 24), bits));
		if (__builtin_expect(any, 0))
			for (size_t i = at; i < at + 4; i++)
				compare(look, i, load_long(look->text + i));
	}
	for (; at + LONG_WINDOW <= look->length; at++)
		compare(look, at, load_long(look->text + at));
}

static void scan_short(const struct look *look)
{
	const struct table *table = look->table;

	for (size_t at = 0; at + SHORT_WINDOW <= look->length; at++) {
		uint32_t value = load_short(look->text + at);

		if (__builtin_expect(is_set(table->bitmap, bucket_of(value, table->bits)), 0))
			compare(look, at, value);
	}
}

void windows_scan(const struct windows *windows, const char *text, size_t length,
	windows_found *found, void *context)
{
	struct look look = { windows, &windows->wide, text, length, found, context };

	if (windows->wide.count > 0)
		scan_long(&look);
	look.table = &windows->narrow;
	if (windows->narrow.count > 0)
		scan_short(&look);
}
