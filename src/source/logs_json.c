/* JSON in which log entries sit: exports and API responses, wrapped and concatenated. */
#include <string.h>

#include "source/cut.h"
#include "source/fields.h"
#include "source/ledger.h"
#include "source/logs.h"
#include "source/reader.h"
#include "source/relay.h"

struct state {
	struct cut *cut;
	struct fields *fields;
	bool begun, any; /* ANY: entries were made */
	struct relay *relay; /* NULL: none, or not yet */
};

static int open(struct source *source, struct err *err)
{
	struct state *state = mem_new(source, struct state);

	(void)err;
	state->fields = fields_new(state, source);
	state->cut = cut_new(state, source, fields_names(state->fields));
	source->state = state;
	return 0;
}

static int make(struct source *source, struct entry *out, struct err *err)
{
	struct state *state = source->state;
	struct cut_entry entry;

	for (;;) {
		int result = cut_next(state->cut, &entry, err);

		if (result == 0 && !state->any && source->info->skipped == 0)
			ledger_note(source->info, "JSON, but no log entry in it");
		if (result <= 0)
			return result;
		out->line = entry.line;
		if (fields_read(state->fields, entry.object, entry.loose ? NULL : &entry.tape,
			    out) == 0) {
			state->any = true;
			return 1;
		}
		source->info->skipped++;
		ledger_note(source->info, "the entry in line %llu is not valid JSON",
			(unsigned long long)entry.line);
	}
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	struct state *state = source->state;

	if (!state->begun && reader_is_long(source->reader))
		state->relay = relay_new(state, source, make);
	state->begun = true;
	return state->relay != NULL ? relay_take(state->relay, out, err) : make(source, out, err);
}

static bool mentions(const char *sample, size_t length, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (memmem(sample, length, names[i], strlen(names[i])) != NULL)
			return true;
	return false;
}

/* The NUMBERth character that is no blank, from 0. */
static char character(const char *sample, size_t length, unsigned number)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(" \t\r\n", sample[i]) == NULL && number-- == 0)
			return sample[i];
	return '\0';
}

static const char *const times[] = { "\"timestamp\"", "\"receiveTimestamp\"", "\"time\"", "\"ts\"",
	"\"receive_timestamp\"", "\"@timestamp\"", "\"datetime\"", NULL };

static int recognise_entries(const char *sample, size_t length)
{
	static const char *const names[] = { "\"insertId\"", "\"insert_id\"", "\"logName\"",
		"\"log_name\"", "\"textPayload\"", "\"text_payload\"", "\"jsonPayload\"",
		"\"json_payload\"", "\"protoPayload\"", "\"proto_payload\"", NULL };
	char first = character(sample, length, 0);

	if (!mentions(sample, length, names) || !mentions(sample, length, times))
		return 0;
	return first == '{' || first == '[' ? 90 : 30;
}

static int recognise_json(const char *sample, size_t length)
{
	static const char *const names[] = { "\"message\"", "\"msg\"", "\"severity\"", "\"level\"",
		"\"levelname\"", NULL };
	char first = character(sample, length, 0);

	char second = character(sample, length, 1);

	/* not a line like "[INFO] ready" */
	if ((first != '{' || (second != '"' && second != '}')) &&
		(first != '[' || second == '\0' || strchr("{[\"]", second) == NULL))
		return 0;
	return mentions(sample, length, names) && mentions(sample, length, times) ? 50 : 5;
}

const struct format logs_gcloud_json = { "gcloud-json", recognise_entries, open, next };
const struct format logs_json = { "json", recognise_json, open, next };
