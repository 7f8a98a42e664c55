/* Triggers; see redact_triggers.h. */
#include "source/redact_triggers.h"

#include <string.h>
#include <strings.h>

#define KEYS 32768 /* three times five bits */
#define PAIRS 1024 /* twice five bits */

struct redact_triggers {
	bool pair[PAIRS]; /* two bytes that follow each other in the first three of a trigger */
	uint64_t present[KEYS / 64];
	uint16_t first[KEYS]; /* number of a trigger plus one */
	struct redact_trigger *items;
	size_t count;
};

/* Three bytes, letters of both cases alike. */
static unsigned key_of(const char *text)
{
	return ((unsigned)text[0] & 31) | ((unsigned)text[1] & 31) << 5 |
	       ((unsigned)text[2] & 31) << 10;
}

static unsigned pair_of(const char *text)
{
	return ((unsigned)text[0] & 31) | ((unsigned)text[1] & 31) << 5;
}

static void add(struct redact_triggers *triggers, const char *text, size_t length, size_t rule)
{
	struct redact_trigger *item;
	unsigned key = key_of(text);

	triggers->items =
		mem_grow(triggers, triggers->items, triggers->count, sizeof(*triggers->items));
	item = &triggers->items[triggers->count++];
	*item = (struct redact_trigger){ text, length, rule, 0 };
	triggers->present[key / 64] |= UINT64_C(1) << key % 64;
	triggers->pair[pair_of(text)] = triggers->pair[pair_of(text + 1)] = true;
	/* behind those that are there: rules are tried in their order */
	if (triggers->first[key] == 0) {
		triggers->first[key] = (uint16_t)triggers->count;
		return;
	}
	item = &triggers->items[triggers->first[key] - 1];
	while (item->next != 0)
		item = &triggers->items[item->next - 1];
	item->next = (uint16_t)triggers->count;
}

struct redact_triggers *redact_triggers_new(
	TALLOC_CTX *mem, const struct redact_rule *rules, size_t count)
{
	struct redact_triggers *triggers = mem_new(mem, struct redact_triggers);

	for (size_t i = 0; i < count; i++) {
		const char *text = rules[i].triggers;

		for (size_t size; *text != '\0'; text += size + (text[size] == '|')) {
			size = strcspn(text, "|");
			add(triggers, text, size, i);
		}
	}
	return triggers;
}

static bool is_present(const struct redact_triggers *triggers, const char *text)
{
	unsigned key = key_of(text);

	return triggers->present[key / 64] >> key % 64 & 1;
}

/*
 * Of every three bytes one pair begins at an odd distance from AT, so that only every second place
 * is looked at.
 */
size_t redact_triggers_next(
	const struct redact_triggers *triggers, const char *text, size_t length, size_t at)
{
	for (at++; at + 1 < length; at += 2) {
		if (!triggers->pair[pair_of(text + at)])
			continue;
		if (is_present(triggers, text + at - 1))
			return at - 1;
		if (at + 3 <= length && is_present(triggers, text + at))
			return at;
	}
	return length;
}

const struct redact_trigger *redact_triggers_at(const struct redact_triggers *triggers,
	const struct redact_trigger *last, const char *text, size_t length, size_t at)
{
	unsigned next = last != NULL ? last->next : triggers->first[key_of(text + at)];

	for (; next != 0; next = triggers->items[next - 1].next) {
		const struct redact_trigger *item = &triggers->items[next - 1];

		if (item->length <= length - at &&
			strncasecmp(text + at, item->text, item->length) == 0)
			return item;
	}
	return NULL;
}
