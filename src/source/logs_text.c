/* Lines without times: each is an entry, a Python traceback is one. */
#include <string.h>

#include "source/ledger.h"
#include "source/lines.h"
#include "source/logs.h"
#include "source/transcript/screen.h"

struct state {
	struct lines_entry given, current, following;
	struct screen_signs *signs; /* that a test runner begins to speak */
	bool in_traceback; /* CURRENT is one, and its exception has not come */
};

static int open(struct source *source, struct err *err)
{
	struct state *state = mem_new(source, struct state);

	(void)err;
	state->given.text.mem = state->current.text.mem = state->following.text.mem = state;
	state->signs = screen_signs_new(state);
	source->state = state;
	return 0;
}

static int recognise(const char *sample, size_t length)
{
	(void)sample;
	return length > 0 ? 1 : 0;
}

static bool begins_traceback(const char *line, size_t length)
{
	static const char words[] = "Traceback (most recent call last):";

	return memmem(line, length, words, sizeof(words) - 1) != NULL;
}

/* Whether the line belongs to the traceback in CURRENT. */
static bool belongs(struct state *state, const char *line, size_t length)
{
	if (!state->in_traceback || state->current.text.cut)
		return false;
	if (length > 0 && line[0] != ' ' && line[0] != '\t') {
		/* the exception itself ends it, unless another one follows in the same breath */
		state->in_traceback = begins_traceback(line, length);
		return true;
	}
	return true;
}

static void begin(struct lines_entry *entry, const char *line, size_t length, uint64_t number)
{
	draft_empty(&entry->text);
	draft_add(&entry->text, line, length);
	entry->line = number;
	entry->used = true;
}

static void take(struct state *state, const char *line, size_t length, uint64_t number)
{
	if (state->current.used && belongs(state, line, length)) {
		draft_add(&state->current.text, "\n", 1);
		draft_add(&state->current.text, line, length);
	} else if (length > 0) {
		begin(state->current.used ? &state->following : &state->current, line, length,
			number);
		state->in_traceback = begins_traceback(line, length);
	}
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	struct state *state = source->state;
	uint64_t number;
	size_t length;
	char *line;
	int result = 1;

	while (!state->following.used && result > 0) {
		result = reader_line(source->reader, &line, &length, &number, err);
		if (result > 0 && screen_begins(state->signs, line, length)) {
			screen_take_over(source, state->signs, line, length, number);
			if (!state->current.used)
				return source->format->next(source, out, err);
			break;
		}
		if (result > 0)
			take(state, line, length, number);
	}
	if (result < 0)
		return -1;
	if (!state->current.used) {
		if (source->info->entries > 0 && source->info->first == TIME_NONE)
			source_note(source, "its lines bear no times");
		return 0;
	}
	lines_swap(&state->given, &state->current);
	state->current.used = false;
	if (state->following.used)
		lines_swap(&state->current, &state->following);
	lines_trim(&state->given.text);
	out->line = state->given.line;
	out->raw = state->given.text.text;
	out->raw_len = state->given.text.length;
	source_set_text(source, out, state->given.text.text, state->given.text.length);
	out->severity = source_level(out->text, out->text_len);
	return 1;
}

const struct format logs_text = { "text", recognise, open, next };
