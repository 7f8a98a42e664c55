/* any: what one of several signatures fires on. */
#include "match/evaluate.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *left, const void *right)
{
	const struct firing *a = left, *b = right;
	size_t first = a->parts[0].event->position, second = b->parts[0].event->position;

	if (first != second)
		return first < second ? -1 : 1;
	first = a->parts[a->count - 1].event->position;
	second = b->parts[b->count - 1].event->position;
	if (first != second)
		return first < second ? -1 : 1;
	/* one that fired before one that is not conclusive, then as the rule has them */
	if ((a->reason == NULL) != (b->reason == NULL))
		return a->reason == NULL ? -1 : 1;
	return (a->serial > b->serial) - (a->serial < b->serial);
}

static bool is_same(const struct firing *a, const struct firing *b)
{
	return a->parts[0].event->position == b->parts[0].event->position &&
	       a->parts[a->count - 1].event->position == b->parts[b->count - 1].event->position;
}

/* One entry that fits two of the signatures is one firing. */
void any_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	struct firings all = { NULL, 0 };

	for (size_t i = 0; i < signature->any_count; i++)
		evaluate_signature(mem, signature->any[i], scope, &all);
	if (all.count > 1)
		qsort(all.items, all.count, sizeof(all.items[0]), by_place);
	for (size_t i = 0; i < all.count; i++)
		if (i == 0 || !is_same(&all.items[i - 1], &all.items[i])) {
			out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
			out->items[out->count++] = all.items[i];
		}
}
