/* One entry, one number. */
#include "reason/evidence.h"

#include <string.h>
#include <uthash.h>

/* Copies of one entry are held in several rooms: its place tells that they are the same. */
struct key {
	const struct source_info *source;
	uint64_t line, order;
};

struct known {
	struct key key;
	struct evidence *evidence;
	UT_hash_handle hh;
};

struct evidence_book {
	const struct graph *graph;
	TALLOC_CTX *owner;
	struct known *known;
	struct evidence **items;
	size_t count;
};

static int book_free(struct evidence_book *book)
{
	HASH_CLEAR(hh, book->known);
	return 0;
}

struct evidence_book *evidence_book_new(TALLOC_CTX *mem, const struct graph *graph)
{
	struct evidence_book *book = mem_new(mem, struct evidence_book);

	book->graph = graph;
	book->owner = mem;
	talloc_set_destructor(book, book_free);
	return book;
}

static struct evidence *number(struct evidence_book *book, const struct entry *entry)
{
	struct evidence *evidence = mem_new(book->owner, struct evidence);
	struct entry *copy = entry_copy(evidence, entry);

	/* a transcript's local time is shown as the UTC time that it was found to be */
	copy->time = graph_time(book->graph, entry->source, entry->time);
	evidence->entry = copy;
	evidence->number = (unsigned)book->count + 1;
	digest_of(entry->text, entry->text_len, evidence->sha256);
	book->items = mem_grow(book->owner, book->items, book->count, sizeof(struct evidence *));
	book->items[book->count++] = evidence;
	return evidence;
}

struct evidence *evidence_of(
	struct evidence_book *book, const struct entry *entry, const char *role)
{
	struct known *known;
	struct key key;

	memset(&key, 0, sizeof(key));
	key.source = entry->source;
	key.line = entry->line;
	key.order = entry->order;
	HASH_FIND(hh, book->known, &key, sizeof(key), known);
	if (known == NULL) {
		known = mem_new(book, struct known);
		known->key = key;
		known->evidence = number(book, entry);
		known->evidence->role = role;
		HASH_ADD(hh, book->known, key, sizeof(key), known);
	}
	return known->evidence;
}

struct evidence **evidence_all(struct evidence_book *book, size_t *count)
{
	*count = book->count;
	return book->items;
}

void evidence_add(struct evidence_book *book, TALLOC_CTX *mem, struct evidence_list *list,
	const struct entry *entry, const char *role)
{
	struct evidence *evidence;

	if (list->count >= list->limit)
		return;
	evidence = evidence_of(book, entry, role);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == evidence)
			return;
	list->items = mem_grow(mem, list->items, list->count, sizeof(struct evidence *));
	list->items[list->count++] = evidence;
}
