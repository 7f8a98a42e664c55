/* What one line of a transcript says of itself: a time, a level, a title. */
#include "source/transcript/transcript.h"

#include <ctype.h>
#include <string.h>

#define PREFIX_MAX 40 /* bytes before a time: "**Generated:** ", "[INFO] " */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool line_begins(const char *text, size_t length, const char *prefix)
{
	size_t wanted;

	if (length == 0 || text[0] != prefix[0]) /* nearly all: a fast no */
		return prefix[0] == '\0';
	wanted = strlen(prefix);
	return length >= wanted && memcmp(text, prefix, wanted) == 0;
}

/* "self = <Shop>, args = (3,)", "total      = 3": what the names of a function stood for. */
static bool is_binding(const char *text, size_t length)
{
	size_t i = 0, name;

	while (i < length && (is_letter(text[i]) || is_digit(text[i]) || text[i] == '_'))
		i++;
	name = i;
	while (i < length && text[i] == ' ')
		i++;
	return name > 0 && i > name && line_begins(text + i, length - i, "= ") &&
	       !line_begins(text, length, "E ");
}

bool line_is_code(const char *text, size_t length)
{
	return line_begins(text, length, "    ") || line_begins(text, length, ">   ") ||
	       is_binding(text, length);
}

void line_trim(const char **text, size_t *length)
{
	while (*length > 0 && is_blank(**text)) {
		(*text)++;
		(*length)--;
	}
	while (*length > 0 && is_blank((*text)[*length - 1]))
		(*length)--;
}

bool line_title(const char **text, size_t *length, char fill)
{
	const char *title = *text;
	size_t rest = *length;

	line_trim(&title, &rest);
	if (rest < 5 || title[0] != fill || title[rest - 1] != fill)
		return false;
	while (rest > 0 && title[0] == fill) {
		title++;
		rest--;
	}
	while (rest > 0 && title[rest - 1] == fill)
		rest--;
	if (rest < 3 || title[0] != ' ' || title[rest - 1] != ' ')
		return false;
	line_trim(&title, &rest);
	if (rest == 0 || title[0] == fill) /* "_ _ _ _", the rule between frames */
		return false;
	*text = title;
	*length = rest;
	return true;
}

int64_t line_seconds(const char *text, size_t length)
{
	int64_t whole = 0, part = 0, unit = WHEN_SECOND;
	bool fraction = false, any = false;

	for (size_t i = 0; i < length; i++) {
		if (is_digit(text[i]) && fraction) {
			unit /= 10;
			part += unit * (text[i] - '0');
		} else if (is_digit(text[i]) && whole < 100000000) {
			whole = whole * 10 + (text[i] - '0');
		} else if ((text[i] == '.' || text[i] == ',') && any) {
			/* a comma before a point was one of thousands */
			fraction = text[i] == '.' || memchr(text + i, '.', length - i) == NULL;
		} else {
			break;
		}
		any = true;
	}
	return any ? whole * WHEN_SECOND + part : -1;
}

int64_t line_time(struct source *source, const char *text, size_t length)
{
	bool has_zone;
	int64_t time;

	if (when_parse(text, length, &time, &has_zone) == 0)
		return TIME_NONE;
	if (has_zone)
		return time;
	source->info->zone_unknown = true;
	if (source->options == NULL)
		return time;
	return when_difference(time, source->options->offset * WHEN_SECOND);
}

/* How far a time may stand behind the beginning: marks and one word, as "[INFO] ", "Time: ". */
static size_t time_at(const char *text, size_t length)
{
	unsigned words = 0;

	for (size_t i = 0; i < length && i < PREFIX_MAX; i++) {
		if (is_digit(text[i]))
			return i;
		if (is_letter(text[i]) && (i == 0 || !is_letter(text[i - 1])) && ++words > 1)
			break;
	}
	return length;
}

/* The level in "[ERROR] ...", "ERROR    logger:file.py:3 ...", " | ERROR | ", "name - ERROR - ". */
static enum severity token_level(const char *token, size_t length)
{
	while (length > 0 && strchr("[(|<", token[0]) != NULL) {
		token++;
		length--;
	}
	while (length > 0 && strchr("])|>:,", token[length - 1]) != NULL)
		length--;
	if (length < 4 || length > 11)
		return SEVERITY_COUNT;
	for (size_t i = 0; i < length; i++)
		if (token[i] < 'A' || token[i] > 'Z')
			return SEVERITY_COUNT;
	if (length == 4 && memcmp(token, "FAIL", 4) == 0)
		return SEVERITY_ERROR;
	return severity_parse(token, length);
}

static size_t token_length(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && !is_blank(text[i]))
		i++;
	return i;
}

/* Among the first tokens after a time. */
static enum severity level_after(const char *text, size_t length)
{
	enum severity found = SEVERITY_COUNT;

	for (int tokens = 0; tokens < 6 && length > 0 && found == SEVERITY_COUNT; tokens++) {
		size_t taken = token_length(text, length);

		found = token_level(text, taken);
		while (taken < length && is_blank(text[taken]))
			taken++;
		text += taken;
		length -= taken;
	}
	return found;
}

/* Python's logging in captured sections: "ERROR    logger:file.py:596 text". */
static bool is_captured_log(const char *text, size_t length, size_t level)
{
	while (level < length && text[level] == ' ')
		level++;
	length = level + token_length(text + level, length - level);
	return length > level && memchr(text + level, ':', length - level) != NULL;
}

static enum severity level_of(const char *text, size_t length)
{
	size_t first;

	if (length > 1 && text[0] == 'E' && text[1] == ' ')
		return SEVERITY_ERROR;
	if (line_begins(text, length, "INTERNALERROR>") || line_begins(text, length, "!!!!"))
		return SEVERITY_ERROR;
	while (length > 0 && is_blank(text[0])) {
		text++;
		length--;
	}
	first = token_length(text, length);
	if (first > 0 && text[0] == '[' && text[first - 1] == ']')
		return token_level(text, first);
	if (first >= 4 && is_captured_log(text, length, first))
		return token_level(text, first);
	return SEVERITY_COUNT;
}

void line_mark(struct source *source, struct entry *out)
{
	size_t at = time_at(out->text, out->text_len);
	enum severity severity = level_of(out->text, out->text_len);

	if (at < out->text_len && !(at > 1 && out->text[0] == 'E' && out->text[1] == ' ')) {
		int64_t time = line_time(source, out->text + at, out->text_len - at);

		if (time != TIME_NONE)
			out->time = time;
		if (time != TIME_NONE && severity == SEVERITY_COUNT)
			severity = level_after(out->text + at, out->text_len - at);
	}
	if (severity != SEVERITY_COUNT)
		out->severity = severity;
}

/* The digits and the colon of ":12: " behind a path; their bytes or 0. */
static size_t place_length(const char *text, size_t length)
{
	size_t i = 1;

	while (i < length && is_digit(text[i]))
		i++;
	return i > 1 && i < length && text[i] == ':' ? i + 1 : 0;
}

bool line_frame(const char *text, size_t length, struct line_frame *out)
{
	for (size_t i = 0; i + 3 < length && i < 1024; i++) {
		size_t taken, rest;

		if (memcmp(text + i, ".py:", 4) != 0)
			continue;
		taken = place_length(text + i + 3, length - i - 3);
		rest = i + 3 + taken;
		if (taken == 0 || !line_begins(text + rest, length - rest, " in "))
			continue;
		*out = (struct line_frame){ text, text + rest + 4, i + 3, length - rest - 4 };
		return true;
	}
	return false;
}
