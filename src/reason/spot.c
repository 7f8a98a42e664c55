/* Spots in order. */
#include "reason/spot.h"

#include <stdlib.h>

void spot_add(TALLOC_CTX *mem, struct spots *spots, const struct spot *spot)
{
	spots->items = mem_grow(mem, spots->items, spots->count, sizeof(*spots->items));
	spots->items[spots->count++] = *spot;
}

static int compare(const void *a, const void *b)
{
	const struct spot *left = a, *right = b;

	if (left->first != right->first)
		return left->first < right->first ? -1 : 1;
	if (left->occurrence->first_order != right->occurrence->first_order)
		return left->occurrence->first_order < right->occurrence->first_order ? -1 : 1;
	/* both are occurrences of one finding, so of one array */
	return left->occurrence < right->occurrence ? -1 : left->occurrence > right->occurrence;
}

void spot_sort(struct spots *spots)
{
	if (spots->count > 1)
		qsort(spots->items, spots->count, sizeof(*spots->items), compare);
}

size_t spot_after(const struct spots *spots, int64_t time)
{
	size_t low = 0, high = spots->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (spots->items[middle].first <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t spot_first_timed(const struct spots *spots)
{
	return spot_after(spots, TIME_NONE);
}

const struct source_info *spot_source(const struct spot *spot)
{
	return spot->occurrence->entry_count > 0 ? spot->occurrence->entries[0]->source : NULL;
}

bool spot_of_log(const struct spot *spot)
{
	const struct source_info *source = spot_source(spot);

	return source == NULL || !source->transcript;
}
