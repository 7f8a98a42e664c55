/* The official Mustache specification, where it lies beside the project; in TAP by itself. */
#include "template/template.h"

#include <stdlib.h>
#include <string.h>

static const char *const modules[] = { "comments", "delimiters", "interpolation", "inverted",
	"partials", "sections" };

struct partials {
	TALLOC_CTX *mem;
	const cJSON *texts;
};

/* As the specification wants it: for HTML. */
static void escape(FILE *out, const char *value, size_t length)
{
	static const char special[] = "&<>\"";
	static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;" };

	for (size_t i = 0; i < length; i++) {
		const char *found = strchr(special, value[i]);

		if (found != NULL)
			fputs(entities[found - special], out);
		else
			fputc(value[i], out);
	}
}

static const struct template *partial(void *context, const char *name)
{
	struct partials *partials = context;
	const cJSON *text = cJSON_GetObjectItemCaseSensitive(partials->texts, name);
	struct template *out = NULL;
	struct err err;

	if (cJSON_IsString(text) && template_parse(partials->mem, name, text->valuestring,
					    strlen(text->valuestring), &out, &err) < 0)
		return NULL;
	return out;
}

static const char *text_of(const cJSON *test, const char *key)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, key));

	return text != NULL ? text : "";
}

static bool passes(TALLOC_CTX *mem, const cJSON *test)
{
	struct partials partials = { mem, cJSON_GetObjectItemCaseSensitive(test, "partials") };
	const struct template_options options = { escape, partial, &partials };
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(test, "data");
	const char *text = text_of(test, "template"), *wanted = text_of(test, "expected");
	struct template *template = NULL;
	struct err err = { 0 };
	char *out = NULL;

	if (template_parse(mem, "t", text, strlen(text), &template, &err) < 0 ||
		template_expand(mem, template, data, &options, &out, &err) < 0) {
		printf("# %s\n", err.text);
		return false;
	}
	return strcmp(out, wanted) == 0;
}

static int run_module(TALLOC_CTX *mem, const char *folder, const char *module, unsigned *count)
{
	struct err err = { 0 };
	const cJSON *test;
	size_t length;
	cJSON *file;
	char *text;
	int failed = 0;

	if (path_read(mem, mem_printf(mem, "%s/%s.json", folder, module), 1U << 20, &text, &length,
		    &err) < 0) {
		printf("not ok %u - %s\n", ++*count, err.text);
		return 1;
	}
	file = cJSON_Parse(text);
	cJSON_ArrayForEach(test, cJSON_GetObjectItemCaseSensitive(file, "tests"))
	{
		bool passed = passes(mem, test);

		failed += !passed;
		printf("%sok %u - %s: %s\n", passed ? "" : "not ", ++*count, module,
			text_of(test, "name"));
	}
	cJSON_Delete(file);
	return failed;
}

int main(void)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *top = getenv("TOP_SRCDIR");
	char *folder = mem_printf(mem, "%s/../shared/data/mustache", top != NULL ? top : ".");
	struct err err = { 0 };
	unsigned count = 0;
	int failed = 0;
	char **files;

	if (path_list(mem, folder, ".json", false, &files, &err) < 0)
		printf("1..0 # SKIP the external test data are not here\n");
	else
		for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
			failed += run_module(mem, folder, modules[i], &count);
	if (count > 0)
		printf("1..%u\n", count);
	talloc_free(mem);
	return failed > 0;
}
