/* From a diagnosis to a page: the formats, and how each comes about. */
#include "render/render.h"

#include <stdlib.h>
#include <string.h>

#include "render/codequality.h"
#include "render/folder.h"
#include "render/github.h"
#include "render/html.h"
#include "render/json.h"
#include "render/junit.h"
#include "render/markdown.h"
#include "render/page.h"
#include "render/sarif.h"
#include "render/sheet.h"
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

/* Of the style sheet, as a Content-Security-Policy names it: base64 of SHA-256. */
static const char *style_hash(TALLOC_CTX *mem, const char *style)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char hex[DIGEST_TEXT + 2], *out = mem_array(mem, char, 45);
	size_t at = 0;

	digest_of(style, strlen(style), hex);
	memcpy(hex + DIGEST_TEXT - 1, "00", 3); /* 32 bytes are 10 triples and two bytes */
	for (size_t i = 0; i < DIGEST_TEXT - 1; i += 6) {
		char part[7] = { hex[i], hex[i + 1], hex[i + 2], hex[i + 3], hex[i + 4], hex[i + 5],
			0 };
		unsigned long bits = strtoul(part, NULL, 16);

		for (int shift = 18; shift >= 0; shift -= 6)
			out[at++] = digits[bits >> shift & 63];
	}
	out[43] = '=';
	return out;
}

/* The tree of PAGE, with a style sheet where it wants one, through the template NAME. */
static int expand(const struct page *page, const char *name, const char *css,
	template_escape escape, char **out, struct err *err)
{
	struct folder *folder = folder_new(page->mem, page->options->folders);
	const struct template_options options = { escape, folder_partial, folder };
	const struct template *template;
	cJSON *tree;
	int result;

	if (folder_get(folder, name, &template, err) < 0)
		return -1;
	tree = page_of(page);
	if (css != NULL) {
		object_text(tree, "css", css);
		object_text(tree, "css_hash", style_hash(page->mem, css));
	}
	result = template_expand(page->mem, template, tree, &options, out, err);
	cJSON_Delete(tree);
	return result < 0 ? -1 : folder_fault(folder, err);
}

static const struct page_style markdown_style = {
	.code = markdown_code, .quote = markdown_quote, .plain = plain_string
};
static const struct page_style html_style = { .rich = html_rich };

static int put_markdown(const struct page *page, FILE *out, struct err *err)
{
	struct page styled = *page;
	char *text;

	styled.style = &markdown_style;
	if (expand(&styled, "report.md", NULL, markdown_escape, &text, err) < 0)
		return -1;
	sheet_squeeze(out, text);
	return 0;
}

static int put_html(const struct page *page, FILE *out, struct err *err)
{
	struct page styled = *page;
	char *css, *text;

	styled.style = &html_style;
	if (expand(&styled, "report.css", NULL, NULL, &css, err) < 0)
		return -1;
	if (expand(&styled, "report.html", css, html_escape, &text, err) < 0)
		return -1;
	fputs(text, out);
	return 0;
}

cJSON *render_tree(const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options)
{
	const struct page page = { talloc_new(NULL),
		format == RENDER_MARKDOWN ? &markdown_style : &html_style, diagnosis, options };
	cJSON *tree = page_of(&page);

	talloc_free(page.mem);
	return tree;
}

static const struct {
	const char *name, *endings[4];
	int (*put)(const struct page *page, FILE *out, struct err *err);
} formats[RENDER_FORMAT_COUNT] = {
	[RENDER_TEXT] = { "text", { ".txt", ".text" }, summary_put },
	[RENDER_MARKDOWN] = { "md", { ".md", ".markdown" }, put_markdown },
	[RENDER_HTML] = { "html", { ".html", ".htm" }, put_html },
	[RENDER_JSON] = { "json", { ".json" }, put_json },
	[RENDER_SARIF] = { "sarif", { ".sarif", ".sarif.json" }, sarif_put },
	[RENDER_JUNIT] = { "junit", { ".xml", ".junit" }, junit_put },
	[RENDER_CODEQUALITY] = { "codequality",
		{ ".codequality.json", "code-quality-report.json", ".codequality" },
		codequality_put },
	[RENDER_GITHUB] = { "github", { NULL }, github_put },
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
	const char *name = path_base(path);
	size_t length = strlen(name), best = 0;
	enum render_format found = RENDER_FORMAT_COUNT;

	for (size_t i = 0; i < RENDER_FORMAT_COUNT; i++)
		for (const char *const *ending = formats[i].endings; *ending != NULL; ending++) {
			size_t wanted = strlen(*ending);

			if (wanted > length || wanted <= best ||
				strcasecmp(name + length - wanted, *ending) != 0)
				continue;
			best = wanted;
			found = (enum render_format)i;
		}
	return found;
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
