/* Part of render.h: texts that mean themselves in HTML. */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "base/base.h"

/* A template_escape for content and quoted attributes; no line of it begins with the text. */
void html_escape(FILE *out, const char *text, size_t length);
/*
 * Markdown of a rule as HTML, owned by MEM: by cmark in safe mode, and without links, pictures,
 * HTML and headings, because what a rule captured from a log stands in it too. One paragraph comes
 * without its <p>.
 */
char *html_rich(TALLOC_CTX *mem, const char *text);

#endif
