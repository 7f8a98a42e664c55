/* Lines of a job without what the service put before them. */
#include <string.h>

#include "source/job/job.h"
#include "source/text.h"
#include "source/transcript/transcript.h"

/* What stands before the lines of a block; the block is over with the first line without it. */
enum quoting {
	QUOTES_NOTHING,
	QUOTES_CLOCK, /* BuildKit: "3.456 ", from " > [2/3] RUN make:" to "------" */
	QUOTES_ARROW, /* Nix: "       > ", below "       last 10 log lines:" */
	QUOTES_PUSH, /* Heroku, which builds during a push: "remote: ", from "remote: -----> " on */
};

struct job_lines {
	struct source *source;
	struct job_line now, following;
	enum quoting quoting;
	bool ended;
};

struct job_lines *job_lines_new(TALLOC_CTX *mem, struct source *source)
{
	struct job_lines *lines = mem_new(mem, struct job_lines);

	lines->source = source;
	lines->now.text.mem = lines->following.text.mem = lines;
	return lines;
}

/* Seconds with a fraction, and a blank. */
static size_t clock_length(const char *text, size_t length)
{
	size_t at = 0, point;

	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	point = at;
	if (at == 0 || at >= length || text[at++] != '.')
		return 0;
	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	if (at == point + 1 || (at < length && text[at] != ' '))
		return 0;
	return at + (at < length);
}

static size_t arrow_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && text[at] == ' ')
		at++;
	if (at == 0 || at >= length || text[at++] != '>')
		return 0;
	return at + (at < length && text[at] == ' ');
}

static bool ends_with(const char *text, size_t length, const char *words)
{
	size_t wanted = strlen(words);

	return length >= wanted && memcmp(text + length - wanted, words, wanted) == 0;
}

/* "remote: ": what the server of a push says. */
static size_t remote_length(const char *text, size_t length)
{
	static const char words[] = "remote:";
	size_t at = sizeof(words) - 1;

	if (!line_begins(text, length, words))
		return 0;
	return at + (at < length && text[at] == ' ');
}

/* Does a block begin with the line, or behind it? A server that only says something indents less. */
static enum quoting quoting_of(const char *text, size_t length)
{
	line_trim(&text, &length);
	if (line_begins(text, length, "> [") && ends_with(text, length, ":"))
		return QUOTES_CLOCK;
	if (line_begins(text, length, "last ") && ends_with(text, length, " log lines:"))
		return QUOTES_ARROW;
	if (line_begins(text, length, "remote: -----> ") || line_begins(text, length, "remote:  "))
		return QUOTES_PUSH;
	return QUOTES_NOTHING;
}

/* Takes off what the quoting of the line put before it. */
static void take_quote(struct job_lines *lines, const char **text, size_t *length)
{
	static size_t (*const lengths[])(const char *text, size_t length) = {
		[QUOTES_CLOCK] = clock_length,
		[QUOTES_ARROW] = arrow_length,
		[QUOTES_PUSH] = remote_length,
	};
	enum quoting began = quoting_of(*text, *length);
	size_t taken;

	if (began != QUOTES_NOTHING)
		lines->quoting = began;
	if (lines->quoting == QUOTES_NOTHING || *length == 0)
		return;
	taken = lengths[lines->quoting](*text, *length);
	if (taken == 0 && began == QUOTES_NOTHING)
		lines->quoting = QUOTES_NOTHING;
	*text += taken;
	*length -= taken;
}

static int read_one(struct job_lines *lines, struct job_line *line, struct err *err)
{
	struct source *source = lines->source;
	const char *text;
	size_t length, taken;
	char *raw;
	int got;

	line->used = false;
	got = lines->ended ? 0 : reader_line(source->reader, &raw, &length, &line->number, err);
	lines->ended = lines->ended || got == 0;
	if (got <= 0)
		return got;
	taken = job_prefix(raw, length, &line->prefix);
	text = text_clean(source->text, raw + taken, length - taken, &length);
	line->kind = job_marks(&text, &length);
	take_quote(lines, &text, &length);
	taken = job_names(text, length);
	text += taken;
	length -= taken;
	if (line->prefix.kind != JOB_TEXT)
		line->kind = line->prefix.kind;
	draft_empty(&line->text);
	draft_add(&line->text, text, length);
	line->used = true;
	return 1;
}

int job_lines_next(struct job_lines *lines, struct job_line **out, struct err *err)
{
	struct job_line spare = lines->now;
	int got = 1;

	if (!lines->following.used)
		got = read_one(lines, &lines->following, err);
	if (got <= 0)
		return got;
	lines->now = lines->following;
	lines->following = spare;
	lines->following.used = false;
	while ((got = read_one(lines, &lines->following, err)) > 0 &&
		lines->following.prefix.continues)
		draft_add(
			&lines->now.text, lines->following.text.text, lines->following.text.length);
	*out = &lines->now;
	return got < 0 ? -1 : 1;
}
