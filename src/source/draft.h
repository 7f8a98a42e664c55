/* A text that is put together from parts, never longer than SOURCE_LINE_MAX. */
#ifndef SOURCE_DRAFT_H
#define SOURCE_DRAFT_H

#include "source/source.h"

struct draft {
	char *text; /* NULL while nothing was added; owned by MEM */
	size_t length, room;
	bool cut; /* parts were left out because the text was full */
	TALLOC_CTX *mem;
};

/* What does not fit any more is left out, and CUT is set. */
void draft_add(struct draft *draft, const char *text, size_t length);
/* Where LENGTH more bytes may be written, before LENGTH is added; NULL: they do not fit. */
char *draft_room(struct draft *draft, size_t length);
void draft_empty(struct draft *draft);

#endif
