/* Lines that are like another one, and yet no failure: kept in order, best first. */
#include <ctype.h>
#include <string.h>

#include "reason/errors.h"
#include "reason/mask.h"
#include "reason/reason.h"

#define LINE_MAX_BYTES 300
#define WORDS_MAX 24
#define WORD_MIN 3 /* letters and digits */

struct word {
	const char *at;
	size_t length;
};

struct contrast {
	const char *kind; /* of the line itself */
	struct word words[WORDS_MAX]; /* of the line */
	size_t word_count;
	uint64_t line; /* of the source, where the line to match stands */
	const char *lines[CONTRAST_MAX + 1];
	uint64_t likeness[CONTRAST_MAX]; /* of each */
	size_t count;
};

struct contrast *contrast_new(TALLOC_CTX *mem, const struct suggestion *suggestion)
{
	struct contrast *contrast = mem_new(mem, struct contrast);
	const char *line = mem_strdup(contrast, suggestion->line);

	contrast->kind = mask_kind(contrast, line, strlen(line));
	contrast->line = suggestion->error->first->line;
	while (*line != '\0' && contrast->word_count < WORDS_MAX) {
		size_t length = 0;

		while (isalnum((unsigned char)line[length]))
			length++;
		if (length >= WORD_MIN)
			contrast->words[contrast->word_count++] = (struct word){ line, length };
		line += length > 0 ? length : 1;
	}
	return contrast;
}

static unsigned shared(const struct contrast *contrast, const char *line, size_t length)
{
	unsigned count = 0;

	for (size_t i = 0; i < contrast->word_count; i++)
		count += memmem(line, length, contrast->words[i].at, contrast->words[i].length) !=
			 NULL;
	return count;
}

static void insert(struct contrast *contrast, const char *line, size_t length, uint64_t likeness)
{
	size_t at = contrast->count;

	while (at > 0 && contrast->likeness[at - 1] < likeness)
		at--;
	if (at == CONTRAST_MAX)
		return;
	if (contrast->count < CONTRAST_MAX)
		contrast->count++;
	else
		talloc_free((char *)contrast->lines[CONTRAST_MAX - 1]);
	for (size_t i = contrast->count - 1; i > at; i--) {
		contrast->lines[i] = contrast->lines[i - 1];
		contrast->likeness[i] = contrast->likeness[i - 1];
	}
	contrast->lines[at] = mem_strndup(contrast, line, length);
	contrast->likeness[at] = likeness;
}

static bool is_known(const struct contrast *contrast, const char *line, size_t length)
{
	char *masked = mask_kind(NULL, line, length);
	bool known = strcmp(masked, contrast->kind) == 0;

	for (size_t i = 0; i < contrast->count && !known; i++)
		known = strlen(contrast->lines[i]) == length &&
			memcmp(contrast->lines[i], line, length) == 0;
	talloc_free(masked);
	return known;
}

void contrast_see(struct contrast *contrast, const struct entry *entry, bool same_run)
{
	const char *newline = memchr(entry->text, '\n', entry->text_len);
	size_t length = newline != NULL ? (size_t)(newline - entry->text) : entry->text_len;
	uint64_t far = entry->line > contrast->line ? entry->line - contrast->line
						    : contrast->line - entry->line;
	uint64_t likeness;

	length = utf8_cut(entry->text, length, LINE_MAX_BYTES);
	while (length > 0 && isspace((unsigned char)entry->text[length - 1]))
		length--;
	if (length < WORD_MIN || (same_run && errors_is(entry)))
		return;
	/* likeness decides; distance, within one run, among equals */
	likeness = (uint64_t)shared(contrast, entry->text, length) << 32;
	if (same_run)
		likeness += UINT32_MAX - (far < UINT32_MAX ? far : UINT32_MAX);
	if (contrast->count == CONTRAST_MAX && likeness <= contrast->likeness[CONTRAST_MAX - 1])
		return;
	if (!is_known(contrast, entry->text, length))
		insert(contrast, entry->text, length, likeness);
}

const char *const *contrast_lines(const struct contrast *contrast)
{
	return contrast->lines;
}
