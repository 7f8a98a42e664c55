/* Any bytes as a transcript: whatever format they are taken for, nothing may break. */
#include "source/source.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct run *run = mem_new(mem, struct run);
	struct source_info *sources[2];
	struct err err = { 0 };
	struct entry entry;

	run->sources = sources;
	/* twice, so that the tests are merged too */
	for (run->source_count = 0; run->source_count < 2; run->source_count++) {
		struct source *source;

		if (source_open_text(
			    mem, "fuzz.txt", (const char *)bytes, length, NULL, &source, &err) < 0)
			break;
		while (source_next(source, &entry, &err) > 0)
			if (strlen(entry.text) != entry.text_len)
				__builtin_trap();
		sources[run->source_count] = source_info(source);
	}
	source_merge_tests(mem, run);
	talloc_free(mem);
	return 0;
}
