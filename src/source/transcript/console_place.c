/*
 * With --tb=line there are no blocks: each failure is one line, "PATH.py:12: what failed", and only
 * the summary below tells the names of the tests, with what failed in them, often cut short.
 */
#include "source/transcript/console.h"

#include <string.h>

/* Stands for a test until its name is known. */
struct console_place {
	struct test *test;
	const char *message, *where; /* "PATH.py:12:" */
};

/* Behind "PATH.py:12: "; NULL: it is no such line. */
static const char *message_of(const char *text, size_t length)
{
	const char *at = memmem(text, length, ".py:", 4), *end = text + length;

	if (at == NULL || text[0] == ' ' || text[0] == '>')
		return NULL;
	for (at += 4; at < end && *at >= '0' && *at <= '9';)
		at++;
	return at[-1] != ':' && end - at > 2 && at[0] == ':' && at[1] == ' ' ? at + 2 : NULL;
}

bool console_place_line(struct console *console, struct entry *out)
{
	const char *message = message_of(out->text, out->text_len);
	struct console_place *place;

	/* "PATH.py:12: in test_x" is of a traceback */
	if (console->section != SECTION_FAILURES || console->block_test != NULL ||
		message == NULL || line_begins(message, strlen(message), "in "))
		return false;
	console->places = mem_grow(console, console->places, console->place_count, sizeof(*place));
	place = &console->places[console->place_count++];
	place->message = mem_strdup(console, message);
	/* entries point to it for as long as they live; it is none of the tests of the source */
	place->test = mem_new(console->source->info, struct test);
	place->test->name =
		mem_strndup(place->test, out->text, (size_t)(message - out->text - strlen(": ")));
	place->where = mem_printf(place->test, "%s:", place->test->name);
	place->test->source = console->source->info;
	place->test->start = TIME_NONE;
	place->test->duration = -1;
	place->test->line = out->line;
	out->test = place->test;
	return true;
}

void console_place_name(
	struct console *console, struct test *test, const char *message, size_t length)
{
	if (length > 3 && memcmp(message + length - 3, "...", 3) == 0)
		length -= 3;
	for (size_t i = 0; i < console->place_count; i++) {
		struct console_place *place = &console->places[i];

		if (place->test->same_as != NULL || strncmp(place->message, message, length) != 0)
			continue;
		frame_note(test, place->where, strlen(place->where));
		place->test->same_as = test;
		place->test->name = test->name;
		transcript_message(console->source, test, place->message, strlen(place->message));
		return;
	}
}
