/* Results of runners as one JSON object: found among other lines, read whole, mended where cut. */
#include "source/transcript/results.h"

#include <string.h>

#include "source/transcript/mend.h"

#define RESULTS_MAX (64U << 20) /* bytes: a file is read whole */
#define BLOCK 1024U /* bytes from one known line number to the next */
#define TRIES_SAMPLE 100 /* lines that may begin an object: looking may cost 64 KiB each */
#define TRIES 10000
#define SURE 96

struct results_text {
	struct results *results;
	const struct results_dialect *dialect;
	char *text;
	size_t length;
	size_t at; /* up to where it was yielded */
	uint64_t line; /* of AT, while that is outside of an object */
	uint64_t *lines; /* newlines before each block */
	size_t whole; /* bytes of the object at hand that are the file's; the rest mends it */
	size_t end; /* in TEXT, of the object at hand */
	char *mended; /* a copy of it with its brackets closed; NULL: it is whole */
	struct json list;
	size_t list_at;
	size_t first; /* where the first object begins */
	unsigned tries; /* lines that looked like the beginning of one */
	bool read, inside, any, told;
};

static struct results_text *text_of(const struct results *results)
{
	return results->text;
}

/* The offset in the file of what may stand in the mended copy. */
static size_t offset_of(const struct results_text *text, const char *place)
{
	if (text->mended != NULL)
		return text->at + (size_t)(place - text->mended);
	return (size_t)(place - text->text);
}

static uint64_t line_at(const struct results_text *text, size_t offset)
{
	size_t block = offset / BLOCK;
	uint64_t line = text->lines[block] + 1;

	for (size_t i = block * BLOCK; i < offset; i++)
		line += text->text[i] == '\n';
	return line;
}

static void count_lines(struct results_text *text)
{
	uint64_t lines = 0;

	text->lines = mem_array(text, uint64_t, text->length / BLOCK + 1);
	for (size_t i = 0; i < text->length; i++) {
		if (i % BLOCK == 0)
			text->lines[i / BLOCK] = lines;
		lines += text->text[i] == '\n';
	}
	if (text->length % BLOCK == 0)
		text->lines[text->length / BLOCK] = lines;
}

bool results_is_whole(const struct results *results, struct json value)
{
	const struct results_text *text = text_of(results);

	return value.length > 0 &&
	       (text->mended == NULL ||
		       (size_t)(value.text - text->mended) + value.length <= text->whole);
}

uint64_t results_line(const struct results *results, struct json value)
{
	const struct results_text *text = text_of(results);

	return value.length == 0 ? line_at(text, text->at)
				 : line_at(text, offset_of(text, value.text));
}

struct test *results_test(struct results *results, const char *name, struct json where)
{
	struct test *test = source_test(results->source, name, strlen(name));

	if (test->line == 0)
		test->line = results_line(results, where);
	return test;
}

void results_place(struct results *results, struct test *test, const char *file, struct json line)
{
	if (file == NULL || file[0] == '\0')
		return;
	test->file = source_clean(test, results->source, file, strlen(file));
	test->file_line = value_count(line);
	results->placed = NULL;
}

/* The frame that is nearest to what failed, told first, not where the test begins. */
static void note_place(struct results *results, struct test *test, const char *text)
{
	uint64_t line;

	if (test == NULL || test->file == NULL || results->placed == test)
		return;
	line = value_place(text, test->file);
	if (line == 0)
		return;
	test->file_line = line;
	results->placed = test;
}

/* "  ● Test suite failed to run": what failed comes below it. */
static bool is_heading(const char *text, size_t length)
{
	line_trim(&text, &length);
	return length == 0 || line_begins(text, length, "\u25cf ");
}

/* FAILING: the first line that is no heading says what failed. */
static void put(
	struct results *results, struct test *test, const char *text, uint64_t line, bool failing)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n"), shown = length;
		const char *begin = text;
		bool heading = is_heading(text, length);

		line_trim(&begin, &shown);
		queue_failing(results->queue, failing && !heading);
		if (shown > 0)
			queue_entry(results->queue, text, length, line, test, TIME_NONE);
		failing = failing && heading;
		text += length + (text[length] == '\n');
	}
	queue_failing(results->queue, false);
}

/* The characters of STRING; NULL: none. */
static const char *decode(struct results *results, struct json string)
{
	if (string.length > SOURCE_LINE_MAX) {
		results->source->info->truncated = true;
		source_note(results->source, "a text longer than 1 MiB was cut there");
	}
	return value_string(results->parts, string);
}

