/*
 * What CI services put before a line.
 *
 * GitHub and Azure: "2026-01-31T08:00:00.1234567Z text"; gh puts "job TAB step TAB" before it,
 * which some quote as "job | ".
 * GitLab: "2026-01-31T08:00:00.123456Z 00O text", where "+" instead of the blank says that it goes
 * on with the line before, and "section_start:1700000000:name[options]" up to a carriage return.
 * Travis: "travis_fold:start:name" and "travis_time:...", up to a carriage return.
 * Buildkite: an APC sequence "_bk;t=1700000000000". Jenkins: "[2026-01-31T08:00:00.123Z] text", or
 * the time of day and one blank or two; Vercel: the same, or "[08:00:00.123] text".
 * Open Build Service: "[  130s] text".
 */
#include <string.h>

#include "source/job/job.h"

#define COLUMN_MAX 400 /* bytes of the name of a job, or of a step */
#define FOLD_MAX 400 /* bytes of what tells of a section */

static bool begins(const char *text, size_t length, const char *words)
{
	size_t wanted = strlen(words);

	return length >= wanted && memcmp(text, words, wanted) == 0;
}

static size_t digits(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && text[count] >= '0' && text[count] <= '9')
		count++;
	return count;
}

/* Marks of the byte order: some begin the log of each step with one. */
static size_t byte_order(const char *text, size_t length)
{
	return begins(text, length, "\xef\xbb\xbf") ? 3 : 0;
}

/* A time in UTC, and the blank behind it, which may be lost where the line is empty. */
static size_t stamp(const char *text, size_t length, int64_t *time)
{
	bool has_zone = false;
	int64_t found;
	size_t taken;

	if (length < 20 || text[0] < '0' || text[0] > '9' || text[10] != 'T')
		return 0;
	taken = when_parse(text, length, &found, &has_zone);
	if (taken == 0 || !has_zone || (taken < length && text[taken] != ' '))
		return 0;
	*time = found;
	return taken + (taken < length);
}

static void set_name(struct job_prefix *out, const char *name, size_t length)
{
	size_t used = strlen(out->name);

	if (length > sizeof(out->name) - 1 - used)
		length = sizeof(out->name) - 1 - used;
	memcpy(out->name + used, name, length);
	out->name[used + length] = '\0';
}

/* "CI / build | 2026-...": the same where it was quoted. */
static size_t bar(const char *text, size_t length, struct job_prefix *out)
{
	const char *end = memmem(text, length < COLUMN_MAX ? length : COLUMN_MAX, " | ", 3);
	int64_t time;
	size_t rest;

	if (end == NULL || end == text)
		return 0;
	rest = (size_t)(end + 3 - text);
	if (stamp(text + rest, length - rest, &time) == 0)
		return 0;
	out->columns = true;
	set_name(out, text, (size_t)(end - text));
	out->job_length = strlen(out->name);
	return rest;
}

/* "build TAB Run npm ci TAB 2026-..." */
static size_t columns(const char *text, size_t length, struct job_prefix *out)
{
	const char *first = memchr(text, '\t', length < COLUMN_MAX ? length : COLUMN_MAX);
	const char *second;
	size_t left, rest;
	int64_t time;

	if (first == NULL || first == text)
		return 0;
	left = length - (size_t)(first + 1 - text);
	second = memchr(first + 1, '\t', left < COLUMN_MAX ? left : COLUMN_MAX);
	if (second == NULL)
		return 0;
	rest = (size_t)(second + 1 - text);
	rest += byte_order(text + rest, length - rest);
	if (stamp(text + rest, length - rest, &time) == 0)
		return 0;
	out->columns = true;
	set_name(out, text, (size_t)(first - text));
	out->job_length = strlen(out->name);
	/* so gh says where the service did not tell it the steps */
	out->step_known = !begins(first + 1, (size_t)(second - first) - 1, "UNKNOWN STEP");
	set_name(out, " / ", 3);
	set_name(out, first + 1, (size_t)(second - first) - 1);
	return rest;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* "00O " or "00O+" behind the time. */
static size_t stream(const char *text, size_t length, struct job_prefix *out)
{
	if (length < 3 || !is_hex(text[0]) || !is_hex(text[1]) ||
		(text[2] != 'O' && text[2] != 'E'))
		return 0;
	if (length > 3 && text[3] != ' ' && text[3] != '+')
		return 0;
	out->continues = length > 3 && text[3] == '+';
	out->service = true;
	return length > 3 ? 4 : 3;
}

/* "[2026-01-31T08:00:00.123Z] " */
static size_t bracketed(const char *text, size_t length, int64_t *time)
{
	bool has_zone = false;
	int64_t found;
	size_t taken;

	if (length < 22 || text[0] != '[' || text[5] != '-')
		return 0;
	taken = when_parse(text + 1, length - 1, &found, &has_zone);
	if (taken == 0 || !has_zone || taken + 1 >= length || text[taken + 1] != ']')
		return 0;
	*time = found;
	return taken + 2 + (taken + 2 < length && text[taken + 2] == ' ');
}

/* "08:00:00 " or "08:00:00.123  ": a time of no day. */
static size_t time_of_day(const char *text, size_t length)
{
	size_t at = 8;

	if (length < 10 || digits(text, length) != 2 || text[2] != ':' ||
		digits(text + 3, length - 3) != 2 || text[5] != ':' ||
		digits(text + 6, length - 6) != 2)
		return 0;
	if (text[at] == '.')
		at += 1 + digits(text + at + 1, length - at - 1);
	if (begins(text + at, length - at, "  "))
		return at + 2;
	return begins(text + at, length - at, " ") ? at + 1 : 0;
}

/* "[08:00:00.123] ": the same in brackets. */
static size_t bracketed_time_of_day(const char *text, size_t length)
{
	size_t taken;

	if (length < 12 || text[0] != '[')
		return 0;
	for (taken = 1; taken < length && taken < 14 && text[taken] != ']';)
		taken++;
	if (taken < 9 || taken + 1 >= length || text[taken] != ']' || text[taken + 1] != ' ' ||
		digits(text + 1, length - 1) != 2 || text[3] != ':' ||
		digits(text + 4, length - 4) != 2 || text[6] != ':' ||
		digits(text + 7, length - 7) != 2 || (taken > 9 && text[9] != '.'))
		return 0;
	return taken + 2;
}

/* "[  130s] ": seconds since the build began, as the Open Build Service has them. */
static size_t seconds(const char *text, size_t length)
{
	size_t at = 1, count;

	if (length < 5 || text[0] != '[')
		return 0;
	while (at < length && text[at] == ' ')
		at++;
	count = digits(text + at, length - at);
	at += count;
	if (count == 0 || !begins(text + at, length - at, "s]"))
		return 0;
	at += 2;
	return at == length || text[at] == ' ' ? at + (at < length) : 0;
}

/* Milliseconds since the epoch, told in an escape sequence that may have lost its escape. */
static size_t buildkite(const char *text, size_t length, struct job_prefix *out)
{
	size_t at = length > 0 && text[0] == '\x1b', count;
	int64_t milliseconds = 0;

	if (!begins(text + at, length - at, "_bk;t="))
		return 0;
	at += 6;
	count = digits(text + at, length - at);
	if (count == 0 || count > 15)
		return 0;
	for (size_t i = 0; i < count; i++)
		milliseconds = milliseconds * 10 + (text[at + i] - '0');
	at += count;
	at += at < length && text[at] == '\a';
	if (milliseconds < INT64_MAX / 1000000)
		out->time = milliseconds * 1000000;
	out->service = true;
	return at;
}

static size_t name_length(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && count < FOLD_MAX && text[count] != '\r' && text[count] != '[' &&
		text[count] != '\x1b' && text[count] != ' ')
		count++;
	return count;
}

