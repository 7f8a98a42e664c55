/* The table of runners, and a source that is read through it. */
#include "source/transcript/screen_table.h"

#include <string.h>

const struct screen_runner *const screen_table[SCREEN_RUNNERS] = {
	&screen_go,
	&screen_jest,
	&screen_vitest,
	&screen_cargo,
	&screen_ctest,
	&screen_gtest,
	&screen_unittest,
	&screen_rspec,
	&screen_mocha,
	&screen_tap,
};

static int close_screen(struct screen_private *private)
{
	HASH_CLEAR(hh, private->told);
	return 0;
}

struct screen *screen_new(TALLOC_CTX *mem, struct source *source)
{
	struct screen *screen = mem_new(mem, struct screen);

	screen->source = source;
	screen->private = mem_new(screen, struct screen_private);
	talloc_set_destructor(screen->private, close_screen);
	for (size_t i = 0; i < SCREEN_RUNNERS; i++)
		screen->private->slots[i].state =
			mem_check(talloc_zero_size(screen, screen_table[i]->size));
	return screen;
}

static void note_runner(struct screen *screen, size_t index)
{
	struct source_info *info = screen->source->info;
	const char *name = screen_table[index]->name;

	screen->private->active = index;
	if (screen->private->owner)
		info->format = screen->private->any && strcmp(info->format, name) != 0
				       ? screen_format.name
				       : name;
	screen->private->any = true;
}

static bool give(struct screen *screen, size_t index, struct entry *out)
{
	struct screen_private *private = screen->private;
	size_t before = private->active;

	private->active = index;
	if (!screen_table[index]->line(screen, private->slots[index].state, out)) {
		private->active = before;
		return false;
	}
	if (before != index || !private->any)
		note_runner(screen, index);
	return true;
}

/* Is the runner sure now? What makes it possible is shown to it without being its own. */
static void watch(struct screen *screen, size_t index, const struct entry *out)
{
	struct screen_slot *slot = &screen->private->slots[index];
	unsigned before = slot->seen;
	struct entry copy = *out;

	slot->seen = screen_table[index]->sign(before, screen_of(out));
	slot->sure = slot->seen == SCREEN_SURE;
	if (slot->seen == SCREEN_MAYBE && before != SCREEN_MAYBE && screen_of(out).length > 0)
		screen_table[index]->line(screen, slot->state, &copy);
}

bool screen_line(struct screen *screen, struct entry *out)
{
	struct screen_private *private = screen->private;
	struct span line = screen_of(out);

	if (private->any && give(screen, private->active, out))
		return true;
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		struct screen_slot *slot = &private->slots[i];

		if (private->any && i == private->active)
			continue;
		if (!slot->sure)
			watch(screen, i, out);
		if (slot->sure && line.length > 0 && give(screen, i, out))
			return true;
	}
	return false;
}

void screen_hold(struct screen *screen, struct entry *out)
{
	if (screen->private->held != NULL)
		screen_held_begin(screen->private->held);
	out->printed = false;
}

void screen_release(struct screen *screen)
{
	if (screen->private->held != NULL)
		screen_held_end(screen->private->held);
}

static int read_line(struct source *source, struct entry *out, struct err *err)
{
	struct screen_private *private = ((struct screen *)source->state)->private;
	size_t length;
	char *line;
	int got;

	if (private->first != NULL) {
		source_set_text(source, out, private->first, private->first_length);
		out->line = private->first_number;
		private->first = NULL;
		return 1;
	}
	got = reader_line(source->reader, &line, &length, &out->line, err);
	if (got > 0)
		source_set_text(source, out, line, length);
	return got;
}

/* The next line that is not blank. */
static int next_line(struct screen *screen, struct entry *out, struct err *err)
{
	struct source *source = screen->source;
	const struct entry empty = { .time = TIME_NONE, .source = source->info };
	bool known;
	int got;

	do {
		*out = empty;
		got = read_line(source, out, err);
		if (got <= 0)
			return got;
		line_mark(source, out);
		known = screen_line(screen, out);
	} while (screen_trim(screen_of(out)).length == 0);
	if (!known && out->severity == SEVERITY_DEFAULT)
		out->severity = source_level(out->text, out->text_len);
	return 1;
}

static int screen_next(struct source *source, struct entry *out, struct err *err)
{
	struct screen *screen = source->state;
	int got;

	for (;;) {
		if (screen_held_next(screen->private->held, out))
			return 1;
		got = next_line(screen, out, err);
		if (got <= 0 && screen_held_end(screen->private->held))
			continue;
		if (got <= 0) {
			transcript_finish(source);
			screen_finish(screen);
			return got;
		}
		if (!screen_held_take(screen->private->held, out))
			return 1;
	}
}

static struct screen *own_screen(struct source *source)
{
	struct screen *screen = screen_new(source, source);

	screen->private->held = screen_held_new(screen);
	/* a log of a job has parts in several formats, and a name of its own */
	screen->private->owner = strcmp(source->info->format, source->format->name) == 0;
	source->state = screen;
	source->info->transcript = true;
	return screen;
}

static int screen_open(struct source *source, struct err *err)
{
	struct screen *screen = own_screen(source);
	const char *sample;
	size_t length;

	(void)err;
	sample = reader_sample(source->reader, &length);
	screen_expect(screen, sample, length);
	return 0;
}

void screen_take_over(struct source *source, const struct screen_signs *signs, const char *line,
	size_t length, uint64_t number)
{
	struct screen *screen = own_screen(source);

	screen_show(screen, signs);
	screen->private->first = mem_strndup(screen, line, length);
	screen->private->first_length = length;
	screen->private->first_number = number;
	source->format = &screen_format;
	if (screen->private->owner)
		source->info->format = screen_format.name;
	source_note(
		source, "output of a test runner begins at line %llu", (unsigned long long)number);
}

const struct format screen_format = {
	.name = "test-console",
	.recognise = screen_sample,
	.open = screen_open,
	.next = screen_next,
};
