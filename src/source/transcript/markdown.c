/*
 * Generated reports in Markdown: figures in a summary, a table of tests with a status, headings
 * "FAILED: name" with the error below, fenced lines "file.py::name PASSED".
 */
#include "source/transcript/transcript.h"

#include <string.h>
#include <strings.h>

#define COLUMNS 12

enum column {
	COLUMN_NAME,
	COLUMN_STATUS,
	COLUMN_DURATION,
	COLUMN_FILE,
	COLUMN_KINDS,
};

struct cell {
	const char *text;
	size_t length;
};

struct markdown {
	struct source *source;
	bool table; /* a table of tests was seen: it decides, fenced lines only add their text */
	int columns[COLUMN_KINDS]; /* of the open table, -1: has none */
	bool in_table, in_error;
	struct test *test; /* whose heading is open */
	struct tally tally;
	bool tally_done; /* the first block of figures is the summary */
};

static const struct {
	const char *name;
	enum column column;
} column_names[] = {
	{ "test name", COLUMN_NAME },
	{ "test", COLUMN_NAME },
	{ "test case", COLUMN_NAME },
	{ "name", COLUMN_NAME },
	{ "status", COLUMN_STATUS },
	{ "result", COLUMN_STATUS },
	{ "outcome", COLUMN_STATUS },
	{ "duration", COLUMN_DURATION },
	{ "time", COLUMN_DURATION },
	{ "file", COLUMN_FILE },
	{ "module", COLUMN_FILE },
};

/* The cells of "| a | b |"; their number, 0 where it is no row. */
static size_t cells_of(const char *text, size_t length, struct cell cells[COLUMNS])
{
	size_t count = 0;

	line_trim(&text, &length);
	if (length < 3 || text[0] != '|')
		return 0;
	text++;
	length--;
	while (length > 0 && count < COLUMNS) {
		const char *end = memchr(text, '|', length);
		size_t taken = end == NULL ? length : (size_t)(end - text);

		cells[count] = (struct cell){ text, taken };
		line_trim(&cells[count].text, &cells[count].length);
		count++;
		if (end == NULL)
			break;
		text += taken + 1;
		length -= taken + 1;
	}
	return count;
}

/* The head of a table of tests has a name and a status. */
static bool table_head(struct markdown *markdown, const struct cell *cells, size_t count)
{
	int columns[COLUMN_KINDS] = { -1, -1, -1, -1 };

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof(column_names) / sizeof(column_names[0]); k++)
			if (strlen(column_names[k].name) == cells[i].length &&
				strncasecmp(cells[i].text, column_names[k].name, cells[i].length) ==
					0 &&
				columns[column_names[k].column] < 0)
				columns[column_names[k].column] = (int)i;
	if (columns[COLUMN_NAME] < 0 || columns[COLUMN_STATUS] < 0)
		return false;
	memcpy(markdown->columns, columns, sizeof(columns));
	return true;
}

/* The first word of "PASS passed", "**FAILED**" or a tick with a word that is an outcome. */
static enum outcome status_of(struct cell cell)
{
	size_t at = 0, end;

	while (at < cell.length) {
		enum outcome outcome;

		while (at < cell.length && strchr(" *_`:[]()", cell.text[at]) != NULL)
			at++;
		for (end = at; end < cell.length && strchr(" *_`:[]()", cell.text[end]) == NULL;)
			end++;
		outcome = words_outcome(cell.text + at, end - at);
		if (outcome != OUTCOME_COUNT && end > at)
			return outcome;
		if (memmem(cell.text + at, end - at, "\xe2\x9c\x85", 3) != NULL)
			return OUTCOME_PASSED; /* white heavy check mark */
		if (memmem(cell.text + at, end - at, "\xe2\x9d\x8c", 3) != NULL)
			return OUTCOME_FAILED; /* cross mark */
		at = end + (end == at);
	}
	return OUTCOME_COUNT;
}

