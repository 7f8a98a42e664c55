/* Which objects of a JSON stream are log entries: the frames that are open, and what was found. */
#ifndef SOURCE_NEST_H
#define SOURCE_NEST_H

#include "source/source.h"
#include "source/tape.h"

struct frame {
	uint64_t begin;
	size_t mark; /* how many candidates waited when it was opened */
	char kind; /* '{' or '[' */
	enum name key; /* of the member that is being read */
	size_t item; /* its number among the items plus one; 0: it has none */
	size_t first; /* how many items there were when it was opened */
	bool has_time, has_text, inside; /* INSIDE: part of an entry's payload */
	bool wrapper; /* it holds entries, or is too long, so it is none */
	unsigned strong; /* keys that only entries of the API have */
};

struct candidate {
	uint64_t begin, end; /* offsets in the input */
	size_t first, count; /* of its items */
	bool loose; /* it is not quite JSON, and its items are not to be trusted */
};

struct nest {
	struct frame frames[SOURCE_NESTING_MAX];
	size_t depth;
	struct candidate *waiting; /* an object around them may still be the entry */
	size_t waiting_count;
	struct candidate *ready; /* settled, in their order; the caller empties it */
	size_t ready_count;
	struct tape_item *items; /* of all objects that are open, wait or are ready */
	size_t item_count, item_room;
	bool loose; /* since there were no items, something was let pass that is no JSON */
};

/* An object or an array is opened at BEGIN; there must be room for it. */
void nest_open(struct nest *nest, char kind, uint64_t begin);
/* The innermost is closed before END. */
void nest_close(struct nest *nest, uint64_t end);
/* The innermost object has a member of this name; see names_find. */
void nest_key(struct nest *nest, enum name name, unsigned rank);
/* The colon behind that key, and the end of its value, are before OFFSET. */
static inline void nest_colon(struct nest *nest, uint64_t offset)
{
	const struct frame *frame = &nest->frames[nest->depth - 1];

	if (frame->item > 0)
		nest->items[frame->item - 1].value = offset;
}
static inline void nest_value(struct nest *nest, uint64_t offset)
{
	size_t item = nest->depth > 0 ? nest->frames[nest->depth - 1].item : 0;

	if (item > 0)
		nest->items[item - 1].end = offset;
}
/* All that was ready has been used: its items may go. */
void nest_used(struct nest *nest);
/* All are given up after an error: what waited is ready, but for parts of an entry that broke. */
void nest_break(struct nest *nest);
/* The outermost object that may still be an entry, or NULL. */
const struct frame *nest_outermost(const struct nest *nest);
/* It is none: too long. */
void nest_give_up_outermost(struct nest *nest);
/* Whether the frame has keys of an entry. */
bool nest_is_promising(const struct frame *frame);
/* What waits is ready. */
void nest_settle(struct nest *nest);

#endif
