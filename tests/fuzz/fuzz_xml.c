/* Any bytes behind the root element of each dialect of XML. */
#include "source/source.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const roots[] = { "", "<testsuites>", "<test-run>", "<assemblies>",
	"<TestRun>" };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *root = roots[length > 0 ? bytes[0] % 5 : 0];
	size_t rest = length > 0 && root[0] != '\0' ? 1 : 0;
	char *text = mem_array(mem, char, strlen(root) + length + 1);
	struct source *source;
	struct err err = { 0 };
	struct entry entry;

	memcpy(text, root, strlen(root));
	memcpy(text + strlen(root), bytes + rest, length - rest);
	if (source_open_text(
		    mem, "fuzz.xml", text, strlen(root) + length - rest, NULL, &source, &err) == 0)
		while (source_next(source, &entry, &err) > 0)
			if (strlen(entry.text) != entry.text_len)
				__builtin_trap();
	talloc_free(mem);
	return 0;
}
