/* The console of pytest, in any verbosity: the sections of a session, line by line. */
#include "source/transcript/console.h"

#include <string.h>

void console_split(struct console *console, struct entry *out, size_t length, struct test *test)
{
	const char *rest = out->text + length;
	size_t rest_length = out->text_len - length;

	line_trim(&rest, &rest_length);
	talloc_free(console->rest);
	/* both in one block: the head, and the rest behind it, which OUT's text may not outlive */
	console->rest = mem_array(console, char, length + rest_length + 2);
	memcpy(console->rest, out->text, length);
	memcpy(console->rest + length + 1, rest, rest_length);
	out->text = console->rest;
	out->text_len = length;
	console->rest_length = rest_length;
	console->rest_line = out->line;
	console->rest_test = test;
}

static int take_rest(struct console *console, struct entry *out)
{
	if (console->rest_length == 0)
		return 0;
	out->text = console->rest + strlen(console->rest) + 1;
	out->text_len = console->rest_length;
	out->line = console->rest_line;
	out->test = console->rest_test;
	out->printed = true;
	console->rest_length = 0;
	line_mark(console->source, out);
	return 1;
}

void console_settle(struct console *console)
{
	if (console->running != NULL && console->tentative != OUTCOME_NONE)
		known_tell(console->running, console->source, CHANNEL_PROGRESS, console->tentative,
			console->sessions);
	console->running = NULL;
	console->last = NULL;
	console->tentative = OUTCOME_NONE;
}

void console_begin(struct console *console)
{
	console_settle(console);
	console->sessions++;
	console->section = SECTION_PROGRESS;
	console->captured = false;
	console->nested = false;
	console->workers = false;
	console->stack = false;
	console->ending = NULL;
	console->block = NULL;
	console->block_test = NULL;
}

/* An error of syntax is told after its place: "E     File ...", the line, "E   SyntaxError: ...". */
static bool is_place(struct console *console, const char *text, size_t length)
{
	if (line_begins(text, length, "File \""))
		console->syntax = true;
	else if (console->syntax && memmem(text, length, "Error: ", 7) != NULL)
		console->syntax = false;
	return console->syntax;
}

void console_error(struct console *console, struct test *test, const struct entry *line)
{
	size_t skip = line_begins(line->text, line->text_len, "E ");
	const char *text = line->text + skip;
	size_t length = line->text_len - skip;

	line_trim(&text, &length);
	if (test == NULL || is_place(console, text, length))
		return;
	if (console->chained) {
		console->chained = false;
		test->message = NULL;
	}
	transcript_message(console->source, test, text, length);
}

static void add_stated(struct console *console, const struct counts *counts)
{
	struct source_info *info = console->source->info;

	info->stated.passed += counts->passed;
	info->stated.failed += counts->failed;
	info->stated.errors += counts->errors;
	info->stated.skipped += counts->skipped;
	info->has_stated = true;
	if (console->sessions == console->closed)
		console->sessions++; /* its beginning is not in this file */
	console->closed++;
}

static bool is_closing(struct console *console, const char *text, size_t length)
{
	struct tally tally;

	if (!tally_closing(text, length, &tally))
		return false;
	if (console->nested) {
		console->nested = false;
		return true;
	}
	add_stated(console, &tally.counts);
	console_settle(console);
	console->section = SECTION_NONE;
	console->captured = false;
	console->block = NULL;
	console->block_test = NULL;
	return true;
}

static const struct {
	const char *title; /* how it begins */
	enum section section;
} titles[] = {
	{ "FAILURES", SECTION_FAILURES },
	{ "ERRORS", SECTION_FAILURES },
	{ "XFAILURES", SECTION_PASSES },
	{ "XPASSES", SECTION_PASSES },
	{ "PASSES", SECTION_PASSES },
	{ "short test summary info", SECTION_SUMMARY },
	{ "rerun test summary info", SECTION_OTHER },
	{ "warnings summary", SECTION_OTHER },
	{ "slowest ", SECTION_DURATIONS },
	{ "tests coverage", SECTION_OTHER },
};

/* Titles of one session are of one width; a test that prints such a line seldom meets it. */
static bool is_printed(const struct console *console, const struct entry *out)
{
	return console->captured && !console->nested && console->width > 0 &&
	       out->text_len != console->width;
}

/* A test that ran pytest itself: its output is captured, or stands where the test runs (-s). */
static bool is_nested(const struct console *console, const struct entry *out)
{
	if (console->captured)
		return console->section == SECTION_FAILURES || console->section == SECTION_PASSES;
	return console->running != NULL && console->width > 0 && out->text_len != console->width;
}

