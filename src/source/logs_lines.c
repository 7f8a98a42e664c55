/*
 * Logs of lines with times. A line is plain, or JSON, or wrapped by a container runtime; what has
 * no time of its own belongs to the entry before it.
 */
#include <string.h>

#include "source/fields.h"
#include "source/ledger.h"
#include "source/lines.h"
#include "source/logs.h"
#include "source/reader.h"

#define FOLDED_LINES 512 /* lines of one entry; more become entries of the same time */

struct state {
	struct fields *fields;
	struct stamps *stamps;
	struct lines_entry given, current, following; /* FOLLOWING was read too far */
	TALLOC_CTX *strings; /* of the entry given out */
	int64_t last_time;
	bool any_timed, year_noted;
};

static int open(struct source *source, struct err *err)
{
	struct state *state = mem_new(source, struct state);

	(void)err;
	state->fields = fields_new(state, source);
	state->stamps = fields_stamps(state->fields);
	state->current.text.mem = state->following.text.mem = state->given.text.mem = state;
	state->last_time = TIME_NONE;
	source->state = state;
	return 0;
}

/* What the times of this input lack is told once. */
static void note_stamp(struct source *source, struct state *state, const struct stamp *stamp)
{
	source->info->zone_unknown |= !stamp->has_zone;
	if (!stamp->has_year && !state->year_noted) {
		state->year_noted = true;
		ledger_note(source->info,
			source->options->year != 0
				? "its dates bear no year: the year given was taken"
			: reader_date(source->reader) != TIME_NONE
				? "its dates bear no year: that of the file's date was taken"
				: "its dates bear no year: 1970 was taken");
	}
}

/* "2025-01-20T11:04:58.113Z text": the time that kubectl and docker put before each line. */
static size_t stripped(const struct stamp *stamp, const char *line, size_t length)
{
	bool plain = stamp->begin == 0 && stamp->has_zone && length > stamp->end &&
		     line[10] == 'T' && line[stamp->end] == ' ';

	return plain ? stamp->end + 1 : 0;
}

/* "stdout F text" behind a time: the format of the Kubernetes container runtime interface. */
static size_t runtime_prefix(const char *text, size_t length, bool *partial)
{
	bool out = length > 9 && memcmp(text, "stdout ", 7) == 0;
	bool err = length > 9 && memcmp(text, "stderr ", 7) == 0;

	if ((!out && !err) || (text[7] != 'F' && text[7] != 'P') || text[8] != ' ')
		return 0;
	*partial = text[7] == 'P';
	return 9;
}

static void begin_entry(struct lines_entry *entry, uint64_t line, int64_t time)
{
	draft_empty(&entry->text);
	entry->line = line;
	entry->time = time;
	entry->lines = 1;
	entry->used = true;
	entry->partial = entry->is_json = entry->inherits = false;
}

static bool is_object(const char *text, size_t length, struct json *out)
{
	if (length < 2 || text[0] != '{' || !json_value(text, length, out))
		return false;
	while (length > out->length && strchr(" \t\r\n", text[length - 1]) != NULL)
		length--;
	return out->length == length;
}

static void note_json(struct lines_entry *entry)
{
	struct json object;

	entry->is_json =
		entry->text.length > 0 && is_object(entry->text.text, entry->text.length, &object);
}

/* A line that is an object: as Docker writes it, or an application. */
static void start_object(
	struct state *state, struct json object, uint64_t number, struct lines_entry *entry)
{
	begin_entry(entry, number, TIME_NONE);
	if (fields_docker(state->fields, object, &entry->text, &entry->time)) {
		entry->partial = !lines_trim(&entry->text);
	} else {
		draft_empty(&entry->text);
		draft_add(&entry->text, object.text, object.length);
		entry->time = TIME_NONE;
	}
	note_json(entry);
}

/* A line that begins an entry: fills ENTRY and is true. */
static bool start(struct source *source, const char *line, size_t length, uint64_t number,
	struct lines_entry *entry)
{
	struct state *state = source->state;
	struct json object;
	struct stamp stamp;
	size_t prefix;

	if (is_object(line, length, &object)) {
		start_object(state, object, number, entry);
		return true;
	}
	if (!stamps_find(state->stamps, line, length, &stamp))
		return false;
	note_stamp(source, state, &stamp);
	begin_entry(entry, number, stamp.time);
	prefix = stripped(&stamp, line, length);
	if (prefix > 0)
		prefix += runtime_prefix(line + prefix, length - prefix, &entry->partial);
	draft_add(&entry->text, line + prefix, length - prefix);
	note_json(entry);
	return true;
}