void results_take(struct results *results, struct test *test, struct json string)
{
	const char *text = decode(results, string);

	if (text == NULL)
		return;
	if (!results->printed)
		note_place(results, test, text);
	put(results, test, text, results_line(results, string), false);
}

void results_take_printed(struct results *results, struct test *test, struct json string)
{
	queue_printed(results->queue, results->printed = true);
	results_take(results, test, string);
	queue_printed(results->queue, results->printed = false);
}

/* Without headings above it and the frames of the stack below it. */
static void keep_message(struct results *results, struct test *test, const char *text)
{
	size_t length = 0;

	while (*text != '\0' && is_heading(text, strcspn(text, "\n")))
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n');
	while (text[length] != '\0') {
		size_t taken = strcspn(text + length, "\n");

		if (length > 0 && value_is_frame(text + length, taken))
			break;
		length += taken + (text[length + taken] == '\n');
	}
	transcript_message(results->source, test, text, length);
}

void results_take_message(struct results *results, struct test *test, struct json string)
{
	results_take_error(results, test, NULL, string);
}

void results_take_error(
	struct results *results, struct test *test, const char *kind, struct json string)
{
	const char *text = decode(results, string);

	if (text == NULL)
		return;
	while (kind != NULL && *text == '\n')
		text++;
	if (kind != NULL)
		text = mem_printf(results->parts, "%s: %s", kind, text);
	note_place(results, test, text);
	put(results, test, text, results_line(results, string),
		test != NULL && test->outcome >= OUTCOME_FAILED);
	keep_message(results, test, text);
}

void results_take_member(
	struct results *results, struct json object, const char *name, int64_t time)
{
	struct json value = value_get(object, name);
	struct draft draft = { .mem = results->parts };

	if (value.length == 0)
		return;
	json_compact(value, &draft);
	draft_add(&draft, "", 1);
	if (draft.cut)
		return;
	draft.text = mem_printf(results->parts, "\"%s\": %s", name, draft.text);
	queue_entry(results->queue, draft.text, strlen(draft.text), results_line(results, value),
		NULL, time);
}

void results_state(struct results *results, const struct counts *counts)
{
	struct source_info *info = results->source->info;

	info->has_stated = true;
	info->stated.passed += counts->passed;
	info->stated.failed += counts->failed;
	info->stated.errors += counts->errors;
	info->stated.skipped += counts->skipped;
}

static bool mentions(const char *text, size_t length, const struct results_dialect *dialect)
{
	if (length > FORMAT_SAMPLE)
		length = FORMAT_SAMPLE;
	for (size_t i = 0; i < 3 && dialect->mentions[i] != NULL; i++)
		if (memmem(text, length, dialect->mentions[i], strlen(dialect->mentions[i])) !=
			NULL)
			return true;
	return dialect->mentions[0] == NULL;
}

/* Does an object of the dialect begin with the line at TEXT? */
static bool begins(const char *text, size_t length, const struct results_dialect *dialect)
{
	return length > 0 && text[0] == '{' &&
	       value_has_keys(
		       text, length > FORMAT_SAMPLE ? FORMAT_SAMPLE : length, dialect->keys) &&
	       mentions(text, length, dialect);
}

/* Blanks and a byte order mark before the first character of a line. */
static size_t indent(const char *text, size_t length)
{
	size_t at = line_begins(text, length, "\xef\xbb\xbf") ? 3 : 0;

	while (at < length && (text[at] == ' ' || text[at] == '\t'))
		at++;
	return at;
}

int results_recognise(const char *sample, size_t length, const struct results_dialect *dialect)
{
	const char *end = sample + length;
	unsigned tries = 0;

	while (sample < end && tries < TRIES_SAMPLE) {
		size_t at = indent(sample, (size_t)(end - sample));

		tries += sample + at < end && sample[at] == '{';
		if (begins(sample + at, (size_t)(end - sample) - at, dialect))
			return SURE;
		sample = memchr(sample, '\n', (size_t)(end - sample));
		if (sample == NULL)
			return 0;
		sample++;
	}
	return 0;
}

static void tell_cut(struct results_text *text, size_t offset, const char *what)
{
	struct results *results = text->results;

	results->source->info->truncated = true;
	source_note(results->source, "line %llu: %s; what came before was read",
		(unsigned long long)line_at(text, offset), what);
}

