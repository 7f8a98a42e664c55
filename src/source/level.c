/* Severities in texts: "| ERROR |", "[warn]", "ERROR:", "level=error", klog. */
#include "source/level.h"

#include <string.h>
#include <strings.h>

#define REACH 160 /* bytes at the beginning of a line in which loggers put the level */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

struct word {
	const char *text;
	size_t begin, end; /* in the line */
	bool upper;
};

/* The next run of letters from AT on that is a word of its own. */
static bool next_word(const char *line, size_t length, size_t at, struct word *word)
{
	while (at < length) {
		while (at < length && !is_word(line[at]))
			at++;
		word->begin = at;
		word->upper = true;
		while (at < length && is_word(line[at])) {
			word->upper = word->upper && line[at] >= 'A' && line[at] <= 'Z';
			at++;
		}
		word->end = at;
		word->text = line + word->begin;
		if (word->end > word->begin && is_letter(*word->text))
			return true;
	}
	return false;
}

static enum severity level_of(const struct word *word)
{
	size_t length = word->end - word->begin;

	if (length == 4 && strncasecmp(word->text, "erro", 4) == 0) /* RabbitMQ has four letters */
		return SEVERITY_ERROR;
	if (length < 3 || length > 11)
		return SEVERITY_COUNT;
	return severity_parse(word->text, length);
}

/* Whether the word stands in brackets or between bars, blanks allowed. */
static bool is_enclosed(const char *line, size_t length, const struct word *word)
{
	static const char opening[] = "[<|", closing[] = "]>|";
	size_t before = word->begin, after = word->end;
	const char *kind;

	while (before > 0 && line[before - 1] == ' ')
		before--;
	while (after < length && line[after] == ' ')
		after++;
	if (before == 0 || after == length)
		return false;
	kind = strchr(opening, line[before - 1]);
	return kind != NULL && *kind != '\0' &&
	       (line[after] == closing[kind - opening] || line[after] == ':' || line[after] == '/');
}

/* "level=error", "level": "error", severity=... */
static bool is_value(const char *line, const struct word *word)
{
	static const char *const keys[] = { "level", "lvl", "severity", "loglevel", "levelname" };
	size_t end = word->begin;

	while (end > 0 && strchr("\"' ", line[end - 1]) != NULL)
		end--;
	if (end == 0 || (line[end - 1] != '=' && line[end - 1] != ':'))
		return false;
	for (end--; end > 0 && (line[end - 1] == '"' || line[end - 1] == '\''); end--)
		;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t size = strlen(keys[i]);

		if (end >= size && strncasecmp(line + end - size, keys[i], size) == 0)
			return true;
	}
	return false;
}

/* Where the text proper begins: behind digits and signs of a time, and "T", "Z" and the like. */
static size_t behind_time(const char *line, size_t length)
{
	size_t at = 0;

	while (at < length && (strchr("0123456789-:/., []TZ+|\t", line[at]) != NULL) &&
		line[at] != '\0') {
		bool letter = line[at] == 'T' || line[at] == 'Z';

		if (letter && at + 1 < length && is_letter(line[at + 1]))
			break;
		at++;
	}
	return at;
}

static enum severity klog(const char *line, size_t length)
{
	if (length < 21 || strchr("IWEF", line[0]) == NULL || line[5] != ' ' || line[8] != ':')
		return SEVERITY_COUNT;
	for (size_t i = 1; i < 5; i++)
		if (line[i] < '0' || line[i] > '9')
			return SEVERITY_COUNT;
	return severity_parse(line, 1);
}

/* One word, the NUMBERth of its line from 0: does it say a level in its place? */
static bool says_level(const char *line, size_t length, const struct word *word, unsigned number)
{
	char after = word->end < length ? line[word->end] : '\0';

	if (is_enclosed(line, length, word) || is_value(line, word))
		return true;
	if (word->upper && number < 4)
		return after == '\0' || strchr(" \t:|,]/", after) != NULL;
	return number == 0 && after != '\0' &&
	       (after == ':' || after == '\t' ||
		       (after == ' ' && word->end + 1 < length && line[word->end + 1] == ' '));
}

enum severity source_level(const char *text, size_t length)
{
	const char *newline = memchr(text, '\n', length);
	enum severity level;
	struct word word;
	size_t at;

	/* an object that is written over several lines begins with a bracket and no more */
	if (newline != NULL && newline - text > 2)
		length = (size_t)(newline - text);
	level = klog(text, length);
	if (level != SEVERITY_COUNT)
		return level;
	if (length > REACH)
		length = REACH;
	at = behind_time(text, length);
	for (unsigned number = 0; next_word(text, length, at, &word); number++) {
		level = SEVERITY_COUNT;
		if (says_level(text, length, &word, number))
			level = level_of(&word);
		if (level != SEVERITY_COUNT)
			return level;
		at = word.end;
	}
	return SEVERITY_DEFAULT;
}

size_t level_prefix(const char *line, size_t length)
{
	struct word word;
	size_t at = 0;

	if (length > REACH)
		length = REACH;
	if (!next_word(line, length, 0, &word) || word.begin > 1 ||
		level_of(&word) == SEVERITY_COUNT)
		return 0;
	for (at = word.end; at < length && strchr(" :|-]\t", line[at]) != NULL; at++)
		;
	return at > word.end ? at : 0;
}
