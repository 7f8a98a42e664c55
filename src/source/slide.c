/* A moving window. */
#include "source/slide.h"

#include <string.h>

#define BLOCK (128U << 10)

struct slide *slide_new(TALLOC_CTX *mem, struct reader *reader)
{
	struct slide *slide = mem_new(mem, struct slide);

	slide->reader = reader;
	slide->room = 2 * BLOCK;
	slide->bytes = mem_array(slide, char, slide->room);
	return slide;
}

static uint64_t count_lines(const char *text, size_t length)
{
	const char *end = text + length;
	uint64_t count = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		count++;
		text++;
	}
	return count;
}

uint64_t slide_line(struct slide *slide, uint64_t offset)
{
	uint64_t from = slide->counted;

	if (offset < from)
		return slide->lines + 1 -
		       count_lines(slide->bytes + (offset - slide->base), (size_t)(from - offset));
	slide->lines += count_lines(slide->bytes + (from - slide->base), (size_t)(offset - from));
	slide->counted = offset;
	return slide->lines + 1;
}

int slide_more(struct slide *slide, uint64_t needed, struct err *err)
{
	size_t gone = (size_t)(needed - slide->base);
	ssize_t got;

	if (gone > slide->at)
		gone = slide->at;
	if (slide->end + BLOCK > slide->room && gone > 0) {
		if (slide->counted < slide->base + gone)
			slide_line(slide, slide->base + gone);
		memmove(slide->bytes, slide->bytes + gone, slide->end - gone);
		slide->base += gone;
		slide->end -= gone;
		slide->at -= gone;
	}
	if (slide->end + BLOCK > slide->room) {
		slide->room *= 2;
		slide->bytes = mem_check(talloc_realloc(slide, slide->bytes, char, slide->room));
	}
	got = reader_block(slide->reader, slide->bytes + slide->end, BLOCK, err);
	if (got <= 0)
		return (int)got;
	slide->end += (size_t)got;
	return 1;
}
