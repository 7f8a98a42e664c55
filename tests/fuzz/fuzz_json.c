/* Any bytes as an export of log entries: what comes out is clean text, and it ends. */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

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

static bool is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < 0x20 || *text > 0x7e)
			return false;
	return true;
}

/* Of an entry that cJSON can read, what is copied as it stands is what cJSON finds. */
static void check_fields(const struct entry *entry)
{
	static const char *const names[] = { "insertId", "insert_id", "spanId", "span_id" };
	cJSON *root = cJSON_ParseWithLength(entry->json, entry->json_len);
	const cJSON *members[4] = { NULL };
	/* cJSON ends a string at a NUL, and at an escape that is none */
	bool twice = memchr(entry->json, '\0', entry->json_len) != NULL ||
		     memmem(entry->json, entry->json_len, "\\u", 2) != NULL;

	for (const cJSON *at = root != NULL ? root->child : NULL; at != NULL; at = at->next)
		for (size_t i = 0; i < 4; i++)
			if (strcmp(at->string, names[i]) == 0) {
				twice |= members[i / 2 * 2] != NULL;
				members[i / 2 * 2] = at;
			}
	for (size_t i = 0; i < 4 && !twice; i += 2) {
		const char *wanted = cJSON_GetStringValue(members[i]);
		const char *got = i == 0 ? entry->insert_id : entry->span;

		if (wanted == NULL || wanted[0] == '\0' || !is_plain(wanted) ||
			strlen(wanted) > 1000)
			continue;
		if (got == NULL || strcmp(got, wanted) != 0)
			abort();
	}
	cJSON_Delete(root);
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
		check_fields(&entry);
	}
	talloc_free(mem);
	return 0;
}
