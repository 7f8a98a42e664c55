/* Texts that must not get out; see canary.h. */
#include "cmd/canary.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/canary_match.h"

#define FILE_MAX (1U << 20)
#define TEXT_MAX 4096 /* bytes of one */
#define CHUNK (1U << 20)

const struct option_spec canary_options[] = {
	{ "canary", 0, "TEXT", "write nothing if TEXT would be in it (repeatable)" },
	{ "canary-file", 0, "FILE", "the same for each line of FILE (also $FIVEWHYS_CANARY)" },
	{ 0 },
};

static int add(TALLOC_CTX *mem, struct canary *canary, const char *text, struct err *err)
{
	size_t length = canary_match_length(text);

	if (length < CANARY_MIN || length > TEXT_MAX)
		return err_set(err, ERR_USAGE, "a canary has %d to %d bytes without blanks",
			CANARY_MIN, TEXT_MAX);
	canary->texts = mem_grow(mem, canary->texts, canary->count, sizeof(*canary->texts));
	canary->texts[canary->count++] = mem_strdup(mem, text);
	return 0;
}

static int add_lines(TALLOC_CTX *mem, struct canary *canary, const char *text, struct err *err)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		char *line = mem_strndup(mem, text, length);

		if (line[strspn(line, " \t\r")] != '\0' && add(mem, canary, line, err) < 0)
			return -1;
		text += length + (text[length] == '\n');
	}
	return 0;
}

int canary_option(TALLOC_CTX *mem, struct canary *canary, const char *name, const char *value,
	struct err *err)
{
	size_t length;
	char *text;

	if (strcmp(name, "canary") == 0)
		return add(mem, canary, value, err) < 0 ? -1 : 1;
	if (strcmp(name, "canary-file") != 0)
		return 0;
	if (path_read(mem, value, FILE_MAX, &text, &length, err) < 0)
		return -1;
	return add_lines(mem, canary, text, err) < 0 ? err_wrap(err, "%s", value) : 1;
}

int canary_environment(TALLOC_CTX *mem, struct canary *canary, struct err *err)
{
	const char *value = getenv("FIVEWHYS_CANARY");

	if (value != NULL && add_lines(mem, canary, value, err) < 0)
		return err_wrap(err, "FIVEWHYS_CANARY");
	return 0;
}

int canary_check(const struct canary *canary, const char *where, const char *text, size_t length,
	struct err *err)
{
	for (size_t i = 0; i < canary->count; i++) {
		const char *how = canary_match(canary->texts[i], text, length);

		if (how != NULL)
			return err_set(err, ERR_CANARY,
				"canary %zu would be in %s, %s: nothing was written", i + 1, where,
				how);
	}
	return 0;
}

int canary_check_entry(const struct canary *canary, const struct entry *entry, struct err *err)
{
	const char *const texts[] = { entry->text, entry->insert_id, entry->log, entry->service,
		entry->revision, entry->instance, entry->trace, entry->span, entry->pod,
		entry->thread, entry->method, entry->path };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i] != NULL &&
			canary_check(canary, "the history", texts[i], strlen(texts[i]), err) < 0)
			return -1;
	return 0;
}

static int check_cell(
	void *context, const char *table, const char *text, size_t length, struct err *err)
{
	char where[80];

	snprintf(where, sizeof(where), "the history (table %.40s)", table);
	return canary_check(context, where, text, length, err);
}

/* Chunks overlap by more than the longest canary is in any of its forms. */
static int check_bytes(
	const struct canary *canary, FILE *file, const char *where, char *chunk, struct err *err)
{
	const size_t overlap = 4 * TEXT_MAX;
	size_t kept = 0, got;

	while ((got = fread(chunk + kept, 1, CHUNK - kept, file)) > 0) {
		size_t length = kept + got;

		if (canary_check(canary, where, chunk, length, err) < 0)
			return -1;
		kept = length < overlap ? length : overlap;
		memmove(chunk, chunk + length - kept, kept);
	}
	return 0;
}

static int check_file(const struct canary *canary, const char *path, struct err *err)
{
	FILE *file = fopen(path, "re");
	char *chunk;
	int result;

	if (file == NULL)
		return 0;
	chunk = mem_array(NULL, char, CHUNK);
	result = check_bytes(canary, file, path, chunk, err);
	if (result < 0)
		err_fill(err, ERR_CANARY, "%s holds a canary already: nothing was written", path);
	talloc_free(chunk);
	fclose(file);
	return result;
}

int canary_check_file(const struct canary *canary, const char *path, struct err *err)
{
	char *log = mem_printf(NULL, "%s-wal", path);
	int result = 0;

	if (canary->count > 0)
		result = check_file(canary, path, err) < 0 ? -1 : check_file(canary, log, err);
	talloc_free(log);
	return result;
}

int canary_check_store(const struct canary *canary, struct store *store, struct err *err)
{
	return store_texts(store, check_cell, (void *)(uintptr_t)canary, err);
}
