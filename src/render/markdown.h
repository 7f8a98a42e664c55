/* Inside the room: texts that mean themselves in CommonMark and on GitHub and GitLab. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "base/base.h"

/*
 * A template_escape: the text in one line, for a paragraph, a list item or a cell of a table. What
 * stands between backticks stays code; nothing becomes a link, a picture, HTML or a mention.
 */
void markdown_escape(FILE *out, const char *text, size_t length);
/* The text as code, where it can be, else escaped. Owned by MEM. */
char *markdown_code(TALLOC_CTX *mem, const char *text);
/* A fenced block, longer than any fence in TEXT, each line behind a bar. Owned by MEM. */
char *markdown_quote(TALLOC_CTX *mem, const char *text);

#endif
