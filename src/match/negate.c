/* Negation as CRE has it: an entry in the forbidden interval of a frame takes its anchor away. */
#include "match/evaluate.h"

struct forbidder {
	const struct negation *negation;
	struct queue seen; /* by tick */
};

struct negations {
	struct forbidder *items;
	size_t count;
	bool look_back;
	struct forbidden *told;
};

struct negations *negate_new(TALLOC_CTX *mem, const struct signature *signature,
	const struct scope *scope, bool look_back)
{
	struct negations *negations = mem_new(mem, struct negations);

	negations->count = signature->not_count;
	negations->items = mem_array(negations, struct forbidder, negations->count);
	negations->look_back = look_back;
	negations->told = scope->told;
	for (size_t i = 0; i < negations->count; i++) {
		struct forbidder *item = &negations->items[i];

		item->negation = &signature->nots[i];
		if (item->negation->slide < 0)
			negations->look_back = true;
		for (size_t j = 0; j < scope->count; j++)
			if (evaluate_is(&scope->events[j], &item->negation->use))
				queue_push(negations, &item->seen, &scope->events[j]);
	}
	return negations;
}

/* The first event of the queue at or after START. */
static size_t first_from(const struct queue *queue, int64_t start)
{
	size_t low = 0, high = queue->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (queue_at(queue, middle)->tick < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct extent {
	int64_t first, last; /* ticks */
	size_t position; /* of the first part */
};

static struct extent extent_of(const struct part *parts, size_t count)
{
	struct extent extent = { INT64_MAX, INT64_MIN, SIZE_MAX };

	for (size_t i = 0; i < count; i++) {
		const struct event *event = parts[i].event;

		if (event->tick < extent.first)
			extent.first = event->tick;
		if (event->tick > extent.last)
			extent.last = event->tick;
		if (event->position < extent.position)
			extent.position = event->position;
	}
	return extent;
}

static bool is_forbidden(const struct forbidder *item, const struct extent *extent,
	const struct event *anchor, bool look_back, struct forbidden *out)
{
	int64_t start = evaluate_add(anchor->tick, item->negation->slide);
	int64_t width = item->negation->window;
	int64_t end;

	if (!item->negation->absolute)
		width = evaluate_add(width, when_difference(extent->last, extent->first));
	end = evaluate_add(start, width < 0 ? 0 : width);
	for (size_t i = first_from(&item->seen, start); i < item->seen.count; i++) {
		const struct event *event = queue_at(&item->seen, i);

		if (event->tick > end)
			return false;
		if (look_back || event->position >= extent->position) {
			*out = (struct forbidden){ item->negation, event, anchor, start, end };
			return true;
		}
	}
	return false;
}

bool negate_forbids(
	const struct negations *negations, const struct part *parts, size_t count, size_t *anchor)
{
	struct extent extent = extent_of(parts, count);
	struct forbidden found;

	for (size_t i = 0; i < negations->count; i++) {
		const struct forbidder *item = &negations->items[i];

		*anchor = item->negation->anchor < count ? item->negation->anchor : count - 1;
		if (!is_forbidden(
			    item, &extent, parts[*anchor].event, negations->look_back, &found))
			continue;
		if (negations->told != NULL && negations->told->negation == NULL)
			*negations->told = found;
		return true;
	}
	return false;
}
