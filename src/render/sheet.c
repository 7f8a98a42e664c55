/* Any tree as a page, by the template of its name. */
#include "render/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"
#include "render/folder.h"
#include "render/html.h"
#include "render/json.h"
#include "render/markdown.h"

void sheet_escape(FILE *out, const char *text, size_t length)
{
	char *copy = mem_strndup(NULL, text, length);

	fputs(clean_line(copy, copy), out);
	talloc_free(copy);
}

void sheet_squeeze(FILE *out, const char *text)
{
	unsigned newlines = 0;

	for (; *text != '\0'; text++) {
		newlines = *text == '\n' ? newlines + 1 : 0;
		if (newlines <= 2)
			fputc(*text, out);
	}
}

static const struct {
	const char *ending;
	template_escape escape;
} kinds[RENDER_FORMAT_COUNT] = {
	[RENDER_TEXT] = { "txt", sheet_escape },
	[RENDER_MARKDOWN] = { "md", markdown_escape },
	[RENDER_HTML] = { "html", html_escape },
};

static int put(TALLOC_CTX *mem, const cJSON *tree, const char *name, enum render_format format,
	const struct render_options *options, FILE *out, struct err *err)
{
	struct folder *folder = folder_new(mem, options->folders);
	const struct template_options expansion = { kinds[format].escape, folder_partial, folder };
	const struct template *template;
	char *text, *file = mem_printf(mem, "%s.%s", name, kinds[format].ending);

	if (folder_get(folder, file, &template, err) < 0 ||
		template_expand(mem, template, tree, &expansion, &text, err) < 0 ||
		folder_fault(folder, err) < 0)
		return -1;
	if (format == RENDER_MARKDOWN)
		sheet_squeeze(out, text);
	else
		fputs(text, out);
	return 0;
}

int sheet_plain(TALLOC_CTX *mem, const char *file, const struct render_options *options, char **out,
	struct err *err)
{
	struct folder *folder = folder_new(mem, options->folders);
	const struct template_options expansion = { NULL, folder_partial, folder };
	const struct template *template;
	cJSON *tree = object_new();
	int result = folder_get(folder, file, &template, err);

	if (result == 0)
		result = template_expand(mem, template, tree, &expansion, out, err);
	if (result == 0)
		result = folder_fault(folder, err);
	cJSON_Delete(tree);
	talloc_free(folder);
	return result;
}

int sheet_render(TALLOC_CTX *mem, cJSON *tree, const char *name, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	char *text = NULL;
	size_t size = 0;
	FILE *stream = mem_check(open_memstream(&text, &size));
	int result = 0;

	if (format == RENDER_JSON)
		json_write(stream, tree);
	else
		result = put(scratch, tree, name, format, options, stream, err);
	if (fclose(stream) != 0)
		mem_check(NULL);
	if (result == 0) {
		*out = mem_strndup(mem, text, size);
		*length = size;
	}
	free(text);
	cJSON_Delete(tree);
	talloc_free(scratch);
	return result;
}
