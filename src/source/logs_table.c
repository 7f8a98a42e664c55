/* The table that gcloud logging read prints: columns begin where their names begin. */
#include <string.h>

#include "source/ledger.h"
#include "source/lines.h"
#include "source/logs.h"
#include "source/reader.h"
#include "source/stamp.h"

#define COLUMNS 16

enum meaning {
	MEANING_OTHER,
	MEANING_TIME,
	MEANING_SEVERITY,
	MEANING_TEXT,
	MEANING_INSERT_ID,
	MEANING_SERVICE,
	MEANING_REVISION,
	MEANING_LOG,
};

static const struct {
	const char *name;
	enum meaning meaning;
} headings[] = {
	{ "TIMESTAMP", MEANING_TIME },
	{ "SEVERITY", MEANING_SEVERITY },
	{ "TEXT_PAYLOAD", MEANING_TEXT },
	{ "MESSAGE", MEANING_TEXT },
	{ "TEXT", MEANING_TEXT },
	{ "INSERT_ID", MEANING_INSERT_ID },
	{ "SERVICE_NAME", MEANING_SERVICE },
	{ "SERVICE", MEANING_SERVICE },
	{ "REVISION_NAME", MEANING_REVISION },
	{ "LOG_NAME", MEANING_LOG },
};

struct column {
	enum meaning meaning;
	size_t begin;
};

struct state {
	struct stamps *stamps;
	struct column columns[COLUMNS];
	size_t column_count;
	struct lines_entry given, current, following;
	TALLOC_CTX *strings;
};

static bool is_heading(const char *line, size_t length)
{
	return length >= 18 && memcmp(line, "TIMESTAMP ", 10) == 0 &&
	       memmem(line, length, " SEVERITY", 9) != NULL;
}

static int recognise(const char *sample, size_t length)
{
	const char *newline = memchr(sample, '\n', length);

	return is_heading(sample, newline != NULL ? (size_t)(newline - sample) : length) ? 95 : 0;
}

static int open(struct source *source, struct err *err)
{
	struct state *state = mem_new(source, struct state);

	(void)err;
	state->stamps = stamps_new(state, source->options, reader_date(source->reader));
	state->given.text.mem = state->current.text.mem = state->following.text.mem = state;
	source->state = state;
	return 0;
}

static enum meaning meaning_of(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (strlen(headings[i].name) == length &&
			memcmp(headings[i].name, name, length) == 0)
			return headings[i].meaning;
	return MEANING_OTHER;
}

static void read_heading(struct state *state, const char *line, size_t length)
{
	state->column_count = 0;
	for (size_t at = 0; at < length && state->column_count < COLUMNS;) {
		size_t size = strcspn(line + at, " \t");

		state->columns[state->column_count].begin = at;
		state->columns[state->column_count++].meaning = meaning_of(line + at, size);
		at += size;
		at += strspn(line + at, " \t");
	}
}

/* The cell of column NUMBER, without the blanks around it. */
static const char *cell(
	const struct state *state, const struct draft *row, size_t number, size_t *length)
{
	size_t first = row->length, begin, end;
	const char *newline = memchr(row->text, '\n', row->length);

	if (newline != NULL)
		first = (size_t)(newline - row->text);
	begin = state->columns[number].begin;
	/* the last cell is as long as it likes, over several lines */
	end = number + 1 < state->column_count ? state->columns[number + 1].begin : row->length;
	if (number + 1 < state->column_count && end > first)
		end = first;
	if (begin > end)
		begin = end;
	while (begin < end && row->text[begin] == ' ')
		begin++;
	while (begin < end && strchr(" \r\n", row->text[end - 1]) != NULL)
		end--;
	*length = end - begin;
	return row->text + begin;
}

/* 1: a row is in CURRENT, and the next one begun. 0: the end. */
static int gather(struct source *source, struct err *err)
{
	struct state *state = source->state;
	struct stamp stamp;
	uint64_t number;
	size_t length;
	char *line;
	int result = 1;

	while (!state->following.used) {
		struct lines_entry *entry;

		result = reader_line(source->reader, &line, &length, &number, err);
		if (result <= 0)
			return result;
		if (is_heading(line, length)) {
			read_heading(state, line, length);
			continue;
		}
		entry = state->current.used ? &state->following : &state->current;
		if (stamps_find(state->stamps, line, length, &stamp) && stamp.begin == 0) {
			draft_empty(&entry->text);
			entry->time = stamp.time;
			entry->line = number;
			entry->used = true;
			source->info->zone_unknown |= !stamp.has_zone;
		} else if (state->current.used) {
			entry = &state->current;
			draft_add(&entry->text, "\n", 1);
		} else {
			continue;
		}
		draft_add(&entry->text, line, length);
	}
	return 1;
}

static void set_cell(struct source *source, struct entry *out, enum meaning meaning,
	const char *text, size_t length)
{
	struct state *state = source->state;
	const char **const targets[] = { NULL, NULL, NULL, NULL, &out->insert_id, &out->service,
		&out->revision, &out->log };
	enum severity severity;

	if (length == 0 || meaning == MEANING_TIME)
		return;
	if (meaning == MEANING_SEVERITY) {
		severity = severity_parse(text, length);
		out->severity = severity == SEVERITY_COUNT ? SEVERITY_DEFAULT : severity;
	} else if (meaning == MEANING_TEXT) {
		source_set_text(source, out, text, length);
	} else if (targets[meaning] != NULL) {
		*targets[meaning] = source_clean(state->strings, source, text, length);
	}
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	struct state *state = source->state;

	if (gather(source, err) < 0)
		return -1;
	if (!state->current.used)
		return 0;
	lines_swap(&state->given, &state->current);
	state->current.used = false;
	if (state->following.used)
		lines_swap(&state->current, &state->following);
	talloc_free(state->strings);
	state->strings = talloc_new(state);
	out->line = state->given.line;
	out->time = state->given.time;
	for (size_t i = 0; i < state->column_count; i++) {
		size_t length;
		const char *text = cell(state, &state->given.text, i, &length);

		set_cell(source, out, state->columns[i].meaning, text, length);
	}
	if (out->text == NULL)
		source_set_text(source, out, "", 0);
	if (out->severity == SEVERITY_DEFAULT)
		out->severity = source_level(out->text, out->text_len);
	return 1;
}

const struct format logs_table = { "gcloud-table", recognise, open, next };
