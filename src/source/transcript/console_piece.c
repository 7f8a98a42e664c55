/* A piece of a transcript with a verdict but no name of a test: it is one test. */
#include "source/transcript/console.h"

#include <string.h>

/* A line of its traceback may name it after all. */
static void name_it(struct console *console, const struct entry *out)
{
	struct line_frame frame;
	char *name;

	if (console->piece_named || !line_frame(out->text, out->text_len, &frame) ||
		!line_begins(frame.function, frame.function_length, "test"))
		return;
	name = mem_printf(console->piece, "%.*s::%.*s", (int)frame.path_length, frame.path,
		(int)frame.function_length, frame.function);
	for (char *c = name; *c != '\0'; c++)
		if (*c == '\\')
			*c = '/';
	console->piece->name = name;
	console->piece->nameless = false;
	console->piece_named = true;
}

/* "FAILED", "FAILED: reason", "PASSED [100%]", or an "E   ..." line. */
static enum outcome outcome_of(const struct entry *out, size_t *taken)
{
	enum outcome outcome = words_verdict(out->text, out->text_len, taken);
	const char *rest = out->text + *taken;
	size_t length = out->text_len - *taken;

	if (line_begins(out->text, out->text_len, "E  "))
		return OUTCOME_FAILED;
	line_trim(&rest, &length);
	if (outcome == OUTCOME_COUNT || (outcome == OUTCOME_ERROR && length > 0))
		return OUTCOME_NONE;
	return length == 0 || rest[0] == ':' || rest[0] == '[' ? outcome : OUTCOME_NONE;
}

static void tell(struct console *console, const struct entry *out)
{
	size_t taken = 0;
	enum outcome outcome = outcome_of(out, &taken);

	if (outcome == OUTCOME_NONE)
		return;
	if (outcome > console->piece_outcome)
		console->piece_outcome = outcome;
	if (console->piece->line == 0)
		console->piece->line = out->line;
	if (taken == 0)
		console_error(console, console->piece, out);
	else if (outcome >= OUTCOME_FAILED && line_begins(out->text + taken, 1, ":"))
		transcript_message(console->source, console->piece, out->text + taken + 1,
			out->text_len - taken - 1);
}

void console_piece_line(struct console *console, struct entry *out)
{
	if (console->piece == NULL || console->sessions > 0)
		return;
	out->test = console->piece;
	tell(console, out);
	name_it(console, out);
}
