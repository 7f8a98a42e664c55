/* Escapes for HTML, and the Markdown of rules in it. */
#include "render/html.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "render/clean.h"

static const char *entity(uint32_t code)
{
	static const struct {
		uint32_t code;
		const char *entity;
	} entities[] = {
		{ '&', "&amp;" },
		{ '<', "&lt;" },
		{ '>', "&gt;" },
		{ '"', "&quot;" },
		{ '\'', "&#39;" },
		{ '\n', "&#10;" }, /* so that no line of the page begins with the text */
		{ '\t', "&#9;" },
		{ '\r', "" },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (entities[i].code == code)
			return entities[i].entity;
	return NULL;
}

void html_escape(FILE *out, const char *text, size_t length)
{
	size_t limit = clean_limit(text, length), size;

	for (size_t i = 0; i < limit; i += size) {
		uint32_t code;
		const char *replaced;

		size = clean_decode(text + i, limit - i, &code);
		replaced = entity(code);
		if (i >= 2 && clean_is_command(text + i - 2, limit - i + 2))
			replaced = "&#91;";
		if (replaced != NULL)
			fputs(replaced, out);
		else
			clean_put(out, text + i, size, code);
	}
	if (limit < length)
		fputs("\xe2\x80\xa6", out);
}

/* Put a new node with NODE's children, or its literal text, in the place of NODE. */
static void become(cmark_node *node, cmark_node_type type)
{
	cmark_node *other = mem_check(cmark_node_new(type)), *child;
	const char *literal = cmark_node_get_literal(node);

	if (literal != NULL && type == CMARK_NODE_TEXT) {
		cmark_node_set_literal(other, literal);
	} else if (literal != NULL) {
		child = mem_check(cmark_node_new(CMARK_NODE_TEXT));
		cmark_node_set_literal(child, literal);
		cmark_node_append_child(other, child);
	}
	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_append_child(other, child);
	if (!cmark_node_replace(node, other))
		cmark_node_free(other);
	cmark_node_free(node);
}

/* A link or a picture becomes what stands in it. */
static void unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		if (!cmark_node_insert_before(node, child))
			break;
	cmark_node_free(node);
}

static void disarm(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
		unwrap(node);
	else if (type == CMARK_NODE_HTML_INLINE)
		become(node, CMARK_NODE_TEXT);
	else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HEADING)
		become(node, CMARK_NODE_PARAGRAPH);
}

/* Nodes are changed when they are left, so that their children are done and they may vanish. */
static void disarm_all(cmark_node *document)
{
	cmark_iter *iterator = mem_check(cmark_iter_new(document));
	cmark_event_type event;

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iterator);
		bool leaf = cmark_node_first_child(node) == NULL;

		if (event == CMARK_EVENT_EXIT || (leaf && cmark_node_get_literal(node) != NULL))
			disarm(node);
	}
	cmark_iter_free(iterator);
}

/* Controls out; a runner must find no command in a block of code either. */
static char *cleaned(TALLOC_CTX *mem, const char *text, bool html)
{
	size_t whole = strlen(text), limit = html ? whole : clean_limit(text, whole), length, size;
	char *out = NULL, *copy;
	FILE *stream = mem_check(open_memstream(&out, &length));
	bool start = true;

	for (size_t i = 0; i < limit; i += size) {
		uint32_t code;

		size = clean_decode(text + i, limit - i, &code);
		if (html && ((start && code == ':') ||
				    (i >= 2 && clean_is_command(text + i - 2, limit - i + 2))))
			fprintf(stream, "&#%u;", (unsigned)code);
		else if (code == '\n' || code == '\t')
			fputc((int)code, stream);
		else if (code != '\r')
			clean_put(stream, text + i, size, code);
		start = code == '\n' || (start && (code == ' ' || code == '\t'));
	}
	if (limit < whole)
		fputs("\xe2\x80\xa6", stream);
	if (fclose(stream) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, out, length);
	free(out);
	return copy;
}

/* "<p>...</p>\n" alone is what stands in it. */
static void strip_paragraph(char *html)
{
	size_t length = strlen(html);

	if (length < 8 || strncmp(html, "<p>", 3) != 0 ||
		strcmp(html + length - 5, "</p>\n") != 0 || strstr(html + 3, "<p>") != NULL ||
		strstr(html, "</p>") != html + length - 5)
		return;
	html[length - 5] = '\0';
	memmove(html, html + 3, length - 7);
}

char *html_rich(TALLOC_CTX *mem, const char *text)
{
	char *source = cleaned(mem, text, false), *html, *out;
	cmark_node *document =
		mem_check(cmark_parse_document(source, strlen(source), CMARK_OPT_DEFAULT));

	disarm_all(document);
	html = mem_check(cmark_render_html(document, CMARK_OPT_SAFE | CMARK_OPT_NOBREAKS));
	cmark_node_free(document);
	out = cleaned(mem, html, true);
	free(html);
	strip_paragraph(out);
	return out;
}
