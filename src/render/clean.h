/* Inside the room: log text is data; what no place may see of it. */
#ifndef RENDER_CLEAN_H
#define RENDER_CLEAN_H

#include "base/base.h"

#define CLEAN_REPLACEMENT 0xfffdU
#define CLEAN_MAX 2000

/*
 * The bytes of the character at the beginning of TEXT (LENGTH > 0), and the character in *CODE;
 * a byte that is no UTF-8 is one U+FFFD.
 */
size_t clean_decode(const char *text, size_t length, uint32_t *code);
/*
 * TEXT in one line: runs of blanks, tabs and newlines become one blank (none at the ends), other
 * controls U+FFFD, and "##[" (a command of some runners, wherever it stands) gets a blank inside.
 * What is beyond clean_limit becomes an ellipsis.
 */
char *clean_line(TALLOC_CTX *mem, const char *text);
/* Write the clean character of SIZE bytes at TEXT, or U+FFFD for a control. */
void clean_put(FILE *out, const char *text, size_t size, uint32_t code);
/* As much of a text as a page shows of it in one place: whole characters, CLEAN_MAX bytes. */
size_t clean_limit(const char *text, size_t length);
/* Does TEXT begin with "##["? */
bool clean_is_command(const char *text, size_t length);

#endif
