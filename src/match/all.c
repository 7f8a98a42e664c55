/* all: CRE's set. In any order, one entry may satisfy several terms; what fired is used up. */
#include "match/evaluate.h"

#include <stdlib.h>
#include <string.h>

/* A distinct term, and how many entries of it are wanted. */
struct slot {
	const struct use *use;
	size_t wanted;
	struct queue queue;
};

struct set {
	struct slot *slots;
	size_t count;
	size_t wanted; /* of all slots together */
	struct part *frame; /* the oldest events of each slot, by tick */
	struct negations *negations;
	int64_t window;
};

static struct slot *slot_of(const struct set *set, const struct term *term)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->slots[i].use->term == term)
			return &set->slots[i];
	return NULL;
}

static struct set *set_new(
	TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope)
{
	struct set *set = mem_new(mem, struct set);
	/* at equal times sources have no order; CRE takes that of arrival, in which it is blind first */
	bool look_back = signature->within.unit == WINDOW_NONE && !signature->uses[0].term->cre;

	set->slots = mem_array(set, struct slot, signature->use_count);
	for (size_t i = 0; i < signature->use_count; i++) {
		const struct use *use = &signature->uses[i];
		struct slot *slot = slot_of(set, use->term);

		if (slot == NULL)
			slot = &set->slots[set->count++];
		if (slot->use == NULL)
			slot->use = use;
		slot->wanted += use->count > 0 ? use->count : 1;
		set->wanted += use->count > 0 ? use->count : 1;
	}
	set->frame = mem_array(set, struct part, set->wanted);
	set->negations = negate_new(set, signature, scope, look_back);
	set->window = scope->window;
	return set;
}

/* No later entry can be in one window with what is older than that. */
static void expire(struct set *set, int64_t now)
{
	int64_t oldest = evaluate_add(now, -set->window);

	for (size_t i = 0; i < set->count; i++) {
		struct queue *queue = &set->slots[i].queue;

		while (queue->count > 0 && queue_at(queue, 0)->tick < oldest)
			queue_drop(queue, 1);
	}
}

static int by_place(const void *left, const void *right)
{
	const struct part *a = left, *b = right;

	if (a->event->tick != b->event->tick)
		return a->event->tick < b->event->tick ? -1 : 1;
	if (a->event->position != b->event->position)
		return a->event->position < b->event->position ? -1 : 1;
	return (a->use > b->use) - (a->use < b->use);
}

static bool make_frame(struct set *set)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		if (set->slots[i].queue.count < set->slots[i].wanted)
			return false;
	for (size_t i = 0; i < set->count; i++)
		for (size_t j = 0; j < set->slots[i].wanted; j++)
			set->frame[count++] = (struct part){ queue_at(&set->slots[i].queue, j),
				set->slots[i].use };
	qsort(set->frame, count, sizeof(set->frame[0]), by_place);
	return true;
}

static void use_up(struct set *set, const struct part *part)
{
	struct slot *slot = slot_of(set, part->use->term);

	for (size_t i = 0; i < slot->queue.count; i++)
		if (queue_at(&slot->queue, i) == part->event) {
			queue_remove(&slot->queue, i);
			return;
		}
}

/* CRE gives up the first of its terms that has the time of the anchor. */
static const struct part *anchored(const struct set *set, size_t anchor)
{
	const struct part *part = &set->frame[anchor];

	for (size_t i = 0; i < set->wanted; i++)
		if (set->frame[i].event->tick == part->event->tick && set->frame[i].use < part->use)
			part = &set->frame[i];
	return part;
}

static void settle(TALLOC_CTX *mem, struct set *set, struct firings *out)
{
	size_t anchor;

	while (make_frame(set)) {
		if (negate_forbids(set->negations, set->frame, set->wanted, &anchor)) {
			use_up(set, anchored(set, anchor));
			continue;
		}
		evaluate_fire(mem, out, set->frame, set->wanted);
		for (size_t i = 0; i < set->wanted; i++)
			use_up(set, &set->frame[i]);
	}
}

void all_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	struct set *set = set_new(mem, signature, scope);

	for (size_t i = 0; i < scope->count;) {
		size_t position = scope->events[i].position;

		expire(set, scope->events[i].tick);
		for (; i < scope->count && scope->events[i].position == position; i++) {
			struct slot *slot = slot_of(set, scope->events[i].hit->term);

			if (slot != NULL)
				queue_push(set, &slot->queue, &scope->events[i]);
		}
		settle(mem, set, out);
	}
	talloc_free(set);
}