/* "=== title ===": a section, a session, a closing line. False: output that looks so. */
static bool section_line(struct console *console, const struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	if (!line_title(&text, &length, '='))
		return false;
	if (line_begins(text, length, "test session starts")) {
		if (is_nested(console, out)) {
			console->nested = true;
			return true;
		}
		console_begin(console);
		console->width = out->text_len;
		return true;
	}
	if (!is_printed(console, out) && is_closing(console, text, length))
		return true;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]) && !console->nested; i++)
		if (line_begins(text, length, titles[i].title)) {
			if (console->sessions == console->closed)
				console_begin(console);
			console_settle(console);
			console->section = titles[i].section;
			console->captured = false;
			console->block = NULL;
			console->block_test = NULL;
			return true;
		}
	return false;
}

static struct test *speaker(const struct console *console)
{
	return console->running != NULL ? console->running->test : console->block_test;
}

static void classify(struct console *console, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	if (section_line(console, out)) {
		out->test = console->nested ? speaker(console) : NULL;
		return;
	}
	out->printed = console->section == SECTION_OTHER;
	if (console->nested && console->running != NULL) {
		out->test = speaker(console);
		out->printed = true;
		return;
	}
	if (line_begins(text, length, "INTERNALERROR>"))
		source_note(console->source, "pytest ended with an internal error");
	/* with -q the closing line is bare; captured output of a test cannot close its session */
	if (!console->captured && text[0] >= '0' && text[0] <= 'n' && console->running == NULL &&
		is_closing(console, text, length))
		return;
	if (console_crash_line(console, out) || console_summary_line(console, out) ||
		console_duration_line(console, out) || console_block_line(console, out) ||
		console_progress_line(console, out))
		return;
	console_piece_line(console, out);
	if (console->section == SECTION_NONE && console->piece == NULL && out->test == NULL)
		screen_line(console->others, out);
}

static void note_what_is_odd(struct console *console)
{
	struct source *source = console->source;

	if (console->sessions > 1)
		source_note(source, "%u test sessions in one file", console->sessions);
	if (console->sessions > console->closed)
		source_note(source, "no closing line in %u of %u test sessions",
			console->sessions - console->closed, console->sessions);
	if (console->running != NULL && console->running->test->outcome == OUTCOME_NONE)
		source_note(source, "%s was running when the transcript ended",
			console->running->test->name);
}

static uint64_t larger(uint64_t one, uint64_t other)
{
	return one > other ? one : other;
}

/* Dots tell outcomes without names; those that failed, and with -rA all, are named later. */
static void add_dots(struct console *console)
{
	struct counts *counted = &console->source->info->counted;
	const struct counts *dots = &console->dots;

	counted->passed = larger(counted->passed, dots->passed);
	counted->failed = larger(counted->failed, dots->failed);
	counted->errors = larger(counted->errors, dots->errors);
	counted->skipped = larger(counted->skipped, dots->skipped);
}

static void finish(struct console *console)
{
	if (console->piece != NULL && console->piece_outcome != OUTCOME_NONE)
		source_outcome(console->source, console->piece, console->piece_outcome);
	note_what_is_odd(console);
	console_settle(console);
	transcript_finish(console->source);
	add_dots(console);
	screen_finish(console->others);
}

static bool is_blank(const struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len;

	line_trim(&text, &length);
	return length == 0;
}

/* What is said begins behind the time that a CI service put before it. */
static int64_t take_stamp(const struct console *console, struct entry *out)
{
	int64_t time = TIME_NONE;
	size_t taken = console->stamped ? console_stamp(out->text, out->text_len, &time) : 0;

	out->text += taken;
	out->text_len -= taken;
	return taken > 0 ? time : TIME_NONE;
}

static int console_next(struct source *source, struct entry *out, struct err *err)
{
	struct console *console = source->state;
	int got = take_rest(console, out);
	int64_t time;
	size_t length;
	char *line;

	while (got == 0) {
		got = reader_line(source->reader, &line, &length, &out->line, err);
		if (got <= 0) {
			finish(console);
			return got;
		}
		source_set_text(source, out, line, length);
		time = take_stamp(console, out);
		if (is_blank(out)) {
			if (console->section == SECTION_NONE)
				screen_line(console->others, out);
			got = 0;
			continue;
		}
		line_mark(source, out);
		if (out->time == TIME_NONE)
			out->time = time;
		classify(console, out);
	}
	return got;
}

static int console_open(struct source *source, struct err *err)
{
	struct console *console = mem_new(source, struct console);
	const char *sample;
	size_t length;
	bool named = false;

	(void)err;
	console->source = source;
	console->known = known_new(console);
	console->others = screen_new(console, source);
	source->state = console;
	source->info->transcript = true;
	sample = reader_sample(source->reader, &length);
	console_sign_find(sample, length, &named, &console->stamped);
	screen_expect(console->others, sample, length);
	if (!named) {
		console->piece =
			source_test(source, source->info->name, strlen(source->info->name));
		console->piece->nameless = true;
	}
	return 0;
}

static int recognise(const char *sample, size_t length)
{
	bool named, stamped;

	return console_sign_find(sample, length, &named, &stamped);
}

const struct format console_format = {
	.name = "pytest-console",
	.recognise = recognise,
	.open = console_open,
	.next = console_next,
};
