/* The prefilter: bitmaps of hashed windows, and the literals behind each bucket. */
#include "match/windows.h"

#include <limits.h>
#include <string.h>

#define FOLD UINT64_C(0x2020202020202020) /* windows are looked up without case: |0x20 */
#define BITMAP_BITS_MIN 15
#define BITMAP_BITS_MAX 20
#define GROUP 4 /* windows that are looked up before the first branch */
#define SHARED 3 /* weight of a window for each doubling of the literals that share it */
#define NONE UINT32_MAX

struct literal {
	const char *text;
	uint32_t length;
	uint32_t id;
	bool folded;
};

/* The bytes of a literal that its windows cover together. */
struct stretch {
	uint64_t key; /* of its bytes, folded */
	uint32_t literal;
	uint32_t offset; /* in the literal */
	uint32_t next; /* stretch of the same bucket, or NONE */
};

/*
 * Literals of LEAST bytes and more. Of these, STRIDE windows of SIZE bytes that follow each other
 * are in the bitmap, so that it is enough to look at every STRIDE-th place of a text. Where one is
 * met, the stretches that it may be of are looked up: thousands of literals may share a window, as
 * "on shard" of "on shard-1" and so on, and few share all of them.
 */
struct table {
	size_t least, size, stride;
	struct stretch *stretches;
	size_t count;
	uint64_t *bitmap;
	unsigned bitmap_bits;
	uint32_t *heads; /* the first stretch of each bucket */
	unsigned head_bits;
};

#define TABLES 4

struct windows {
	struct literal *literals;
	size_t count;
	struct table tables[TABLES]; /* those for the longest literals first */
};

struct windows *windows_new(TALLOC_CTX *mem)
{
	struct windows *windows = mem_new(mem, struct windows);

	windows->tables[0] = (struct table){ .least = 11, .size = 8, .stride = 4 };
	windows->tables[1] = (struct table){ .least = 7, .size = 4, .stride = 4 };
	windows->tables[2] = (struct table){ .least = 4, .size = 4, .stride = 1 };
	windows->tables[3] = (struct table){ .least = 2, .size = 2, .stride = 1 };
	return windows;
}

static unsigned weight(const char *text, size_t length)
{
	unsigned sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += rarity_of((unsigned char)text[i]);
	return sum;
}

static inline uint64_t load(const char *text, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, text, size);
	return value | (FOLD & (UINT64_MAX >> (64 - 8 * size)));
}

static struct table *table_for(struct windows *windows, size_t length)
{
	for (size_t i = 0; i < TABLES; i++)
		if (length >= windows->tables[i].least)
			return &windows->tables[i];
	return NULL;
}

bool windows_add(
	struct windows *windows, const char *literal, size_t length, bool folded, uint32_t id)
{
	struct table *table = table_for(windows, length);

	if (table == NULL || length > UINT32_MAX)
		return false;
	windows->literals =
		mem_grow(windows, windows->literals, windows->count, sizeof(*windows->literals));
	windows->literals[windows->count++] =
		(struct literal){ mem_strndup(windows, literal, length), (uint32_t)length, id,
			folded };
	table->count++;
	return true;
}

/* Multiplicative hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline uint64_t hash(uint64_t value)
{
	return value * UINT64_C(0x9e3779b97f4a7c15);
}

/* Tells stretches apart by their first window and their last. */
static inline uint64_t stretch_key(const char *text, size_t size, size_t stride)
{
	return hash(load(text, size)) ^ load(text + stride - 1, size);
}

static inline bool is_set(const uint64_t *bitmap, uint64_t bit)
{
	return (bitmap[bit >> 6] >> (bit & 63)) & 1;
}

/* The least power of two that is at least COUNT, as its exponent, within bounds. */
static unsigned bits_for(size_t count, unsigned least, unsigned most)
{
	unsigned bits = least;

	while (bits < most && count > (size_t)1 << bits)
		bits++;
	return bits;
}

/* How many windows of all literals of a table fall into each of many buckets. */
struct census {
	uint32_t *counts;
	unsigned bits;
};

static uint32_t *counter(const struct census *census, const char *text, size_t size)
{
	return &census->counts[hash(load(text, size)) >> (64 - census->bits)];
}

static struct census take_census(
	TALLOC_CTX *mem, struct windows *windows, const struct table *table)
{
	struct census census = { .bits = bits_for(table->count * table->stride << 3, 10, 20) };

	census.counts = mem_array(mem, uint32_t, (size_t)1 << census.bits);
	for (size_t i = 0; i < windows->count; i++) {
		const struct literal *literal = &windows->literals[i];

		if (table_for(windows, literal->length) != table)
			continue;
		for (size_t j = 0; j + table->size <= literal->length; j++)
			(*counter(&census, literal->text + j, table->size))++;
	}
	return census;
}

/*
 * Where the windows of LITERAL begin: at bytes that are not common, in windows that few other
 * literals have, else all rules about "failed to connect" would be compared at each such place.
 */
static size_t choose(
	const struct table *table, const struct literal *literal, const struct census *census)
{
	size_t stretch = table->size + table->stride - 1, best = 0;
	unsigned least = UINT_MAX;

	for (size_t i = 0; i + stretch <= literal->length; i++) {
		unsigned sum = weight(literal->text + i, stretch);

		for (size_t j = i; j < i + table->stride; j++) {
			uint32_t count = *counter(census, literal->text + j, table->size);

			sum += SHARED * (31 - (unsigned)__builtin_clz(count));
		}
		if (sum < least) {
			least = sum;
			best = i;
		}
	}
	return best;
}

