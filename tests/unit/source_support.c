/* Sources over texts. */
#include "unit/source_test.h"

#include <string.h>

#include "unit/test.h"

struct source *test_source(
	TALLOC_CTX *mem, const char *text, size_t length, const struct source_options *options)
{
	struct source *source = NULL;
	struct err err = { 0 };

	if (source_open_text(mem, "input", text, length, options, &source, &err) < 0)
		fail_msg("%s", err.text);
	return source;
}

struct entry **test_entries(TALLOC_CTX *mem, const char *text, size_t length,
	const struct source_options *options, struct source_info **info)
{
	struct source *source = test_source(mem, text, length, options);
	struct entry **entries = NULL, entry;
	struct err err = { 0 };
	size_t count = 0;
	int result;

	while ((result = source_next(source, &entry, &err)) > 0) {
		entries = mem_grow(mem, entries, count + 1, sizeof(*entries));
		entries[count++] = entry_copy(mem, &entry);
		assert_int_equal(strlen(entry.text), entry.text_len);
	}
	entries = mem_grow(mem, entries, count + 1, sizeof(*entries));
	entries[count] = NULL;
	if (result < 0)
		fail_msg("%s", err.text);
	*info = source_info(source);
	return entries;
}
