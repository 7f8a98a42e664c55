/* Lines of a job without what the service put before them. */
#include <string.h>

#include "source/job/job.h"
#include "source/text.h"

struct job_lines {
	struct source *source;
	struct job_line now, following;
	bool ended;
};

struct job_lines *job_lines_new(TALLOC_CTX *mem, struct source *source)
{
	struct job_lines *lines = mem_new(mem, struct job_lines);

	lines->source = source;
	lines->now.text.mem = lines->following.text.mem = lines;
	return lines;
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
