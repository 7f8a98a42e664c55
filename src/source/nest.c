/*
 * An object is an entry if it has the keys of one. Of such objects in each other the outermost
 * counts; but one with the keys of the API is settled at once, and what is around it a wrapper.
 */
#include "source/nest.h"

#include <string.h>

static void push(
	struct nest *nest, struct candidate **list, size_t *count, struct candidate candidate)
{
	*list = mem_grow(nest, *list, *count, sizeof(**list));
	(*list)[(*count)++] = candidate;
}

void nest_settle(struct nest *nest)
{
	for (size_t i = 0; i < nest->waiting_count; i++)
		push(nest, &nest->ready, &nest->ready_count, nest->waiting[i]);
	nest->waiting_count = 0;
}

const struct frame *nest_outermost(const struct nest *nest)
{
	for (size_t i = 0; i < nest->depth; i++)
		if (nest->frames[i].kind == '{' && !nest->frames[i].wrapper)
			return &nest->frames[i];
	return NULL;
}

void nest_give_up_outermost(struct nest *nest)
{
	const struct frame *frame = nest_outermost(nest);

	if (frame != NULL)
		nest->frames[frame - nest->frames].wrapper = true;
	if (nest_outermost(nest) == NULL)
		nest_settle(nest);
}

bool nest_is_promising(const struct frame *frame)
{
	return frame->kind == '{' && (frame->has_text || frame->strong > 0);
}

void nest_open(struct nest *nest, char kind, uint64_t begin)
{
	struct frame *frame = &nest->frames[nest->depth];
	const struct frame *around = nest->depth > 0 ? frame - 1 : NULL;

	memset(frame, 0, sizeof(*frame));
	frame->kind = kind;
	frame->begin = begin;
	frame->mark = nest->waiting_count;
	frame->first = nest->item_count;
	if (around != NULL)
		frame->inside = around->inside || around->key == NAME_JSON_PAYLOAD ||
				around->key == NAME_PROTO_PAYLOAD;
	nest->depth++;
}

static void add_item(struct nest *nest, struct frame *frame, unsigned rank)
{
	if (nest->item_count == nest->item_room) {
		nest->items = mem_grow(nest, nest->items, nest->item_count, sizeof(*nest->items));
		nest->item_room = talloc_array_length(nest->items);
	}
	nest->items[nest->item_count++] =
		(struct tape_item){ .object = frame->begin, .name = frame->key, .rank = rank };
	frame->item = nest->item_count;
}

void nest_used(struct nest *nest)
{
	nest->ready_count = 0;
	if (nest->waiting_count > 0 || nest_outermost(nest) != NULL)
		return;
	nest->item_count = 0;
	nest->loose = false;
	for (size_t i = 0; i < nest->depth; i++)
		nest->frames[i].item = 0;
}

void nest_key(struct nest *nest, enum name name, unsigned rank)
{
	/* what a key tells of the object that has it */
	static const struct {
		bool time, text, strong;
	} tells[NAME_COUNT] = {
		[NAME_TIME].time = true,
		[NAME_RECEIVED].time = true,
		[NAME_MESSAGE].text = true,
		[NAME_SEVERITY].text = true,
		[NAME_STACK].text = true,
		[NAME_INSERT_ID].strong = true,
		[NAME_LOG_NAME].strong = true,
		[NAME_TEXT_PAYLOAD].strong = true,
		[NAME_JSON_PAYLOAD].strong = true,
		[NAME_PROTO_PAYLOAD].strong = true,
		[NAME_HTTP].strong = true,
	};
	struct frame *frame = &nest->frames[nest->depth - 1];

	frame->key = name;
	frame->item = 0;
	if (name == NAME_NONE)
		return;
	add_item(nest, frame, rank);
	frame->has_time |= tells[name].time;
	frame->has_text |= tells[name].text;
	frame->strong += tells[name].strong;
}

static bool is_entry(const struct frame *frame)
{
	if (frame->kind != '{' || frame->inside || frame->wrapper)
		return false;
	return (frame->has_time && (frame->strong > 0 || frame->has_text)) || frame->strong > 1;
}

/* The entry is settled at once: nothing around it can be one. */
static void take_strong(struct nest *nest, struct candidate candidate)
{
	for (size_t i = 0; i < nest->depth; i++)
		nest->frames[i].wrapper = true;
	nest_settle(nest);
	push(nest, &nest->ready, &nest->ready_count, candidate);
}

void nest_close(struct nest *nest, uint64_t end)
{
	const struct frame *frame = &nest->frames[--nest->depth];
	struct candidate candidate = { frame->begin, end, frame->first,
		nest->item_count - frame->first, nest->loose };

	if (is_entry(frame)) {
		if (nest->waiting_count > frame->mark)
			nest->waiting_count = frame->mark;
		if (frame->strong > 0) {
			take_strong(nest, candidate);
			return;
		}
		push(nest, &nest->waiting, &nest->waiting_count, candidate);
	}
	if (nest_outermost(nest) == NULL)
		nest_settle(nest);
}

void nest_break(struct nest *nest)
{
	for (size_t i = 0; i < nest->depth; i++) {
		const struct frame *frame = &nest->frames[i];

		if (nest_is_promising(frame) && frame->mark < nest->waiting_count)
			nest->waiting_count = frame->mark;
	}
	nest_settle(nest);
	nest->depth = 0;
}
