/* The table of runners, and a source that is read through it. */
#include "source/transcript/screen.h"

#include <string.h>
#include <uthash.h>

#include "source/text.h"

#define MESSAGE_MAX 2000 /* bytes of a test's message that are kept */

static const struct screen_runner *const runners[SCREEN_RUNNERS] = {
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

#define TAP (SCREEN_RUNNERS - 1)

struct slot {
	void *state;
	unsigned seen;
	bool sure, expected; /* EXPECTED: from the first line on */
	struct counts open; /* counted since its last statement */
	struct counts named, stated; /* in all */
};

/* What was told of a test, so that it is counted once a session. */
struct told {
	const struct test *test;
	unsigned session;
	UT_hash_handle hh;
};

struct screen_private {
	struct slot slots[SCREEN_RUNNERS];
	size_t active;
	unsigned session;
	struct told *told;
	bool has_stated, any;
	struct screen_held *held; /* NULL: the entries are yielded by somebody else, at once */
	const struct test *telling; /* whose message is being told */
	char *first; /* the line that another format met first; NULL: none */
	size_t first_length;
	uint64_t first_number;
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
			mem_check(talloc_zero_size(screen, runners[i]->size));
	return screen;
}

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

		signs->seen[i] = runners[i]->sign(before, span);
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
	const struct slot *slot = &screen->private->slots[screen->private->active];

	return slot->sure && !slot->expected;
}

struct test *screen_test(struct screen *screen, struct entry *out, struct span name)
{
	struct test *test = source_test(screen->source, name.text, name.length);

	if (out == NULL)
		return test;
	if (test->line == 0)
		test->line = out->line;
	out->test = test;
	return test;
}

static void add(struct counts *sum, const struct counts *counts)
{
	sum->passed += counts->passed;
	sum->failed += counts->failed;
	sum->errors += counts->errors;
	sum->skipped += counts->skipped;
}

void screen_add(struct counts *counts, enum outcome outcome, uint64_t number)
{
	counts->passed += outcome == OUTCOME_PASSED ? number : 0;
	counts->failed += outcome == OUTCOME_FAILED ? number : 0;
	counts->errors += outcome == OUTCOME_ERROR ? number : 0;
	counts->skipped += outcome == OUTCOME_SKIPPED ? number : 0;
}

void screen_count(struct screen *screen, struct test *test, enum outcome outcome)
{
	struct slot *slot = &screen->private->slots[screen->private->active];

	screen_add(&slot->open, outcome, 1);
	screen_add(&slot->named, outcome, 1);
	source_outcome(screen->source, test, outcome);
}

void screen_late(struct screen *screen, struct test *test, enum outcome outcome)
{
	if (test->outcome != OUTCOME_NONE)
		return;
	screen_add(&screen->private->slots[screen->private->active].named, outcome, 1);
	source_outcome(screen->source, test, outcome);
}

void screen_missing(struct screen *screen, struct test *test, const struct counts *more)
{
	struct slot *slot = &screen->private->slots[screen->private->active];

	add(&slot->open, more);
	add(&slot->named, more);
	add(&test->counts, more);
	add(&screen->source->info->counted, more);
}

void screen_tell(struct screen *screen, struct test *test, enum outcome outcome)
{
	struct screen_private *private = screen->private;
	struct told *told;

	HASH_FIND_PTR(private->told, &test, told);
	if (told == NULL) {
		told = mem_new(private, struct told);
		told->test = test;
		HASH_ADD_PTR(private->told, test, told);
	} else if (told->session == private->session) {
		return;
	}
	told->session = private->session;
	screen_count(screen, test, outcome);
}

void screen_block(struct screen *screen)
{
	screen->private->telling = NULL;
}

void screen_message(struct screen *screen, struct test *test, const char *text)
{
	transcript_message(screen->source, test, text, strlen(text));
}

void screen_more(struct screen *screen, struct entry *out, struct span text)
{
	struct test *test = out->test;
	char *old = test == NULL ? NULL : (char *)test->message;

	(void)screen;
	text = screen_trim(text);
	if (old == NULL || text.length == 0 || strlen(old) + text.length + 1 >= MESSAGE_MAX)
		return;
	test->message = mem_printf(test, "%s\n%.*s", old, (int)text.length, text.text);
	talloc_free(old);
}

void screen_error(struct screen *screen, struct entry *out, struct span text)
{
	struct test *test = out->test;

	text = screen_trim(text);
	if (test == NULL || text.length == 0)
		return;
	if (test->message != NULL) {
		if (screen->private->telling == test)
			screen_more(screen, out, text);
		return;
	}
	transcript_message(screen->source, test, text.text, text.length);
	screen->private->telling = test;
	if (out->severity < SEVERITY_ERROR)
		out->severity = SEVERITY_ERROR;
}