static struct test *row_test(struct markdown *markdown, const struct cell *cells)
{
	struct cell name = cells[markdown->columns[COLUMN_NAME]];
	struct cell file = { "", 0 };
	struct test *test;
	char *id;

	if (markdown->columns[COLUMN_FILE] >= 0)
		file = cells[markdown->columns[COLUMN_FILE]];
	while (name.length > 0 && strchr("`*", name.text[0]) != NULL) {
		name.text++;
		name.length--;
	}
	while (name.length > 0 && strchr("`*", name.text[name.length - 1]) != NULL)
		name.length--;
	if (file.length > 0 && memmem(name.text, name.length, "::", 2) == NULL)
		id = mem_printf(NULL, "%.*s::%.*s", (int)file.length, file.text, (int)name.length,
			name.text);
	else
		id = mem_strndup(NULL, name.text, name.length);
	test = source_test(markdown->source, id, strlen(id));
	talloc_free(id);
	return test;
}

static void table_row(
	struct markdown *markdown, struct entry *out, const struct cell *cells, size_t count)
{
	const int *columns = markdown->columns;
	enum outcome outcome;
	struct test *test;

	for (size_t i = 0; i < COLUMN_KINDS; i++)
		if (columns[i] >= (int)count)
			return;
	outcome = status_of(cells[columns[COLUMN_STATUS]]);
	if (outcome == OUTCOME_COUNT || cells[columns[COLUMN_NAME]].length == 0)
		return;
	test = row_test(markdown, cells);
	if (test->line == 0)
		test->line = out->line;
	source_outcome(markdown->source, test, outcome);
	if (columns[COLUMN_DURATION] >= 0)
		test->duration = line_seconds(cells[columns[COLUMN_DURATION]].text,
			cells[columns[COLUMN_DURATION]].length);
	markdown->table = true;
	out->test = test;
}

static bool table_line(struct markdown *markdown, struct entry *out)
{
	struct cell cells[COLUMNS];
	size_t count = cells_of(out->text, out->text_len, cells);

	if (count == 0) {
		markdown->in_table = false;
		return false;
	}
	if (!markdown->in_table)
		markdown->in_table = table_head(markdown, cells, count);
	else
		table_row(markdown, out, cells, count);
	return true;
}

/* A test named NAME, whatever its file: the newest of that name. */
static struct test *find_test(struct markdown *markdown, const char *name, size_t length)
{
	struct source_info *info = markdown->source->info;

	for (size_t i = info->test_count; i > 0 && i + 1000 > info->test_count; i--) {
		const char *known = info->tests[i - 1]->name;
		size_t other = strlen(known);

		if (other < length || memcmp(known + other - length, name, length) != 0)
			continue;
		if (other == length || known[other - length - 1] == ':')
			return info->tests[i - 1];
	}
	return NULL;
}

/* "### FAILED: name": what follows tells of this test, up to the next heading. */
static bool heading(struct markdown *markdown, struct entry *out)
{
	const char *text = out->text;
	size_t length = out->text_len, taken = 0;
	enum outcome outcome;

	if (text[0] != '#')
		return false;
	while (length > 0 && strchr("# \t", text[0]) != NULL) {
		text++;
		length--;
	}
	markdown->test = NULL;
	markdown->in_error = false;
	outcome = words_verdict(text, length, &taken);
	if (outcome == OUTCOME_COUNT || taken >= length)
		return true;
	text += taken;
	length -= taken;
	while (length > 0 && strchr(":- `", text[0]) != NULL) {
		text++;
		length--;
	}
	while (length > 0 && strchr("` ", text[length - 1]) != NULL)
		length--;
	if (length == 0 || memchr(text, ' ', length) != NULL)
		return true;
	markdown->test = find_test(markdown, text, length);
	if (markdown->test == NULL) {
		markdown->test = source_test(markdown->source, text, length);
		if (markdown->test->line == 0)
			markdown->test->line = out->line;
		if (markdown->test->outcome == OUTCOME_NONE)
			source_outcome(markdown->source, markdown->test, outcome);
	}
	out->test = markdown->test;
	return true;
}