static void add_literal(
	struct windows *windows, struct table *table, uint32_t index, const struct census *census)
{
	const struct literal *literal = &windows->literals[index];
	size_t offset = choose(table, literal, census);
	const char *text = literal->text + offset;
	uint64_t key = stretch_key(text, table->size, table->stride);
	uint32_t *head = &table->heads[hash(key) >> (64 - table->head_bits)];

	for (size_t i = 0; i < table->stride; i++) {
		uint64_t bit = hash(load(text + i, table->size)) >> (64 - table->bitmap_bits);

		table->bitmap[bit >> 6] |= UINT64_C(1) << (bit & 63);
	}
	table->stretches[table->count] = (struct stretch){ key, index, (uint32_t)offset, *head };
	*head = (uint32_t)table->count++;
}

/* One bit in 64 is set at most, as long as the bitmap stays in a near cache. */
static void build(struct windows *windows, struct table *table)
{
	struct census census = take_census(NULL, windows, table);
	size_t window_count = table->count * table->stride;

	table->bitmap_bits = bits_for(window_count << 6, BITMAP_BITS_MIN, BITMAP_BITS_MAX);
	table->head_bits = bits_for(table->count << 1, 6, 31);
	table->bitmap = mem_array(windows, uint64_t, ((size_t)1 << table->bitmap_bits) / 64);
	table->heads = mem_array(windows, uint32_t, (size_t)1 << table->head_bits);
	memset(table->heads, 0xff, sizeof(uint32_t) << table->head_bits);
	table->stretches = mem_array(windows, struct stretch, table->count);
	table->count = 0;
	for (size_t i = windows->count; i-- > 0;)
		if (table_for(windows, windows->literals[i].length) == table)
			add_literal(windows, table, (uint32_t)i, &census);
	talloc_free(census.counts);
}

void windows_build(struct windows *windows)
{
	for (size_t i = 0; i < TABLES; i++)
		if (windows->tables[i].count > 0)
			build(windows, &windows->tables[i]);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_at(const struct literal *literal, const char *text)
{
	if (!literal->folded)
		return memcmp(literal->text, text, literal->length) == 0;
	for (size_t i = 0; i < literal->length; i++)
		if (literal->text[i] != lower(text[i]))
			return false;
	return true;
}

/* One pass over a text with one table. */
struct pass {
	const struct windows *windows;
	const struct table *table;
	const char *text;
	size_t length;
	windows_found *found;
	void *context;
};

/* Literals whose stretch begins AT. */
static void compare(const struct pass *pass, size_t at, uint64_t key)
{
	const struct table *table = pass->table;
	uint32_t next = table->heads[hash(key) >> (64 - table->head_bits)];

	while (next != NONE) {
		const struct stretch *stretch = &table->stretches[next];
		const struct literal *literal = &pass->windows->literals[stretch->literal];

		next = stretch->next;
		if (stretch->key == key && at >= stretch->offset &&
			literal->length <= pass->length - (at - stretch->offset) &&
			is_at(literal, pass->text + at - stretch->offset))
			pass->found(pass->context, literal->id, at - stretch->offset);
	}
}

/* A bit was set for the window AT, which may be any window of a stretch. */
static inline __attribute__((always_inline)) void look_up(
	const struct pass *pass, size_t at, const size_t size, const size_t stride)
{
	for (size_t i = stride; i-- > 0;) /* what begins first is found first */
		if (i <= at && at - i + size + stride - 1 <= pass->length)
			compare(pass, at - i, stretch_key(pass->text + at - i, size, stride));
}

/* SIZE and STRIDE are constants where this is called, so that the loops are unrolled. */
static inline __attribute__((always_inline)) void scan(
	const struct pass *pass, const size_t size, const size_t stride)
{
	const uint64_t *bitmap = pass->table->bitmap;
	const unsigned shift = 64 - pass->table->bitmap_bits;
	const char *text = pass->text;
	size_t at = 0;

	for (; at + GROUP * stride + size <= pass->length; at += GROUP * stride) {
		bool any = false;

		for (size_t i = 0; i < GROUP; i++)
			any |= is_set(bitmap, hash(load(text + at + i * stride, size)) >> shift);
		if (__builtin_expect(!any, 1))
			continue;
		for (size_t i = at; i < at + GROUP * stride; i += stride)
			if (is_set(bitmap, hash(load(text + i, size)) >> shift))
				look_up(pass, i, size, stride);
	}
	for (; at + size <= pass->length; at += stride)
		if (is_set(bitmap, hash(load(text + at, size)) >> shift))
			look_up(pass, at, size, stride);
}

static void scan_table(const struct pass *pass)
{
	if (pass->table->size == 8)
		scan(pass, 8, 4);
	else if (pass->table->size == 2)
		scan(pass, 2, 1);
	else if (pass->table->stride == 4)
		scan(pass, 4, 4);
	else
		scan(pass, 4, 1);
}

void windows_scan(const struct windows *windows, const char *text, size_t length,
	windows_found *found, void *context)
{
	for (size_t i = 0; i < TABLES; i++) {
		struct pass pass = { windows, &windows->tables[i], text, length, found, context };

		if (pass.table->count > 0)
			scan_table(&pass);
	}
}
