/* From a diagnosis to a page: the formats, and how each comes about. */
#include "render/render.h"

#include <stdlib.h>
#include <string.h>

#include "render/folder.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/page.h"
#include "render/summary.h"
#include "render/view.h"

static char *plain_string(TALLOC_CTX *mem, const char *text)
{
	size_t length = 0;
	char *out = NULL, *copy;
	FILE *stream = mem_check(open_memstream(&out, &length));

	json_write_string(stream, text, true);
	if (fclose(stream) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, out, length);
	free(out);
	return copy;
}

static int put_json(const struct page *page, FILE *out, struct err *err)
{
	cJSON *tree = view_of(page->diagnosis);

	(void)err;
	json_write(out, tree);
	cJSON_Delete(tree);
	return 0;
}

/* The tree of PAGE through the template NAME. */
static int expand(const struct page *page, const char *name, template_escape escape, char **out,
	struct err *err)
{
	struct folder *folder = folder_new(page->mem, page->options->folders);
	const struct template_options options = { escape, folder_partial, folder };
	const struct template *template;
	cJSON *tree;
	int result;

	if (folder_get(folder, name, &template, err) < 0)
		return -1;
	tree = page_of(page);
	result = template_expand(page->mem, template, tree, &options, out, err);
	cJSON_Delete(tree);
	return result < 0 ? -1 : folder_fault(folder, err);
}

/* Templates may be generous with empty lines: one is left of several (quotes have none). */
static void put_squeezed(FILE *out, const char *text)
{
	unsigned newlines = 0;

	for (; *text != '\0'; text++) {
		newlines = *text == '\n' ? newlines + 1 : 0;
		if (newlines <= 2)
			fputc(*text, out);
	}
}

static int put_markdown(const struct page *page, FILE *out, struct err *err)
{
	static const struct page_style style = {
		.code = markdown_code, .quote = markdown_quote, .plain = plain_string
	};
	struct page styled = *page;
	char *text;

	styled.style = &style;
	if (expand(&styled, "report.md", markdown_escape, &text, err) < 0)
		return -1;
	put_squeezed(out, text);
	return 0;
}

static const struct {
	const char *name, *endings[3];
	int (*put)(const struct page *page, FILE *out, struct err *err);
} formats[RENDER_FORMAT_COUNT] = {
	[RENDER_TEXT] = { "text", { ".txt", ".text" }, summary_put },
	[RENDER_MARKDOWN] = { "md", { ".md", ".markdown" }, put_markdown },
	[RENDER_HTML] = { "html", { ".html", ".htm" }, put_markdown },
	[RENDER_JSON] = { "json", { ".json" }, put_json },
};

enum render_format render_format_named(const char *name)
{
	size_t i = 0;

	while (i < RENDER_FORMAT_COUNT && strcmp(formats[i].name, name) != 0)
		i++;
	return (enum render_format)i;
}

enum render_format render_format_of(const char *path)
{
	const char *ending = strrchr(path_base(path), '.');

	for (size_t i = 0; ending != NULL && i < RENDER_FORMAT_COUNT; i++)
		for (size_t j = 0; formats[i].endings[j] != NULL; j++)
			if (strcasecmp(formats[i].endings[j], ending) == 0)
				return (enum render_format)i;
	return RENDER_FORMAT_COUNT;
}

const char *render_format_name(enum render_format format)
{
	return formats[format].name;
}

int render(TALLOC_CTX *mem, const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err)
{
	struct page page = { .diagnosis = diagnosis, .options = options };
	char *text = NULL;
	size_t size = 0;
	FILE *stream = mem_check(open_memstream(&text, &size));
	int result;

	page.mem = talloc_new(NULL);
	result = formats[format].put(&page, stream, err);
	if (fclose(stream) != 0)
		mem_check(NULL);
	if (result == 0) {
		*out = mem_strndup(mem, text, size);
		*length = size;
	}
	free(text);
	talloc_free(page.mem);
	return result;
}
