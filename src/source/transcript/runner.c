/*
 * Logs of home-made runners: "[1/10] Running NAME...", what it printed, a line "[PASS] ..." or
 * "[FAIL] ...", and a summary of figures at the end.
 */
#include "source/transcript/transcript.h"

#include <string.h>
#include <strings.h>

struct runner {
	struct source *source;
	struct test *test; /* the one that runs */
	enum outcome outcome; /* of it, by the best line yet */
	bool counted; /* that line told counts: later lines of output do not override it */
	struct tally tally; /* the summary */
	bool summary; /* we are in it */
};

/* Builders count their steps, too: "[3/10] Building C object x.o", "[2/5] RUN npm ci". */
static bool is_build(const char *text, size_t length)
{
	static const char *const words[] = { "Building ", "Linking ", "Compiling ", "Generating ",
		"Resolving ", "Fetching ", "Validating ", "Scanning ", "Re-", "Performing ",
		"Creating ", "Copying ", "Installing ", "Install ", "Automatic ", "Archiving ",
		"RUN ", "COPY ", "ADD ", "FROM ", "WORKDIR ", "CC ", "CXX ", "LD ", "AR " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (line_begins(text, length, words[i]))
			return true;
	return false;
}

/* "[3/10] Running NAME...": the bytes before NAME, and NAME's in *LENGTH; 0: none. */
static size_t header(const char *text, size_t length, size_t *name_length)
{
	static const char *const verbs[] = { "Running ", "Executing ", "Testing ", "Starting ",
		"Run ", "Test: ", "test ", "module ", "suite " };
	size_t at = 1, digits = 0, end;

	if (length < 6 || text[0] != '[')
		return 0;
	while (at < length && strchr("0123456789/ ", text[at]) != NULL) {
		digits += text[at] == '/';
		at++;
	}
	if (digits != 1 || at >= length || text[at] != ']')
		return 0;
	while (at < length && strchr("] :-", text[at]) != NULL)
		at++;
	if (is_build(text + at, length - at))
		return 0;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (line_begins(text + at, length - at, verbs[i]))
			at += strlen(verbs[i]);
	for (end = at; end < length && text[end] != ' ';)
		end++;
	while (end > at && strchr(".:", text[end - 1]) != NULL)
		end--;
	*name_length = end - at;
	return end > at ? at : 0;
}

static bool is_word_end(const char *text, size_t length)
{
	return length == 0 || strchr(" \t:-]!.", text[0]) != NULL;
}

/* "[PASS] ...", "FAILED: ...", "PASS - ..."; *TAKEN: its bytes. */
static enum outcome verdict(const char *text, size_t length, size_t *taken)
{
	size_t at = 0, end;
	enum outcome outcome;

	while (at < length && (text[at] == ' ' || text[at] == '[' || text[at] == '\t' ||
				      (unsigned char)text[at] >= 0x80))
		at++;
	for (end = at; end < length && text[end] >= 'A' && text[end] <= 'Z';)
		end++;
	outcome = words_outcome(text + at, end - at);
	if (end - at < 2 || outcome == OUTCOME_COUNT || !is_word_end(text + end, length - end))
		return OUTCOME_COUNT;
	while (end < length && strchr(" ]:-", text[end]) != NULL)
		end++;
	*taken = end;
	return outcome;
}

static bool has_number_before(const char *text, size_t length, const char *word)
{
	const char *found = memmem(text, length, word, strlen(word));

	return found != NULL && found > text + 1 && found[-1] == ' ' && found[-2] >= '0' &&
	       found[-2] <= '9';
}

/* "2 passed, 3 failed: ...", "All 5 tests passed": the verdict of a whole module. */
static bool tells_counts(const char *text, size_t length)
{
	return has_number_before(text, length, "passed") ||
	       has_number_before(text, length, "failed") ||
	       (strncasecmp(text, "all ", 4) == 0 && has_number_before(text, length, "test"));
}

static void settle(struct runner *runner)
{
	if (runner->test != NULL && runner->outcome != OUTCOME_NONE)
		source_outcome(runner->source, runner->test, runner->outcome);
	runner->test = NULL;
	runner->outcome = OUTCOME_NONE;
	runner->counted = false;
}

static void hear(struct runner *runner, const struct entry *out)
{
	size_t taken = 0;
	enum outcome outcome = verdict(out->text, out->text_len, &taken);
	const char *rest = out->text + taken;
	size_t length = out->text_len - taken;
	bool counted;

	if (outcome == OUTCOME_COUNT || runner->test == NULL)
		return;
	counted = tells_counts(rest, length);
	if (runner->counted && !counted)
		return;
	/* without counts an error is output, a failed step the module's */
	if (!counted && outcome == OUTCOME_ERROR)
		return;
	runner->outcome = outcome;
	runner->counted = counted;
	runner->test->message = NULL;
	if (outcome >= OUTCOME_FAILED)
		transcript_message(runner->source, runner->test, rest, length);
}

/* "  - NAME: reason" in the list of what failed. */
static void hear_failed(struct runner *runner, struct entry *out)
{
	const char *text = out->text, *colon;
	size_t length = out->text_len;
	struct test *test;

	line_trim(&text, &length);
	if (length < 3 || strchr("-*", text[0]) == NULL || text[1] != ' ')
		return;
	text += 2;
	length -= 2;
	colon = memchr(text, ':', length);
	if (colon == NULL || memchr(text, ' ', (size_t)(colon - text)) != NULL)
		return;
	test = source_test(runner->source, text, (size_t)(colon - text));
	if (test->outcome == OUTCOME_NONE && !line_begins(text, length, "test"))
		return;
	out->test = test;
	transcript_message(runner->source, test, colon + 1, length - (size_t)(colon + 1 - text));
	if (test->outcome < OUTCOME_FAILED)
		source_outcome(runner->source, test, OUTCOME_FAILED);
}

static bool is_summary(const char *text, size_t length)
{
	line_trim(&text, &length);
	while (length > 0 && strchr("=-# ", text[0]) != NULL) {
		text++;
		length--;
	}
	return length < 60 && (strncasecmp(text, "test summary", 12) == 0 ||
				      strncasecmp(text, "summary", 7) == 0 ||
				      strncasecmp(text, "final results", 13) == 0 ||
				      strncasecmp(text, "test results", 12) == 0);
}

static void classify(struct runner *runner, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len, name_length = 0, at;

	at = header(text, length, &name_length);
	if (at > 0) {
		settle(runner);
		runner->summary = false;
		runner->test = source_test(runner->source, text + at, name_length);
		if (runner->test->line == 0)
			runner->test->line = out->line;
	} else if (is_summary(text, length)) {
		settle(runner);
		runner->summary = true;
		memset(&runner->tally, 0, sizeof(runner->tally));
	}
	out->test = runner->test;
	if (runner->summary && !tally_figure(text, length, &runner->tally))
		hear_failed(runner, out);
	else if (at == 0)
		hear(runner, out);
}

static void finish(struct runner *runner)
{
	struct source_info *info = runner->source->info;

	settle(runner);
	if (runner->tally.has_outcome) {
		info->stated = runner->tally.counts;
		info->has_stated = true;
	}
	info->unit = runner->tally.unit;
	if (info->unit == NULL && runner->tally.has_outcome)
		info->unit = "modules";
	if (!runner->tally.has_outcome)
		source_note(runner->source, "the runner's summary is missing");
	transcript_finish(runner->source);
}

static int runner_next(struct source *source, struct entry *out, struct err *err)
{
	struct runner *runner = source->state;
	const char *text;
	size_t length;
	char *line;
	int got;

	do {
		got = reader_line(source->reader, &line, &length, &out->line, err);
		if (got <= 0) {
			finish(runner);
			return got;
		}
		source_set_text(source, out, line, length);
		text = out->text;
		length = out->text_len;
		line_trim(&text, &length);
	} while (length == 0);
	line_mark(source, out);
	classify(runner, out);
	return 1;
}

static int runner_open(struct source *source, struct err *err)
{
	struct runner *runner = mem_new(source, struct runner);

	(void)err;
	runner->source = source;
	source->state = runner;
	source->info->transcript = true;
	return 0;
}

static int recognise(const char *sample, size_t length)
{
	unsigned headers = 0, verdicts = 0;
	size_t taken;

	for (size_t at = 0; at < length; at += taken + 1) {
		const char *end = memchr(sample + at, '\n', length - at);
		size_t shown, name;

		taken = end == NULL ? length - at : (size_t)(end - sample) - at;
		shown = taken > 0 && sample[at + taken - 1] == '\r' ? taken - 1 : taken;
		headers += header(sample + at, shown, &name) > 0;
		verdicts += verdict(sample + at, shown, &name) != OUTCOME_COUNT;
	}
	return headers > 0 && verdicts > 0 ? 75 : 0;
}

const struct format runner_format = {
	.name = "runner-log",
	.recognise = recognise,
	.open = runner_open,
	.next = runner_next,
};