/* "E   ..." first; where the report cut it off, the line that begins the error. */
static void error_line(struct markdown *markdown, struct entry *out)
{
	static const char label[] = "**Error:**";

	if (memmem(out->text, out->text_len, label, strlen(label)) != NULL)
		markdown->in_error = true;
	else if (markdown->in_error && line_begins(out->text, out->text_len, "E ")) {
		transcript_message(
			markdown->source, markdown->test, out->text + 1, out->text_len - 1);
	}
	out->test = markdown->test;
}

/* "file.py::name PASSED". */
static bool fenced_line(struct markdown *markdown, struct entry *out)
{
	size_t id = nodeid_length(out->text, out->text_len), taken = 0, length;
	const char *rest = out->text + id;
	enum outcome outcome;

	if (id == 0)
		return false;
	length = out->text_len - id;
	line_trim(&rest, &length);
	outcome = words_verdict(rest, length, &taken);
	if (outcome == OUTCOME_COUNT)
		return false;
	if (markdown->table) {
		out->test = find_test(markdown, out->text, id);
		return true;
	}
	out->test = source_test(markdown->source, out->text, id);
	if (out->test->line == 0)
		out->test->line = out->line;
	source_outcome(markdown->source, out->test, outcome);
	return true;
}

static void classify(struct markdown *markdown, struct entry *out)
{
	if (table_line(markdown, out) || heading(markdown, out) || fenced_line(markdown, out))
		return;
	if (markdown->test != NULL) {
		error_line(markdown, out);
		return;
	}
	if (!markdown->tally_done)
		tally_figure(out->text, out->text_len, &markdown->tally);
}

static void finish(struct markdown *markdown)
{
	struct source_info *info = markdown->source->info;

	if (markdown->tally.has_outcome) {
		info->stated = markdown->tally.counts;
		info->has_stated = true;
	}
	info->unit = markdown->tally.unit;
	transcript_finish(markdown->source);
}

static int markdown_next(struct source *source, struct entry *out, struct err *err)
{
	struct markdown *markdown = source->state;
	const char *text;
	size_t length;
	char *line;
	int got;

	for (;;) {
		got = reader_line(source->reader, &line, &length, &out->line, err);
		if (got <= 0) {
			finish(markdown);
			return got;
		}
		source_set_text(source, out, line, length);
		text = out->text;
		length = out->text_len;
		line_trim(&text, &length);
		if (length > 0)
			break;
		markdown->tally_done = markdown->tally.has_total && markdown->tally.has_outcome;
	}
	line_mark(source, out);
	classify(markdown, out);
	return 1;
}

static int markdown_open(struct source *source, struct err *err)
{
	struct markdown *markdown = mem_new(source, struct markdown);

	(void)err;
	markdown->source = source;
	source->state = markdown;
	source->info->transcript = true;
	return 0;
}

/* A first heading that speaks of tests, and figures or a table of tests below. */
static int recognise(const char *sample, size_t length)
{
	struct markdown markdown = { 0 };
	struct tally tally = { 0 };
	struct cell cells[COLUMNS];
	bool titled = false, table = false;
	size_t taken;

	for (size_t at = 0; at < length; at += taken + 1) {
		const char *line = sample + at, *end = memchr(line, '\n', length - at);
		size_t shown;

		taken = end == NULL ? length - at : (size_t)(end - line);
		shown = taken;
		line_trim(&line, &shown);
		if (shown == 0 || line_begins(line, shown, "\xef\xbb\xbf"))
			continue;
		if (!titled && (line[0] != '#' || memmem(line, shown, "est", 3) == NULL))
			return 0;
		titled = true;
		tally_figure(line, shown, &tally);
		table = table || table_head(&markdown, cells, cells_of(line, shown, cells));
	}
	return titled && (tally.has_outcome || table) ? 96 : 0;
}

const struct format markdown_format = {
	.name = "markdown-report",
	.recognise = recognise,
	.open = markdown_open,
	.next = markdown_next,
};
