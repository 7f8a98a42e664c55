/* A window over the bytes of a reader that moves on and never back. */
#ifndef SOURCE_SLIDE_H
#define SOURCE_SLIDE_H

#include "source/format.h"

struct slide {
	struct reader *reader;
	char *bytes;
	size_t room, end, at; /* bytes are valid to END, and AT is where the reading is */
	uint64_t base; /* offset of the first byte in the input */
	uint64_t counted, lines; /* newlines before offset COUNTED */
};

struct slide *slide_new(TALLOC_CTX *mem, struct reader *reader);
/* More bytes behind END; what is before offset NEEDED may go. 1, 0 at the end, -1: ERR tells. */
int slide_more(struct slide *slide, uint64_t needed, struct err *err);
/* The line of OFFSET, which must be in the window; cheap where offsets grow. */
uint64_t slide_line(struct slide *slide, uint64_t offset);

/* The offset of what is read next. */
static inline uint64_t slide_at(const struct slide *slide)
{
	return slide->base + slide->at;
}

/* What is read next, and how much of it there is. */
static inline const char *slide_text(const struct slide *slide, size_t *left)
{
	*left = slide->end - slide->at;
	return slide->bytes + slide->at;
}

#endif
