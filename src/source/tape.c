/* Members by the notes of the cutter. */
#include "source/tape.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static struct json value_of(const struct tape *tape, const struct tape_item *item)
{
	struct json value = { tape->text + (item->value - tape->base),
		(size_t)(item->end - item->value) };

	while (value.length > 0 && is_blank(value.text[0])) {
		value.text++;
		value.length--;
	}
	return value;
}

void tape_members(const struct tape *tape, struct json object, struct members *members)
{
	uint64_t begin;

	memset(members, 0, sizeof(*members));
	if (json_kind(object) != '{')
		return;
	begin = tape->base + (uint64_t)(object.text - tape->text);
	for (size_t i = 0; i < tape->count; i++) {
		const struct tape_item *item = &tape->items[i];
		unsigned *rank;
		struct json value;

		if (item->object != begin) {
			if (item->object > begin + object.length)
				break;
			continue;
		}
		rank = &members->rank[item->name];
		if (*rank != 0 && *rank <= item->rank)
			continue;
		value = value_of(tape, item);
		if (!json_has(value))
			continue;
		members->value[item->name] = value;
		*rank = item->rank;
	}
}
