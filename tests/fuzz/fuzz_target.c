/* Targets of requests from foreign bytes: what is taken is clean text, and comes back from its code. */
#include <stdlib.h>
#include <string.h>

#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void look_at_field(TALLOC_CTX *mem, const char *name, const char *value)
{
	char *text =
		mem_printf(mem, "/?%s=%s", target_encode(mem, name), target_encode(mem, value));
	struct target again;
	struct err err = { 0 };

	if (strlen(text) > TARGET_MAX)
		return;
	expect(target_parse(mem, text, &again, &err) == 0 && again.count == 1);
	expect(strcmp(again.fields[0].name, name) == 0);
	expect(strcmp(again.fields[0].value, value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct view view = { .mem = mem };
	struct err err = { 0 };
	char *text = mem_strndup(mem, (const char *)bytes, length);

	if (target_parse(mem, text, &view.target, &err) == 0) {
		expect(view.target.path[0] == '/');
		if (route_find(view.target.path, &view) != NULL && view.name != NULL)
			expect(strlen(view.name) <= VIEW_NAME && strchr(view.name, '/') == NULL);
		for (size_t i = 0; i < view.target.count; i++)
			look_at_field(mem, view.target.fields[i].name, view.target.fields[i].value);
	}
	talloc_free(mem);
	return 0;
}
