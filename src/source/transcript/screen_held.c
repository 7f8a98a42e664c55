/* Entries that wait for the verdict of their test. */
#include "source/transcript/screen.h"

#include <string.h>

struct item {
	struct entry *entry;
	bool candidate;
};

#define BYTES_MAX (1U << 20) /* of their texts */

struct screen_held {
	struct item items[SCREEN_HELD];
	size_t count, next, bytes;
	bool waiting, candidate; /* the one that is taken next is one */
};

struct screen_held *screen_held_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct screen_held);
}

void screen_held_begin(struct screen_held *held)
{
	held->waiting = held->candidate = true;
}

bool screen_held_end(struct screen_held *held)
{
	bool any = held->next < held->count;

	held->waiting = held->candidate = false;
	return any;
}

bool screen_held_take(struct screen_held *held, const struct entry *out)
{
	if (!held->waiting && held->next == held->count)
		return false;
	if (held->next == held->count)
		held->next = held->count = held->bytes = 0;
	held->bytes += out->text_len;
	held->items[held->count++] = (struct item){ entry_copy(held, out), held->candidate };
	held->candidate = false;
	if (held->count == SCREEN_HELD || held->bytes > BYTES_MAX)
		screen_held_end(held);
	return true;
}

/* Its test failed, and no later line is its message. */
static bool is_error(const struct item *item)
{
	const struct test *test = item->entry->test;
	size_t first;

	if (!item->candidate || test == NULL || test->outcome < OUTCOME_FAILED ||
		test->message == NULL)
		return false;
	first = strcspn(test->message, "\n");
	return memmem(item->entry->text, item->entry->text_len, test->message, first) != NULL;
}

bool screen_held_next(struct screen_held *held, struct entry *out)
{
	struct item *item;

	if (held->next > 0) {
		talloc_free(held->items[held->next - 1].entry);
		held->items[held->next - 1].entry = NULL;
	}
	if (held->waiting || held->next == held->count) {
		if (held->next == held->count)
			held->next = held->count = 0;
		return false;
	}
	item = &held->items[held->next++];
	*out = *item->entry;
	if (is_error(item) && out->severity < SEVERITY_ERROR)
		out->severity = SEVERITY_ERROR;
	return true;
}
