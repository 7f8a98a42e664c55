/* Templates from foreign bytes, over data and with partials: the template is its own partial. */
#include "template/template.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char data[] = "{\"a\":{\"b\":[1,\"x\",{\"c\":\"<\"}]},\"b\":\"text\",\"c\":false,"
			   "\"d\":[{\"a\":1},{\"a\":2}],\"e\":0.5}";

static const struct template *partial(void *context, const char *name)
{
	/* one name only, so that the number of partials does not explode */
	return strcmp(name, "p") == 0 ? *(struct template **)context : NULL;
}

static void count_name(void *context, const char *name, unsigned line, unsigned column)
{
	*(size_t *)context += strlen(name) + line + column;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct template *template = NULL;
	const struct template_options options = { .partial = partial, .context = &template };
	struct err err = { 0 };
	size_t sum = 0;
	char *out;

	if (length <= 2048 &&
		template_parse(mem, "fuzz", (const char *)bytes, length, &template, &err) == 0) {
		cJSON *values = cJSON_Parse(data);

		template_names(template, count_name, &sum);
		(void)template_expand(mem, template, values, &options, &out, &err);
		cJSON_Delete(values);
	}
	talloc_free(mem);
	return 0;
}