void screen_state(struct screen *screen, const struct counts *counts)
{
	struct screen_private *private = screen->private;
	struct slot *slot = &private->slots[private->active];

	add(&slot->stated, counts);
	memset(&slot->open, 0, sizeof(slot->open));
	private->has_stated = true;
	private->session++;
}

const struct counts *screen_counted(const struct screen *screen)
{
	return &screen->private->slots[screen->private->active].open;
}

static void note_runner(struct screen *screen, size_t index)
{
	struct source_info *info = screen->source->info;
	const char *name = runners[index]->name;

	screen->private->active = index;
	if (screen->source->format == &screen_format)
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
	if (!runners[index]->line(screen, private->slots[index].state, out)) {
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
	struct slot *slot = &screen->private->slots[index];
	unsigned before = slot->seen;
	struct entry copy = *out;

	slot->seen = runners[index]->sign(before, screen_of(out));
	slot->sure = slot->seen == SCREEN_SURE;
	if (slot->seen == SCREEN_MAYBE && before != SCREEN_MAYBE && screen_of(out).length > 0)
		runners[index]->line(screen, slot->state, &copy);
}

bool screen_line(struct screen *screen, struct entry *out)
{
	struct screen_private *private = screen->private;
	struct span line = screen_of(out);

	if (private->any && give(screen, private->active, out))
		return true;
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		struct slot *slot = &private->slots[i];

		if (private->any && i == private->active)
			continue;
		if (!slot->sure)
			watch(screen, i, out);
		if (slot->sure && line.length > 0 && give(screen, i, out))
			return true;
	}
	return false;
}

static void take(struct counts *from, const struct counts *counts)
{
	from->passed -= counts->passed;
	from->failed -= counts->failed;
	from->errors -= counts->errors;
	from->skipped -= counts->skipped;
}

/* Passes that are stated and not named are no disagreement where a runner does not name them. */
static void forgive(struct source_info *info, const struct slot *slot, bool sparse)
{
	if (slot->named.passed > 0 && !sparse)
		return;
	if (slot->stated.passed > slot->named.passed)
		info->counted.passed += slot->stated.passed - slot->named.passed;
	if (slot->stated.skipped > slot->named.skipped)
		info->counted.skipped += slot->stated.skipped - slot->named.skipped;
}

void screen_finish(struct screen *screen)
{
	struct screen_private *private = screen->private;
	struct source_info *info = screen->source->info;
	struct counts others;

	for (private->active = 0; private->active < SCREEN_RUNNERS; private->active++)
		if (private->slots[private->active].sure)
			runners[private->active]->finish(
				screen, private->slots[private->active].state);
	if (!private->has_stated && !info->has_stated)
		return;
	others = info->counted;
	for (size_t i = 0; i < SCREEN_RUNNERS; i++)
		take(&others, &private->slots[i].named);
	if (!info->has_stated) /* what others counted in this source stands as it is */
		info->stated = others;
	info->has_stated = true;
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		struct slot *slot = &private->slots[i];

		add(&slot->stated, &slot->open);
		add(&info->stated, &slot->stated);
		forgive(info, slot, runners[i]->sparse);
	}
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

/* Show each runner the line that made it possible, which was given to nobody. */
static void show(struct screen *screen, const struct screen_signs *signs)
{
	for (size_t i = 0; i < SCREEN_RUNNERS; i++) {
		struct slot *slot = &screen->private->slots[i];
		struct entry entry = { .text = signs->maybe[i] };

		slot->seen = signs->seen[i];
		slot->sure = signs->seen[i] == SCREEN_SURE;
		if (signs->maybe[i] == NULL)
			continue;
		entry.text_len = strlen(entry.text);
		runners[i]->line(screen, slot->state, &entry);
	}
}

void screen_take_over(struct source *source, const struct screen_signs *signs, const char *line,
	size_t length, uint64_t number)
{
	struct screen *screen = own_screen(source);

	show(screen, signs);
	screen->private->first = mem_strndup(screen, line, length);
	screen->private->first_length = length;
	screen->private->first_number = number;
	source->format = &screen_format;
	source->info->format = screen_format.name;
	source_note(
		source, "output of a test runner begins at line %llu", (unsigned long long)number);
}

/*
 * Below a pytest console, above any log; in a log of times one line may be a quotation. Comments
 * of TAP look like headings, but for fences no Markdown has it.
 */
static int recognise(const char *sample, size_t length)
{
	struct sample found = { 0 };

	look(&found, sample, length);
	if (found.count <= (2 * found.dated >= found.lines ? 1U : 0U))
		return 0;
	return found.sure[TAP] && memmem(sample, length, "```", 3) == NULL ? 97 : 84;
}

const struct format screen_format = {
	.name = "test-console",
	.recognise = recognise,
	.open = screen_open,
	.next = screen_next,
};
