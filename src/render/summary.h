/* Inside the room: the summary for the terminal. */
#ifndef RENDER_SUMMARY_H
#define RENDER_SUMMARY_H

#include "render/page.h"

#define SUMMARY_LINES 20
#define SUMMARY_WIDTH 80

struct summary_lines {
	char **items;
	size_t count;
};

/* TEXT in lines of at most WIDTH columns, as few as can be; taken apart in place. Owned by MEM. */
struct summary_lines summary_lay_out(TALLOC_CTX *mem, char *text, unsigned width);
/* From the template summary.txt; 0, or -1 as render() fails. */
int summary_put(const struct page *page, FILE *out, struct err *err);

#endif
