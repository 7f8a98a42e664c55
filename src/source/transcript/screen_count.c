/* What a screen tells of tests, and what it adds up to. */
#include "source/transcript/screen_table.h"

#include <string.h>

#define PATH_BYTES 1024
#define MESSAGE_MAX 2000 /* bytes of a test's message that are kept */

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
	struct screen_slot *slot = &screen->private->slots[screen->private->active];

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
	struct screen_slot *slot = &screen->private->slots[screen->private->active];

	add(&slot->open, more);
	add(&slot->named, more);
	add(&test->counts, more);
	add(&screen->source->info->counted, more);
}

bool screen_tell(struct screen *screen, struct test *test, enum outcome outcome)
{
	struct screen_private *private = screen->private;
	struct screen_told *told;

	HASH_FIND_PTR(private->told, &test, told);
	if (told == NULL) {
		told = mem_new(private, struct screen_told);
		told->test = test;
		HASH_ADD_PTR(private->told, test, told);
	} else if (told->session == private->session) {
		return false;
	}
	told->session = private->session;
	screen_count(screen, test, outcome);
	return true;
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

void screen_where(struct test *test, struct span place)
{
	uint64_t line;
	struct span rest;

	screen_skip(&place, "./");
	if (screen_begin(place, "node:") || screen_find(place, "node_modules/") < place.length)
		return;
	for (size_t i = 0; i < place.length && i < PATH_BYTES; i++) {
		if (place.text[i] == ' ' || place.text[i] == '\t')
			return;
		rest = screen_from(place, i + 1);
		if (i == 0 || place.text[i] != ':' || !screen_number(&rest, &line) || line == 0)
			continue;
		if (test != NULL && test->file_line == 0) {
			test->file = mem_strndup(test, place.text, i);
			test->file_line = line;
		}
		return;
	}
}

void screen_state(struct screen *screen, const struct counts *counts)
{
	struct screen_private *private = screen->private;
	struct screen_slot *slot = &private->slots[private->active];

	add(&slot->stated, counts);
	memset(&slot->open, 0, sizeof(slot->open));
	private->has_stated = slot->has_stated = true;
	private->session++;
}

const struct counts *screen_counted(const struct screen *screen)
{
	return &screen->private->slots[screen->private->active].open;
}

static void take(struct counts *from, const struct counts *counts)
{
	from->passed -= counts->passed;
	from->failed -= counts->failed;
	from->errors -= counts->errors;
	from->skipped -= counts->skipped;
}

/* Passes that are stated and not named are no disagreement where a runner does not name them. */
static void forgive(struct source_info *info, const struct screen_slot *slot, bool sparse)
{
	struct counts unnamed = { 0 };

	if (slot->named.passed > 0 && !sparse)
		return;
	if (slot->stated.passed > slot->named.passed)
		unnamed.passed = slot->stated.passed - slot->named.passed;
	if (slot->stated.skipped > slot->named.skipped)
		unnamed.skipped = slot->stated.skipped - slot->named.skipped;
	add(&info->unnamed, &unnamed);
	add(&info->counted, &unnamed);
}

/*
 * Behind the tests of another format, figures without a single name are told and not added: the
 * counts of the run stay those of the tests that it tells of.
 */
static bool is_aside(struct screen *screen, size_t index)
{
	const struct screen_slot *slot = &screen->private->slots[index];
	const struct counts *named = &slot->named;
	char counts[TRANSCRIPT_COUNTS];

	if (screen->private->held != NULL || !slot->has_stated ||
		named->passed + named->failed + named->errors + named->skipped > 0)
		return false;
	source_note(screen->source, "%s states %s; no test of it is named, so they are not counted",
		screen_table[index]->name, transcript_counts(&slot->stated, counts));
	return true;
}

void screen_finish(struct screen *screen)
{
	struct screen_private *private = screen->private;
	struct source_info *info = screen->source->info;
	struct counts others;

	for (private->active = 0; private->active < SCREEN_RUNNERS; private->active++)
		if (private->slots[private->active].sure)
			screen_table[private->active]->finish(
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
		struct screen_slot *slot = &private->slots[i];

		if (is_aside(screen, i))
			continue;
		add(&slot->stated, &slot->open);
		add(&info->stated, &slot->stated);
		forgive(info, slot, screen_table[i]->sparse);
	}
}
