/* Any bytes as a page of entries:list: it is taken whole or not at all, and what comes out is clean. */
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
	struct pages *pages = source_pages_new(mem, "p", NULL, true);
	struct source_info *info = source_pages_info(pages);
	/* as the network gives it: not to be read behind its end */
	char *body = mem_array(mem, char, length + 1), *token = NULL;
	struct entry entry;
	struct err err;

	memcpy(body, bytes, length);
	if (source_pages_add(pages, body, length, mem, &token, &err) < 0 &&
		(info->bytes != 0 || source_pages_next(pages, &entry)))
		abort();
	while (source_pages_next(pages, &entry)) {
		check_text(entry.text, entry.text_len);
		if (entry.insert_id == NULL || entry.json_len == 0)
			abort();
		check_text(entry.insert_id, strlen(entry.insert_id));
	}
	source_pages_end(pages);
	talloc_free(mem);
	return 0;
}
