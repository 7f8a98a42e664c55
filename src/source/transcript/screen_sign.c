/* By what it is recognised that a test runner speaks. */
#include "source/transcript/screen_table.h"

#include <string.h>

#include "source/text.h"

struct screen_signs {
	struct text *clean;
	unsigned seen[SCREEN_RUNNERS];
	char *maybe[SCREEN_RUNNERS]; /* the line that made a runner possible */
};

struct screen_signs *screen_signs_new(TALLOC_CTX *mem)
{
	struct screen_signs *signs = mem_new(mem, struct screen_signs);

	signs->clean = text_new(signs);
	return signs;
}

static void remember(struct screen_signs *signs, size_t index, struct span line)
{
	talloc_free(signs->maybe[index]);
	signs->maybe[index] = mem_strndup(signs, line.text, line.length);
}

bool screen_begins(struct screen_signs *signs, const char *line, size_t length)
{
	struct span span = { NULL, 0 };
	bool sure = false;

	span.text = text_clean(signs->clean, line, length, &span.length);
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		unsigned before = signs->seen[i];

		signs->seen[i] = screen_table[i]->sign(before, span);
		sure = sure || signs->seen[i] == SCREEN_SURE;
		if (signs->seen[i] == SCREEN_MAYBE && before != SCREEN_MAYBE)
			remember(signs, i, span);
	}
	return sure;
}

/* What a sample shows of runners. */
struct sample {
	bool sure[SCREEN_RUNNERS];
	unsigned count; /* lines that were sure */
	unsigned dated, lines;
};

static void look(struct sample *found, const char *sample, size_t length)
{
	struct screen_signs *signs = screen_signs_new(NULL);
	int64_t time;

	for (size_t at = 0, taken; at < length; at += taken + 1) {
		const char *end = memchr(sample + at, '\n', length - at);

		taken = end == NULL ? length - at : (size_t)(end - sample) - at;
		found->lines += taken > 1;
		found->dated += when_parse(sample + at, taken, &time, NULL) > 0;
		if (!screen_begins(signs, sample + at, taken))
			continue;
		found->count++;
		for (size_t i = 0; i < SCREEN_RUNNERS; i++)
			if (signs->seen[i] == SCREEN_SURE) {
				found->sure[i] = true;
				signs->seen[i] = 0;
			}
	}
	talloc_free(signs);
}

void screen_expect(struct screen *screen, const char *sample, size_t length)
{
	struct sample found = { 0 };

	look(&found, sample, length);
	for (size_t i = 0; i < SCREEN_RUNNERS; i++)
		screen->private->slots[i].sure = screen->private->slots[i].expected = found.sure[i];
}

bool screen_is_late(const struct screen *screen)
{
	const struct screen_slot *slot = &screen->private->slots[screen->private->active];

	return slot->sure && !slot->expected;
}

void screen_show(struct screen *screen, const struct screen_signs *signs)
{
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		struct screen_slot *slot = &screen->private->slots[i];
		struct entry entry = { .text = signs->maybe[i] };

		slot->seen = signs->seen[i];
		slot->sure = signs->seen[i] == SCREEN_SURE;
		if (signs->maybe[i] == NULL)
			continue;
		entry.text_len = strlen(entry.text);
		screen_table[i]->line(screen, slot->state, &entry);
	}
}

/*
 * Below a pytest console, above any log; in a log of times one line may be a quotation. Comments
 * of TAP look like headings, but for fences no Markdown has it.
 */
int screen_sample(const char *sample, size_t length)
{
	struct sample found = { 0 };

	look(&found, sample, length);
	if (found.count <= (2 * found.dated >= found.lines ? 1U : 0U))
		return 0;
	return found.sure[SCREEN_TAP] && memmem(sample, length, "```", 3) == NULL ? 97 : 84;
}
