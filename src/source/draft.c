/* Texts that are put together from parts. */
#include "source/draft.h"

#include <string.h>

char *draft_room(struct draft *draft, size_t length)
{
	if (length > SOURCE_LINE_MAX - draft->length)
		return NULL;
	if (draft->length + length > draft->room || draft->text == NULL) {
		draft->room = 2 * (draft->length + length) + 1024;
		draft->text = mem_check(talloc_realloc(draft->mem, draft->text, char, draft->room));
	}
	return draft->text + draft->length;
}

void draft_add(struct draft *draft, const char *text, size_t length)
{
	if (length > SOURCE_LINE_MAX - draft->length) {
		length = SOURCE_LINE_MAX - draft->length;
		draft->cut = true;
	}
	memcpy(draft_room(draft, length), text, length);
	draft->length += length;
}

void draft_empty(struct draft *draft)
{
	draft->length = 0;
	draft->cut = false;
}
