/* Any bytes as an export of log entries: what comes out is clean text, and it ends. */
#include <stdlib.h>
#include <string.h>

#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_text(const char *text, size_t length)
{
	if (strlen(text) != length || length > 3 * SOURCE_LINE_MAX)
		abort();
	for (size_t i = 0; i < length;) {
		size_t size = utf8_sequence(text + i, length - i);

		if (size == 0 || text[i] == '\x1b')
			abort();
		i += size;
	}
}

static void check_name(const char *name)
{
	if (name != NULL)
		check_text(name, strlen(name));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	/* so that the input is taken for an export, whatever it is */
	static const char begin[] =
		"[{\"insertId\":\"a\",\"timestamp\":\"2025-01-02T03:04:05Z\"},\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_array(mem, char, sizeof(begin) + length);
	struct source *source;
	struct entry entry;
	struct err err;

	memcpy(text, begin, sizeof(begin) - 1);
	memcpy(text + sizeof(begin) - 1, bytes, length);
	if (source_open_text(mem, "x", text, sizeof(begin) - 1 + length, NULL, &source, &err) < 0)
		abort();
	while (source_next(source, &entry, &err) > 0) {
		check_text(entry.text, entry.text_len);
		check_name(entry.insert_id);
		check_name(entry.log);
		check_name(entry.service);
		check_name(entry.trace);
		check_name(entry.path);
		if (entry.json_len == 0 || entry.json_len > SOURCE_ENTRY_MAX)
			abort();
	}
	talloc_free(mem);
	return 0;
}
