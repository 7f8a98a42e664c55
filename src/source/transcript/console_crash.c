/* Tests that ended their session or their worker: time limits, crashes of the interpreter. */
#include "source/transcript/console.h"

#include <string.h>

/* What is printed from now on is of the test that is ending here. */
static void end_with(struct console *console, struct known *known, const char *text, size_t length)
{
	known_tell(known, console->source, CHANNEL_PROGRESS, OUTCOME_FAILED, console->sessions);
	transcript_message(console->source, known->test, text, length);
	console->ending = known->test;
	console->running = NULL;
	source_note(console->source, "%s ended the session: %.*s", known->test->name,
		(int)(length < 80 ? length : 80), text);
}

/* pytest-timeout ends the process: whatever was running has failed. */
static bool timeout_line(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	if (text[0] != '+' || !line_title(&text, &length, '+') ||
		!line_begins(text, length, "Timeout"))
		return false;
	if (console->running != NULL)
		end_with(console, console->running, text, length);
	else if (console->ending == NULL)
		console->stack = true;
	out->test = console->ending;
	return true;
}

bool console_crash_fatal(struct console *console, const char *text, size_t length)
{
	if (!line_begins(text, length, "Fatal Python error: ") || console->running == NULL)
		return false;
	end_with(console, console->running, text, length);
	return true;
}

/* Dots do not name the test that hangs; its frame in the stack does. */
static bool stack_line(struct console *console, struct entry *out)
{
	static const char quote[] = "File \"", in[] = ", in test_";
	const char *path = memmem(out->text, out->text_len, quote, strlen(quote));
	const char *function = memmem(out->text, out->text_len, in, strlen(in));
	const char *end;
	char *id;

	if (!console->stack || path == NULL || function == NULL || path > function)
		return false;
	path += strlen(quote);
	end = memchr(path, '"', (size_t)(function - path));
	if (end == NULL)
		return false;
	id = mem_printf(NULL, "%.*s::%s", (int)(end - path), path, function + 5);
	console->stack = false;
	end_with(console, known_by_id(console->known, console->source, id, strlen(id)), "Timeout",
		strlen("Timeout"));
	console->ending->line = out->line;
	out->test = console->ending;
	talloc_free(id);
	return true;
}

/* xdist: "worker 'gw1' crashed while running 'nodeid'", in a block that has the file's name. */
static bool worker_line(struct console *console, struct entry *out)
{
	static const char label[] = " crashed while running '";
	const char *found = memmem(out->text, out->text_len, label, strlen(label));
	size_t length;
	struct known *known;

	if (found == NULL || !line_begins(out->text, out->text_len, "worker '"))
		return false;
	found += strlen(label);
	length = nodeid_length(found, out->text_len - (size_t)(found - out->text));
	if (length > 0 && found[length - 1] == '\'')
		length--;
	if (length == 0)
		return false;
	known = known_by_id(console->known, console->source, found, length);
	known_tell(known, console->source, CHANNEL_BLOCK, OUTCOME_FAILED, console->sessions);
	transcript_message(console->source, known->test, out->text, out->text_len);
	console->block = known;
	console->block_test = known->test;
	out->test = known->test;
	return true;
}

bool console_crash_line(struct console *console, struct entry *out)
{
	if (console->nested)
		return false;
	if (console->section == SECTION_FAILURES)
		return !console->captured && worker_line(console, out);
	if (console->section != SECTION_PROGRESS)
		return false;
	if (console_crash_fatal(console, out->text, out->text_len)) {
		out->test = console->ending;
		return true;
	}
	return timeout_line(console, out) || stack_line(console, out);
}
