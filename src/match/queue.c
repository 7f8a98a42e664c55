/* Queues of events that wait for others. */
#include "match/evaluate.h"

#include <string.h>

void queue_push(TALLOC_CTX *mem, struct queue *queue, const struct event *event)
{
	/* what was dropped in front is given back when there is more of it than of the rest */
	if (queue->head > 64 && queue->head > queue->count) {
		memmove(queue->items, queue->items + queue->head,
			queue->count * sizeof(*queue->items));
		queue->head = 0;
	}
	queue->items =
		mem_grow(mem, queue->items, queue->head + queue->count, sizeof(*queue->items));
	queue->items[queue->head + queue->count++] = event;
}

const struct event *queue_at(const struct queue *queue, size_t index)
{
	return queue->items[queue->head + index];
}

void queue_remove(struct queue *queue, size_t index)
{
	const struct event **item = queue->items + queue->head;

	memmove(item + 1, item, index * sizeof(*item));
	queue_drop(queue, 1);
}

void queue_drop(struct queue *queue, size_t count)
{
	queue->head += count;
	queue->count -= count;
	if (queue->count == 0)
		queue->head = 0;
}