/* Whether FOLLOWING is the rest of a line that the container runtime had to split. */
static bool continues(const struct lines_entry *current, const struct lines_entry *following)
{
	return current->used && current->partial && following->used &&
	       current->lines < FOLDED_LINES;
}

static void join(struct lines_entry *current, struct lines_entry *following)
{
	draft_add(&current->text, following->text.text, following->text.length);
	current->partial = following->partial;
	current->lines++;
	note_json(current);
	following->used = false;
}

static void fold(struct lines_entry *entry, const char *line, size_t length)
{
	draft_add(&entry->text, "\n", 1);
	draft_add(&entry->text, line, length);
	entry->lines++;
}

/* A line without a time. True: it begins an entry, now in FOLLOWING. */
static bool take_untimed(struct source *source, const char *line, size_t length, uint64_t number)
{
	struct state *state = source->state;
	struct lines_entry *current = &state->current;
	bool full = current->lines >= FOLDED_LINES || current->text.cut;

	if (length == 0 && (!current->used || !state->any_timed))
		return false;
	if (current->used && state->any_timed && !current->is_json && !full) {
		fold(current, line, length);
		return false;
	}
	if (full && state->any_timed)
		ledger_note(source->info,
			"more than %d lines without a time follow a timed one: "
			"cut into several entries",
			FOLDED_LINES);
	begin_entry(&state->following, number, TIME_NONE);
	state->following.inherits = state->any_timed;
	draft_add(&state->following.text, line, length);
	return true;
}

/* Read on until CURRENT is whole and FOLLOWING begun, or the input is over. */
static int gather(struct source *source, struct err *err)
{
	struct state *state = source->state;
	uint64_t number;
	size_t length;
	char *line;
	int result;

	while (!state->following.used) {
		result = reader_line(source->reader, &line, &length, &number, err);
		if (result <= 0)
			return result;
		if (start(source, line, length, number, &state->following))
			state->any_timed = true;
		else if (!take_untimed(source, line, length, number))
			continue;
		if (continues(&state->current, &state->following))
			join(&state->current, &state->following);
		if (!state->current.used && state->following.used)
			lines_swap(&state->current, &state->following);
	}
	return 1;
}

/* The entry as JSON; -1: it is none after all. */
static int yield_json(struct source *source, const struct lines_entry *entry, struct entry *out)
{
	struct state *state = source->state;
	struct json object;

	if (!entry->is_json || !is_object(entry->text.text, entry->text.length, &object))
		return -1;
	if (fields_read(state->fields, object, NULL, out) < 0) {
		source->info->skipped++;
		ledger_note(source->info, "line %llu is not valid JSON and was taken as text",
			(unsigned long long)entry->line);
		return -1;
	}
	if (entry->time != TIME_NONE)
		out->time = entry->time;
	return 0;
}

/* Give out what is in GIVEN. */
static void yield(struct source *source, struct entry *out)
{
	struct state *state = source->state;
	struct lines_entry *entry = &state->given;

	out->line = entry->line;
	out->raw = entry->text.text;
	if (entry->text.cut)
		ledger_cut(source->info, "the entry in line %llu is longer than 1 MiB and was cut",
			(unsigned long long)entry->line);
	lines_trim(&entry->text);
	out->raw_len = entry->text.length;
	if (yield_json(source, entry, out) < 0) {
		source_set_text(source, out, entry->text.text, entry->text.length);
		out->time = entry->inherits ? state->last_time : entry->time;
		out->severity = source_level(out->text, out->text_len);
		talloc_free(state->strings);
		state->strings = talloc_new(state);
		lines_request(state->strings, out);
	}
	if (out->time != TIME_NONE)
		state->last_time = out->time;
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	struct state *state = source->state;

	if (gather(source, err) < 0)
		return -1;
	if (!state->current.used)
		return 0;
	/* GIVEN keeps the text while the caller uses the entry: its JSON is a part of it */
	lines_swap(&state->given, &state->current);
	state->current.used = false;
	if (state->following.used)
		lines_swap(&state->current, &state->following);
	yield(source, out);
	return 1;
}

const struct format logs_ndjson = { "ndjson", logs_sample_ndjson, open, next };
const struct format logs_plain = { "plain-log", logs_sample_plain, open, next };