/* The object that begins at AT: its list is what comes next. */
static void enter(struct results_text *text)
{
	struct results *results = text->results;
	struct mend mend;
	size_t length;

	mend_measure(text->text + text->at, text->length - text->at, &mend);
	results->root = (struct json){ text->text + text->at, mend.end };
	text->end = text->at + mend.end;
	if (mend.end == 0) {
		text->mended = mend_close(text, text->text + text->at, &mend, &length);
		text->whole = mend.safe;
		text->end = text->length;
		results->root = (struct json){ text->mended, length };
		tell_cut(text, mend.deep ? text->at + mend.safe : text->length,
			mend.deep ? "JSON nested more than 64 deep" : "the JSON is cut off here");
	}
	text->list = value_get(results->root, text->dialect->list);
	text->list_at = 0;
	text->first = text->any ? text->first : text->at;
	text->inside = text->any = true;
	if (text->dialect->begin != NULL)
		text->dialect->begin(results);
}

static void leave(struct results_text *text)
{
	if (text->dialect->end != NULL)
		text->dialect->end(text->results);
	for (size_t i = text->at; i < text->end; i++)
		text->line += text->text[i] == '\n';
	text->at = text->end;
	talloc_free(text->mended);
	text->mended = NULL;
	text->inside = false;
}

/* The next element of the list, or the end of the object. */
static void step_inside(struct results_text *text)
{
	struct results *results = text->results;
	struct json element;
	int got = json_kind(text->list) == '[' ? json_element(text->list, &text->list_at, &element)
					       : 0;

	if (got > 0) {
		text->dialect->take(results, element);
		talloc_free(results->parts);
		results->parts = talloc_new(results);
		return;
	}
	if (got < 0)
		tell_cut(text, offset_of(text, text->list.text) + text->list_at,
			"this is no JSON any more");
	leave(text);
}

/* A line that is no part of an object: what ran the runner said it, or the tests did. */
static void step_outside(struct results_text *text)
{
	const char *line = text->text + text->at;
	size_t left = text->length - text->at, at = indent(line, left);
	const char *end = memchr(line, '\n', left);
	size_t length = end == NULL ? left : (size_t)(end - line);

	text->tries += at < left && line[at] == '{';
	if (text->tries <= TRIES && begins(line + at, left - at, text->dialect)) {
		text->at += at;
		enter(text);
		return;
	}
	queue_lines(text->results->queue, line, length, text->line, NULL);
	text->at += length + (end != NULL);
	text->line += end != NULL;
}

static int read_text(struct results_text *text, struct err *err)
{
	text->read = true;
	text->line = 1;
	if (reader_rest(text, text->results->source->reader, RESULTS_MAX, &text->text,
		    &text->length, err) < 0)
		return -1;
	count_lines(text);
	return 0;
}

/* An object of which nothing else is to be told: its first line, so that it is seen. */
static bool tell_begin(struct results_text *text)
{
	const char *begin = text->text + text->first;
	const char *end = memchr(begin, '\n', text->length - text->first);
	size_t length = end == NULL ? text->length - text->first : (size_t)(end - begin);

	if (!text->any || text->told || text->results->source->info->entries > 0)
		return false;
	text->told = true;
	queue_entry(text->results->queue, begin, length < 80 ? length : 80,
		line_at(text, text->first), NULL, TIME_NONE);
	return true;
}

static void finish(struct results_text *text)
{
	struct results *results = text->results;

	if (results->retried > 0)
		source_note(results->source,
			"%llu tests passed only when they were run again: the last run counts",
			(unsigned long long)results->retried);
	transcript_finish(results->source);
}

int results_next(struct source *source, struct entry *out, struct err *err)
{
	struct results *results = source->state;
	struct results_text *text = results->text;

	if (!text->read && read_text(text, err) < 0)
		return -1;
	while (queue_next(results->queue, source, out) == 0) {
		if (text->inside) {
			step_inside(text);
		} else if (text->at < text->length) {
			step_outside(text);
		} else if (!tell_begin(text)) {
			finish(text);
			return 0;
		}
	}
	/* what the queue takes for code is Python's */
	out->quoted =
		out->test != NULL && !out->printed && value_is_frame(out->text, out->text_len);
	return 1;
}

int results_open(struct source *source, const struct results_dialect *dialect)
{
	struct results *results = mem_new(source, struct results);
	struct results_text *text = mem_new(results, struct results_text);

	results->source = source;
	results->queue = queue_new(results);
	results->parts = talloc_new(results);
	results->text = text;
	text->results = results;
	text->dialect = dialect;
	source->state = results;
	source->info->transcript = true;
	return 0;
}