/* Up to the carriage return that hides it from a terminal. */
static size_t hidden(const char *text, size_t length, size_t at)
{
	const char *end = memchr(text + at, '\r', length - at < FOLD_MAX ? length - at : FOLD_MAX);

	at = end == NULL ? at : (size_t)(end + 1 - text);
	return at + (begins(text + at, length - at, "\x1b[0K") ? 4 : 0);
}

static const struct {
	const char *words;
	enum job_kind kind;
	bool dated; /* seconds since the epoch and a colon stand before the name */
} folds[] = {
	{ "section_start:", JOB_FOLD, true },
	{ "section_end:", JOB_FOLD_END, true },
	{ "travis_fold:start:", JOB_FOLD, false },
	{ "travis_fold:end:", JOB_FOLD_END, false },
	{ "travis_time:", JOB_TEXT, false },
};

static size_t fold(const char *text, size_t length, struct job_prefix *out)
{
	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		size_t at = strlen(folds[i].words), count;
		int64_t seconds = 0;

		if (!begins(text, length, folds[i].words))
			continue;
		count = folds[i].dated ? digits(text + at, length - at) : 0;
		if (folds[i].dated && (count == 0 || count > 11 || at + count >= length ||
					      text[at + count] != ':'))
			return 0;
		for (size_t j = 0; j < count; j++)
			seconds = seconds * 10 + (text[at + j] - '0');
		if (folds[i].dated && seconds < INT64_MAX / WHEN_SECOND)
			out->time = seconds * WHEN_SECOND;
		at += count + (folds[i].dated ? 1 : 0);
		count = name_length(text + at, length - at);
		out->service = true;
		if (folds[i].kind != JOB_TEXT) {
			out->kind = folds[i].kind;
			out->name[0] = '\0';
			set_name(out, text + at, count);
		}
		return hidden(text, length, at + count);
	}
	return 0;
}

size_t job_prefix(const char *text, size_t length, struct job_prefix *out)
{
	size_t at = byte_order(text, length), taken;

	memset(out, 0, sizeof(*out));
	out->time = TIME_NONE;
	taken = columns(text + at, length - at, out);
	if (taken == 0)
		taken = bar(text + at, length - at, out);
	out->service = taken > 0;
	at += taken;
	taken = stamp(text + at, length - at, &out->time);
	at += taken;
	if (taken > 0)
		at += stream(text + at, length - at, out);
	else
		at += bracketed(text + at, length - at, &out->time);
	if (at == 0)
		at += time_of_day(text, length);
	if (at == 0)
		at += bracketed_time_of_day(text, length);
	if (at == 0)
		at += seconds(text, length);
	/* several sections may end and begin in one line */
	for (int i = 0; i < 16; i++) {
		const char *rest = text + at;
		size_t escapes = begins(rest, length - at, "\x1b[0K") ? 4 : 0;

		taken = buildkite(rest, length - at, out);
		if (taken == 0)
			taken = fold(rest + escapes, length - at - escapes, out);
		else
			escapes = 0;
		if (taken == 0)
			break;
		at += escapes + taken;
	}
	return at;
}
