/* The sides of a comparison: what was wanted, and what was there. */
#include "match/wanted.h"

#include <string.h>

struct line {
	const char *at, *end;
};

static struct line line_around(const char *text, size_t length, size_t at)
{
	struct line line = { text + at, text + at };

	while (line.at > text && line.at[-1] != '\n')
		line.at--;
	while (line.end < text + length && *line.end != '\n')
		line.end++;
	return line;
}

static bool begins(struct line line, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(line.end - line.at) >= length && memcmp(line.at, word, length) == 0;
}

static const char *find(struct line line, const char *word)
{
	return memmem(line.at, (size_t)(line.end - line.at), word, strlen(word));
}

/* Behind the quoted text that begins at AT, or AT where none does. */
static const char *skip_quoted(const char *at, const char *end)
{
	const char *start = at;
	char quote;

	while (at < end && strchr("bfru", *at) != NULL && at - start < 2)
		at++;
	if (at >= end || (*at != '\'' && *at != '"'))
		return start;
	quote = *at++;
	while (at < end && *at != quote)
		at += *at == '\\' && at + 1 < end ? 2 : 1;
	return at < end ? at + 1 : end;
}

/* The first of WORD in LINE that is not in quotes; NULL: none. */
static const char *find_unquoted(struct line line, const char *word)
{
	const char *behind;

	while (line.at < line.end) {
		if (begins(line, word))
			return line.at;
		behind = *line.at == '\'' || *line.at == '"' ? skip_quoted(line.at, line.end)
							     : line.at;
		line.at = behind > line.at ? behind : line.at + 1;
	}
	return NULL;
}

/* The comparison of "assert ..." in LINE; false: it has none. */
static bool find_assert(struct line *line)
{
	const char *at = find(*line, "assert ");

	if (at == NULL || (at > line->at && at[-1] != ' ' && at[-1] != '\t'))
		return false;
	line->at = at + strlen("assert ");
	return true;
}

/* "'a' in got": not found there. "got == 'a'": the right side is the one that was written down. */
static bool is_wanted_side(struct line line, const char *from, const char *to)
{
	const char *behind = skip_quoted(line.at, line.end), *equal;

	/* cut short, as in a summary: it cannot be told which side it is */
	if (behind == line.end && behind > line.at)
		return true;
	if (begins((struct line){ behind, line.end }, " in "))
		return behind > line.at && to <= behind;
	equal = find_unquoted(line, " == ");
	return equal != NULL && from >= equal;
}

/* "test_x[a b]": what stands in the brackets of a test's name is of the name. */
static bool is_name(const struct entry *entry, struct line line, const char *from, const char *to)
{
	const char *name = entry->test != NULL ? entry->test->name : NULL;
	const char *parameters = name != NULL ? strchr(name, '[') : NULL;
	const char *at = parameters != NULL ? find(line, parameters) : NULL;

	return at != NULL && from >= at && to <= at + strlen(parameters);
}

/* "where False = 'got'.startswith('a')": what the last call was given. */
static bool is_argument(struct line line, const char *from)
{
	const char *call = NULL, *at = find_unquoted(line, "where ");

	if (at == NULL || line.end[-1] != ')')
		return false;
	for (line.at = at; (at = find_unquoted(line, "(")) != NULL; line.at = at + 1)
		call = at;
	return call != NULL && call + 1 < line.end && strchr("'\"", call[1]) != NULL && from > call;
}

/* What a pattern or a stand-in was to see. */
static bool tells_wish(struct line line)
{
	static const char *const words[] = { "Regex: ", "Expected regex: ", "Expected: ",
		"Right contains ", "Pattern '", "[XPASS(strict)] " };
	static const char mock[] = "Actual: ";

	line.at += begins(line, "E ");
	while (line.at < line.end && *line.at == ' ')
		line.at++;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (begins(line, words[i]))
			return find(line, " got ") == NULL; /* "Expected: 'a', got 'b'" */
	/* "Actual: send('a')": a call that a stand-in took in */
	return begins(line, mock) && find_unquoted(line, "(") != NULL &&
	       find_unquoted(line, " ") == line.at + strlen(mock) - 1;
}

bool wanted_is(const struct entry *entry, const struct span *span)
{
	const char *from = entry->text + span->start, *to = entry->text + span->end;
	struct line line;

	if (entry->printed || entry->source == NULL || !entry->source->transcript ||
		span->start == PATTERN_UNSET || span->end > entry->text_len)
		return false;
	line = line_around(entry->text, entry->text_len, span->start);
	if (tells_wish(line) || is_name(entry, line, from, to) || is_argument(line, from))
		return true;
	return find_assert(&line) && is_wanted_side(line, from, to);
}
