/*
 * What is told at the beginning of a clean line: commands of the runners of GitHub and Azure, and
 * the numbers that builders of images put before the output of their steps.
 */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

static const struct {
	const char *words;
	enum job_kind kind;
} marks[] = {
	{ "##[group]", JOB_GROUP },
	{ "::group::", JOB_GROUP },
	{ "##[endgroup]", JOB_GROUP_END },
	{ "::endgroup::", JOB_GROUP_END },
	{ "##[error]", JOB_ERROR },
	{ "##[warning]", JOB_WARNING },
	{ "##[notice]", JOB_TEXT },
	{ "##[debug]", JOB_TEXT },
	{ "##[section]", JOB_SECTION },
	{ "##[command]", JOB_COMMAND },
	{ "[command]", JOB_COMMAND },
};

static void skip(const char **text, size_t *length, size_t count)
{
	*text += count;
	*length -= count;
}

/* "::error file=src/a.c,line=3::message": a command that was printed and not taken as one. */
static bool take_annotation(const char **text, size_t *length, enum job_kind *kind)
{
	bool error = line_begins(*text, *length, "::error");
	size_t at = error ? 7 : 9;
	const char *end;

	if (!error && !line_begins(*text, *length, "::warning"))
		return false;
	if (*length <= at || ((*text)[at] != ' ' && (*text)[at] != ':'))
		return false;
	end = memmem(*text + at, *length - at, "::", 2);
	if (end == NULL)
		return false;
	*kind = error ? JOB_ERROR : JOB_WARNING;
	skip(text, length, (size_t)(end + 2 - *text));
	return true;
}

static size_t digits(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && text[count] >= '0' && text[count] <= '9')
		count++;
	return count;
}

/* "#12 3.456 ": the step of a build with BuildKit, and its clock. */
static size_t image_step(const char *text, size_t length)
{
	size_t at = 1, count;

	if (length < 6 || text[0] != '#')
		return 0;
	count = digits(text + at, length - at);
	at += count;
	if (count == 0 || count > 5 || at >= length || text[at++] != ' ')
		return 0;
	count = digits(text + at, length - at);
	at += count;
	if (count == 0 || at >= length || text[at++] != '.')
		return 0;
	count = digits(text + at, length - at);
	at += count;
	if (count == 0 || at > length || (at < length && text[at] != ' '))
		return 0;
	return at + (at < length);
}

/* "Step #1 - "build": ": what Cloud Build puts before each line. */
static size_t build_step(const char *text, size_t length)
{
	size_t at = 6, count;
	const char *end;

	if (!line_begins(text, length, "Step #"))
		return 0;
	count = digits(text + at, length - at);
	at += count;
	if (count == 0)
		return 0;
	if (line_begins(text + at, length - at, " - \"")) {
		end = memchr(text + at + 4, '"', length - at - 4);
		if (end == NULL)
			return 0;
		at = (size_t)(end + 1 - text);
	}
	return line_begins(text + at, length - at, ": ") ? at + 2 : 0;
}

enum job_kind job_marks(const char **text, size_t *length)
{
	enum job_kind kind = JOB_TEXT;

	skip(text, length, build_step(*text, *length));
	skip(text, length, image_step(*text, *length));
	if (take_annotation(text, length, &kind))
		return kind;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (line_begins(*text, *length, marks[i].words)) {
			skip(text, length, strlen(marks[i].words));
			return marks[i].kind;
		}
	return kind;
}
