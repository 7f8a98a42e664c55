/* Term hits in bounded memory: the first and the last in time of each term. */
#include "match/hits.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_PER_TERM 8
#define HIT_BYTES (2 * sizeof(struct hit)) /* arrays grow by doubling */

struct kept {
	struct entry entry; /* its strings follow in the same block of memory */
	size_t holders; /* hits that refer to it */
	size_t bytes;
};

struct list {
	struct hit *items;
	size_t count;
	uint64_t total;
};

struct hits {
	struct list *lists; /* by index of term */
	size_t list_count;
	size_t per_term;
	size_t bytes;
	struct kept *last; /* the copy of the entry at hand, NULL before its first hit */
	size_t *touched; /* terms that hit it */
	size_t touched_count;
};

struct hits *hits_new(TALLOC_CTX *mem, size_t terms)
{
	struct hits *hits = mem_new(mem, struct hits);

	hits->lists = mem_array(hits, struct list, terms);
	hits->list_count = terms;
	hits->per_term = HITS_PER_TERM;
	return hits;
}

void hits_begin(struct hits *hits)
{
	hits->last = NULL;
	hits->touched_count = 0;
}

static int direction(const struct stream *stream)
{
	return stream->falling > stream->rising ? -1 : 1;
}

static int compare_numbers(uint64_t left, uint64_t right)
{
	return (left > right) - (left < right);
}

int hits_compare(const struct hit *left, const struct hit *right)
{
	if (left->clock != right->clock)
		return left->clock < right->clock ? -1 : 1;
	if (left->stream != right->stream)
		return compare_numbers(left->stream->first_order, right->stream->first_order);
	/* where the newest entries come first, equal times are read backwards too */
	return direction(left->stream) * compare_numbers(left->entry->order, right->entry->order);
}

static int compare(const void *left, const void *right)
{
	return hits_compare(left, right);
}

/* The strings of an entry, so that a copy is one block. */
static const size_t strings[] = {
	offsetof(struct entry, insert_id),
	offsetof(struct entry, log),
	offsetof(struct entry, service),
	offsetof(struct entry, revision),
	offsetof(struct entry, instance),
	offsetof(struct entry, trace),
	offsetof(struct entry, span),
	offsetof(struct entry, pod),
	offsetof(struct entry, thread),
	offsetof(struct entry, method),
	offsetof(struct entry, path),
};
#define STRINGS (sizeof(strings) / sizeof(strings[0]))

static const char **string_of(struct entry *entry, size_t index)
{
	return (const char **)(void *)((char *)entry + strings[index]);
}

static const char *append(char **end, const char *text, size_t length)
{
	char *start = *end;

	memcpy(start, text, length);
	start[length] = '\0';
	*end += length + 1;
	return start;
}

static struct kept *keep(struct hits *hits, const struct entry *entry)
{
	struct entry copy = *entry;
	size_t size = sizeof(struct kept) + entry->text_len + 1;
	struct kept *kept;
	char *end;

	for (size_t i = 0; i < STRINGS; i++)
		if (*string_of(&copy, i) != NULL)
			size += strlen(*string_of(&copy, i)) + 1;
	kept = mem_check(talloc_size(hits, size));
	end = (char *)(kept + 1);
	copy.text = append(&end, entry->text, entry->text_len);
	for (size_t i = 0; i < STRINGS; i++)
		if (*string_of(&copy, i) != NULL)
			*string_of(&copy, i) =
				append(&end, *string_of(&copy, i), strlen(*string_of(&copy, i)));
	copy.raw = copy.json = NULL;
	copy.raw_len = 0;
	copy.json_len = 0;
	*kept = (struct kept){ .entry = copy, .bytes = size };
	hits->bytes += size;
	return kept;
}

static void release(struct hits *hits, const struct hit *hit)
{
	struct kept *kept = hit->kept;

	hits->bytes -= HIT_BYTES;
	if (--kept->holders > 0)
		return;
	hits->bytes -= kept->bytes;
	if (hits->last == kept)
		hits->last = NULL;
	talloc_free(kept);
}

/* Of a list with more than LIMIT keep the first and the last half in time. */
static void trim(struct hits *hits, struct list *list, size_t limit)
{
	size_t head = limit / 2, tail = limit - limit / 2;

	if (list->count <= limit)
		return;
	qsort(list->items, list->count, sizeof(list->items[0]), compare);
	for (size_t i = head; i < list->count - tail; i++)
		release(hits, &list->items[i]);
	memmove(list->items + head, list->items + list->count - tail,
		tail * sizeof(list->items[0]));
	list->count = limit;
}

/* Over all terms: those with the most hits give way first. */
static void shrink(struct hits *hits)
{
	while (hits->bytes > HITS_BYTES && hits->per_term > LEAST_PER_TERM) {
		hits->per_term -= hits->per_term / 4 + 1;
		for (size_t i = 0; i < hits->list_count; i++)
			trim(hits, &hits->lists[i], hits->per_term);
	}
}

static const struct span *copy_groups(struct kept *kept, const struct hit *hit)
{
	size_t count = hit->pattern->name_count;
	struct span *copy;

	if (count == 0)
		return NULL;
	copy = mem_array(kept, struct span, count);
	memcpy(copy, hit->groups, count * sizeof(*copy));
	kept->bytes += count * sizeof(*copy) + 100; /* what talloc adds */
	return copy;
}

void hits_add(struct hits *hits, const struct entry *entry, const struct hit *hit)
{
	struct list *list = &hits->lists[hit->term->index];
	size_t bytes;

	/* half more than the limit, so that sorting is seldom */
	if (list->count >= hits->per_term + hits->per_term / 2)
		trim(hits, list, hits->per_term);
	if (hits->last == NULL) {
		shrink(hits);
		hits->last = keep(hits, entry);
	}
	list->items = mem_grow(hits, list->items, list->count, sizeof(*list->items));
	list->items[list->count] = *hit;
	bytes = hits->last->bytes;
	list->items[list->count].groups = copy_groups(hits->last, hit);
	hits->bytes += hits->last->bytes - bytes + HIT_BYTES;
	list->items[list->count].entry = &hits->last->entry;
	list->items[list->count].kept = hits->last;
	hits->last->holders++;
	list->count++;
	list->total++;
	hits->touched = mem_grow(hits, hits->touched, hits->touched_count, sizeof(size_t));
	hits->touched[hits->touched_count++] = hit->term->index;
}

void hits_forget(struct hits *hits)
{
	for (size_t i = 0; i < hits->touched_count; i++) {
		struct list *list = &hits->lists[hits->touched[i]];

		release(hits, &list->items[--list->count]);
		list->total--;
	}
	hits_begin(hits);
}

void hits_name(struct hits *hits, int64_t id)
{
	if (hits->last != NULL)
		hits->last->entry.id = id;
}

void hits_clear(struct hits *hits)
{
	for (size_t i = 0; i < hits->list_count; i++) {
		struct list *list = &hits->lists[i];

		while (list->count > 0)
			release(hits, &list->items[--list->count]);
		list->total = 0;
	}
	hits_begin(hits);
}

const struct hit *hits_of(const struct hits *hits, size_t term, size_t *count, uint64_t *total)
{
	const struct list *list = &hits->lists[term];

	*count = list->count;
	if (total != NULL)
		*total = list->total;
	return list->items;
}
