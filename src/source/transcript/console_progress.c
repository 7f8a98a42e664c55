/* The progress of a session: node ids with verdicts, output between them, dots. */
#include "source/transcript/console.h"

#include <string.h>

/* "[ 12%]", with or without the counts of "[ 3/25]"; and nothing behind it. */
static bool is_percent(const char *text, size_t length)
{
	line_trim(&text, &length);
	if (length == 0)
		return true;
	if (length < 4 || text[0] != '[' || text[length - 1] != ']')
		return false;
	for (size_t i = 1; i + 1 < length; i++)
		if (strchr("0123456789 %/.s", text[i]) == NULL)
			return false;
	return true;
}

/* "PASSED", "SKIPPED (reason)  [ 16%]"; not "ERROR: it went on". */
static enum outcome verdict_of(const char *text, size_t length)
{
	size_t taken = 0;
	enum outcome outcome = words_verdict(text, length, &taken);

	if (outcome == OUTCOME_COUNT || is_percent(text + taken, length - taken))
		return outcome;
	if (taken < length && text[taken] == ' ')
		taken++;
	return taken < length && strchr("([", text[taken]) != NULL ? outcome : OUTCOME_COUNT;
}

/* A verdict behind output that did not end its line: "...done PASSED". */
static enum outcome verdict_behind(const char *text, size_t length)
{
	size_t end = length, begin, taken = 0;

	while (end > 0 && text[end - 1] != ' ')
		end--;
	if (end > 0 && text[length - 1] == ']') /* "[ 12%]" */
		while (end > 0 && text[end] != '[')
			end--;
	else
		end = length;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	for (begin = end; begin > 0 && text[begin - 1] != ' ';)
		begin--;
	if (words_verdict(text + begin, end - begin, &taken) == OUTCOME_COUNT ||
		taken != end - begin)
		return OUTCOME_NONE;
	return words_verdict(text + begin, end - begin, &taken);
}

/* VERDICT is the word itself: those with an X count as nothing. */
static void tell(
	struct console *console, struct known *known, enum outcome outcome, const char *verdict)
{
	known_tell(known, console->source, CHANNEL_PROGRESS, outcome, console->sessions);
	if (verdict[0] == 'X')
		known_expect(known);
	if (console->running == known)
		console->running = NULL;
	console->tentative = OUTCOME_NONE;
	console->last = known;
}

/* "nodeid", "nodeid PASSED [ 4%]" or "nodeid output". */
static bool id_line(struct console *console, struct entry *out)
{
	size_t id = nodeid_length(out->text, out->text_len), rest_length;
	const char *rest = out->text + id;
	enum outcome outcome;
	struct known *known;

	if (id == 0)
		return false;
	rest_length = out->text_len - id;
	line_trim(&rest, &rest_length);
	outcome = verdict_of(rest, rest_length);
	if (console->section == SECTION_NONE && outcome == OUTCOME_COUNT && rest_length > 0)
		return false;
	if (console->sessions == console->closed)
		console_begin(console);
	console_settle(console);
	console->section = SECTION_PROGRESS;
	known = known_by_id(console->known, console->source, out->text, id);
	out->test = known->test;
	if (known->test->line == 0)
		known->test->line = out->line;
	console->running = console->workers ? NULL : known;
	if (outcome != OUTCOME_COUNT)
		tell(console, known, outcome, rest);
	else if (console->running != NULL && !console_crash_fatal(console, rest, rest_length))
		console->tentative = verdict_behind(rest, rest_length);
	if (rest_length > 0)
		console_split(console, out, id, known->test);
	return true;
}

/* "[gw0] [ 12%] PASSED nodeid". */
static bool worker_line(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len, taken = 0, id;
	enum outcome outcome;
	struct known *known;

	while (line_begins(text, length, "[")) {
		const char *end = memchr(text, ']', length);

		if (end == NULL)
			return false;
		length -= (size_t)(end + 1 - text);
		text = end + 1;
		line_trim(&text, &length);
	}
	outcome = words_verdict(text, length, &taken);
	if (outcome == OUTCOME_COUNT || taken + 1 >= length)
		return false;
	id = nodeid_length(text + taken + 1, length - taken - 1);
	if (id == 0)
		return false;
	if (console->sessions == console->closed)
		console_begin(console);
	console->workers = true;
	known = known_by_id(console->known, console->source, text + taken + 1, id);
	out->test = known->test;
	if (known->test->line == 0)
		known->test->line = out->line;
	tell(console, known, outcome, text);
	console->running = console->last = NULL;
	/* rules look for the verdict at the beginning of an entry */
	console_split(console, out, (size_t)(text - out->text), known->test);
	return true;
}

static void add_dot(struct counts *dots, char dot)
{
	dots->passed += dot == '.';
	dots->failed += dot == 'F';
	dots->errors += dot == 'E';
	dots->skipped += dot == 's';
}

/* "tests/test_a.py ..F.s [ 50%]", or the dots alone. */
static bool dots_line(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len, space = 0, dots;

	while (space < length && text[space] != ' ')
		space++;
	if (space > 3 && memcmp(text + space - 3, ".py", 3) == 0 && space + 1 < length) {
		text += space + 1;
		length -= space + 1;
	}
	dots = strspn(text, ".FEsxXR,");
	if (dots == 0 || dots > length || !is_percent(text + dots, length - dots))
		return false;
	if (text == out->text && dots < 3 && dots == length && console->running != NULL)
		return false;
	if (console->section == SECTION_NONE) { /* with -qq a session has no title */
		if (console->piece != NULL || text[length - 1] != ']')
			return false;
		console_begin(console);
	}
	for (size_t i = 0; i < dots; i++)
		add_dot(&console->dots, text[i]);
	return true;
}

bool console_progress_line(struct console *console, struct entry *out)
{
	enum outcome outcome;

	if (console->nested)
		return false;
	if (line_begins(out->text, out->text_len, "scheduling tests via "))
		console->workers = true;
	if (id_line(console, out) || worker_line(console, out))
		return true;
	if (console->section != SECTION_PROGRESS)
		return console->section == SECTION_NONE && dots_line(console, out);
	outcome = verdict_of(out->text, out->text_len);
	if (outcome != OUTCOME_COUNT && console->running != NULL) {
		out->test = console->running->test;
		tell(console, console->running, outcome, out->text);
		return true;
	}
	if (console->running == NULL && console->last == NULL && dots_line(console, out))
		return true;
	if (console->running != NULL) {
		enum outcome behind = verdict_behind(out->text, out->text_len);

		out->test = console->running->test;
		out->printed = true;
		if (behind != OUTCOME_NONE)
			console->tentative = behind;
	} else if (console->ending != NULL) {
		out->test = console->ending;
	}
	return true;
}
