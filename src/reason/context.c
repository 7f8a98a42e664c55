/* Keeping the output of tests. */
#include "reason/context.h"

#include <ctype.h>

#define ENTRIES_MAX 65536
#define BYTES_MAX (16U << 20)
#define TEXT_MAX 1024 /* longer ones are no lines of a test's progress */
#define WALK 64 /* entries that are looked back */
#define BEHIND 8 /* entries behind one that still tell of it */
#define LETTERS 6 /* a line with fewer is a ruler, or blank */

struct context {
	struct entry **items; /* in the order of reading */
	size_t count, bytes;
	uint64_t passed_over;
};

struct context *context_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct context);
}

static bool tells_something(const struct entry *entry)
{
	size_t letters = 0;

	for (size_t i = 0; i < entry->text_len && letters < LETTERS; i++)
		letters += isalpha((unsigned char)entry->text[i]) != 0;
	return letters >= LETTERS;
}

void context_observe(struct context *context, const struct entry *entry)
{
	if (entry->test == NULL || entry->test->step || entry->text_len > TEXT_MAX ||
		!tells_something(entry))
		return;
	if (context->count >= ENTRIES_MAX || context->bytes >= BYTES_MAX) {
		context->passed_over++;
		return;
	}
	context->items = mem_grow(context, context->items, context->count, sizeof(struct entry *));
	context->items[context->count++] = entry_copy(context, entry);
	context->bytes += entry->text_len;
}

/* The first kept entry that was read at ORDER or later. */
static size_t find(const struct context *context, uint64_t order)
{
	size_t low = 0, high = context->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (context->items[middle]->order < order)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t context_before(const struct context *context, const struct entry *first, uint64_t after,
	const struct entry **out, size_t max)
{
	size_t from = find(context, first->order), count = 0;

	for (size_t i = from; i > 0 && i + WALK > from && count < max; i--) {
		const struct entry *entry = context->items[i - 1];

		if (entry->order <= after)
			break;
		if (entry->test == first->test && entry->source == first->source)
			out[count++] = entry;
	}
	for (size_t i = 0; i < count / 2; i++) {
		const struct entry *swapped = out[i];

		out[i] = out[count - 1 - i];
		out[count - 1 - i] = swapped;
	}
	return count;
}

size_t context_behind(const struct context *context, const struct entry *first,
	const struct entry **out, size_t max)
{
	size_t count = 0;

	for (size_t i = find(context, first->order + 1); i < context->count && count < max; i++) {
		const struct entry *entry = context->items[i];

		if (entry->order - first->order > BEHIND)
			break;
		if (entry->test == first->test && entry->source == first->source)
			out[count++] = entry;
	}
	return count;
}

const struct entry *context_last(const struct context *context, const struct test *test)
{
	for (size_t i = context->count; i > 0; i--)
		if (context->items[i - 1]->test == test)
			return context->items[i - 1];
	return NULL;
}

uint64_t context_passed_over(const struct context *context)
{
	return context->passed_over;
}
