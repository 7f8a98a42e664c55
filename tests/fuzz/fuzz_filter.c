/* Any text as a filter of a person: what is let through stays inside its parentheses. */
#include <stdlib.h>
#include <string.h>

#include "cloud/cloud.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Read as the service does: a string ends at its quote, a comment at the end of its line. */
static void check_inside(const char *text)
{
	size_t depth = 0;
	bool string = false;

	for (; *text != '\0'; text++) {
		if (string && *text == '\\')
			text++;
		else if (*text == '"')
			string = !string;
		else if (string)
			continue;
		else if (text[0] == '\'' || (text[0] == '-' && text[1] == '-'))
			abort();
		else if (*text == '(')
			depth++;
		else if (*text == ')' && depth-- == 0)
			abort();
	}
	if (string || depth != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, length), *out, *quoted;
	struct err err;

	if (cloud_lql_check(mem, text, &out, &err) == 0)
		check_inside(out);
	quoted = cloud_lql_quote(mem, (const char *)bytes, length);
	if (quoted != NULL)
		check_inside(quoted);
	talloc_free(mem);
	return 0;
}
