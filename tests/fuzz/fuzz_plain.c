/* Any bytes as an input of any format: what comes out is clean text, and it ends. */
#include <stdlib.h>
#include <string.h>

#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_text(const char *text, size_t length)
{
	if (strlen(text) != length)
		abort();
	for (size_t i = 0; i < length;) {
		size_t size = utf8_sequence(text + i, length - i);

		if (size == 0 || text[i] == '\x1b')
			abort();
		i += size;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	uint64_t last = 0;
	struct source *source;
	struct entry entry;
	struct err err;

	if (source_open_text(mem, "x", (const char *)bytes, length, NULL, &source, &err) < 0) {
		talloc_free(mem);
		return 0;
	}
	while (source_next(source, &entry, &err) > 0) {
		check_text(entry.text, entry.text_len);
		if (!source_info(source)->transcript && (entry.line == 0 || entry.line < last))
			abort();
		last = entry.line;
	}
	if (source_info(source)->bytes != length)
		abort();
	talloc_free(mem);
	return 0;
}
