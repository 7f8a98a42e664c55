/* What a session tells about its failures: blocks with tracebacks, the summary, durations. */
#include "source/transcript/console.h"

#include <string.h>

static const struct {
	const char *prefix;
	enum outcome outcome;
	enum channel channel;
	bool file; /* what follows is a path, not the title of a test */
} block_titles[] = {
	{ "ERROR at setup of ", OUTCOME_ERROR, CHANNEL_BLOCK, false },
	{ "ERROR at teardown of ", OUTCOME_ERROR, CHANNEL_TEARDOWN, false },
	{ "ERROR collecting ", OUTCOME_ERROR, CHANNEL_BLOCK, true },
	{ "", OUTCOME_FAILED, CHANNEL_BLOCK, false },
};

static void begin_block(
	struct console *console, struct entry *out, const char *title, size_t length)
{
	struct source *source = console->source;
	struct known_block block = { .session = console->sessions };
	struct known *known;
	size_t kind = 0, skip;

	while (!line_begins(title, length, block_titles[kind].prefix))
		kind++;
	skip = strlen(block_titles[kind].prefix);
	block.title = title + skip;
	block.length = length - skip;
	block.channel = block_titles[kind].channel;
	block.outcome =
		console->section == SECTION_PASSES ? OUTCOME_PASSED : block_titles[kind].outcome;
	console->captured = console->traceback = console->chained = console->syntax = false;
	console->block = NULL;
	console->block_test = NULL;
	/* a worker crashed: which test it ran is told below */
	if (!block_titles[kind].file && block.length > 3 &&
		line_begins(block.title + block.length - 3, 3, ".py"))
		return;
	if (block_titles[kind].file || nodeid_length(block.title, block.length) == block.length)
		known = known_by_id(console->known, source, block.title, block.length);
	else
		known = known_by_title(console->known, source, &block);
	if (known->test->line == 0)
		known->test->line = out->line;
	if (console->section == SECTION_PASSES)
		known_expect(known);
	else
		known_tell(known, source, block.channel, block.outcome, console->sessions);
	console->block = known;
	console->block_test = known->test;
	out->test = known->test;
}

static const char *const chains[] = {
	"The above exception was the direct cause of the following exception:",
	"During handling of the above exception, another exception occurred:",
};

static bool is_chain(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(chains) / sizeof(chains[0]); i++)
		if (line_begins(text, length, chains[i]))
			return true;
	return false;
}

/* "[INFO] ...": output that was let out after the last block; a traceback has no such line. */
static bool is_loose_output(const char *text, size_t length)
{
	size_t i = 1;

	while (i < length && text[i] >= 'A' && text[i] <= 'Z')
		i++;
	return length > 4 && text[0] == '[' && i > 2 && i + 1 < length && text[i] == ']' &&
	       text[i + 1] == ' ';
}

static void traceback_line(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	if (is_chain(text, length)) {
		console->chained = console->block_test != NULL;
	} else if (line_begins(text, length, "E ")) {
		console_error(console, console->block_test, out);
	} else if (line_begins(text, length, "Traceback (most recent call last):")) {
		console->traceback = true;
	} else if (console->traceback && text[0] != ' ' && memchr(text, ':', length) != NULL) {
		console_error(console, console->block_test, out);
		console->traceback = false;
	} else if (is_loose_output(text, length)) {
		console->block_test = NULL;
	}
}

/* With --tb=short the place alone, with --tb=line the place and what failed, no titles. */
static bool block_title(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	if (text[0] != '_' || !line_title(&text, &length, '_') || text[0] == '_')
		return false;
	begin_block(console, out, text, length);
	return true;
}

bool console_block_line(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len, id;

	if (console->section != SECTION_FAILURES && console->section != SECTION_PASSES)
		return false;
	if (!console->nested && (block_title(console, out) || console_place_line(console, out)))
		return true;
	/* a session that lost its end: progress of the next one */
	id = console->captured ? 0 : nodeid_length(text, length);
	if (id > 0 && id < length && text[length - 1] == ']')
		return false;
	if (text[0] == '-' && line_title(&text, &length, '-'))
		console->captured = line_begins(text, length, "Captured ");
	else if (!console->captured)
		traceback_line(console, out);
	out->test = console->block_test;
	out->printed = console->captured;
	out->quoted = !console->captured && line_is_code(out->text, out->text_len);
	if (console->block != NULL && console->block->titled && !out->printed && !out->quoted)
		frames_add(console->block, &console->block->frames, out->text, out->text_len);
	return true;
}

/* The end of the node id in "nodeid - message". */
static size_t summary_id(const char *text, size_t length)
{
	size_t id = nodeid_length(text, length);
	const char *dash;

	if (id > 0)
		return id;
	dash = memmem(text, length, " - ", 3);
	id = dash == NULL ? length : (size_t)(dash - text);
	for (size_t i = 0; i < id; i++)
		if (text[i] == ' ')
			return 0;
	return id;
}

/* "FAILED nodeid - message", anywhere outside of tests; "ERROR path" in the summary only. */
bool console_summary_line(struct console *console, struct entry *out)
{
	bool here = console->section == SECTION_SUMMARY;
	const char *text = out->text;
	size_t length = out->text_len, taken = 0, id;
	enum outcome outcome = words_verdict(text, length, &taken);
	struct known *known;

	if (outcome == OUTCOME_COUNT || console->nested || console->captured ||
		taken + 1 >= length || text[taken] != ' ' || text[taken + 1] == '[')
		return here;
	if (!here && console->running != NULL)
		return false;
	text += taken + 1;
	length -= taken + 1;
	id = here ? summary_id(text, length) : nodeid_length(text, length);
	if (id == 0)
		return here;
	if (console->sessions == console->closed)
		console_begin(console);
	known = known_by_id(console->known, console->source, text, id);
	if (known->test->line == 0)
		known->test->line = out->line;
	known_tell(known, console->source, CHANNEL_SUMMARY, outcome, console->sessions);
	if (out->text[0] == 'X')
		known_expect(known);
	out->test = known->test;
	if (line_begins(text + id, length - id, " - ") && outcome >= OUTCOME_FAILED) {
		console_place_name(console, known->test, text + id + 3, length - id - 3);
		transcript_message(console->source, known->test, text + id + 3, length - id - 3);
	}
	return true;
}

static bool is_phase(const char *text, size_t length, size_t *taken)
{
	static const char *const phases[] = { "call ", "setup ", "teardown " };

	for (size_t i = 0; i < 3; i++)
		if (line_begins(text, length, phases[i])) {
			*taken = strlen(phases[i]);
			return true;
		}
	return false;
}

/* "0.35s call     tests/test_x.py::test_y". */
bool console_duration_line(struct console *console, struct entry *out)
{
	const char *text = out->text, *space = strchr(text, ' ');
	size_t length = out->text_len, taken = 0;
	int64_t duration;
	struct known *known;

	if (console->section != SECTION_DURATIONS)
		return false;
	duration = line_seconds(text, length);
	if (duration < 0 || space == NULL)
		return true;
	length -= (size_t)(space + 1 - text);
	text = space + 1;
	if (!is_phase(text, length, &taken))
		return true;
	text += taken;
	length -= taken;
	line_trim(&text, &length);
	if (nodeid_length(text, length) != length || length == 0)
		return true;
	known = known_by_id(console->known, console->source, text, length);
	known->test->duration = (known->test->duration < 0 ? 0 : known->test->duration) + duration;
	out->test = known->test;
	return true;
}
