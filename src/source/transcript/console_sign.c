/* By what a pytest console is recognised, and a mere piece of one. */
#include "source/transcript/console.h"

#include <string.h>

struct signs {
	unsigned frames; /* section titles, closing lines */
	unsigned verdicts; /* lines with a node id and a verdict */
	unsigned pieces; /* bare verdicts */
	unsigned errors; /* "E   ..." lines */
	unsigned places; /* "test_x.py:12: in test_y" */
	unsigned dated; /* lines that begin with a time: rather a log */
	unsigned lines;
};

/* Drop colours: they stand before and between the words that are looked for. */
static size_t strip(const char *line, size_t length, char *out, size_t room)
{
	size_t used = 0;

	for (size_t i = 0; i < length && used + 1 < room; i++) {
		if (line[i] == '\x1b' && i + 1 < length && line[i + 1] == '[') {
			for (i += 2; i < length && (line[i] < '@' || line[i] > '~');)
				i++;
		} else if (line[i] != '\0' && line[i] != '\r') {
			out[used++] = line[i];
		}
	}
	out[used] = '\0';
	return used;
}

static const char *const frames[] = { "test session starts", "FAILURES", "ERRORS",
	"short test summary info", "warnings summary", "PASSES" };

static bool is_frame(const char *text, size_t length)
{
	struct tally tally;

	if (!line_title(&text, &length, '='))
		return false;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++)
		if (strlen(frames[i]) == length && memcmp(frames[i], text, length) == 0)
			return true;
	return tally_closing(text, length, &tally);
}

/* "nodeid PASSED", "PASSED nodeid", "[gw0] [ 12%] PASSED nodeid". */
static bool is_verdict(const char *text, size_t length)
{
	size_t id = nodeid_length(text, length), taken = 0;

	if (id > 0) {
		text += id;
		length -= id;
		line_trim(&text, &length);
		return words_verdict(text, length, &taken) != OUTCOME_COUNT;
	}
	if (line_begins(text, length, "[gw")) {
		const char *end = memmem(text, length, "] ", 2);

		while (end != NULL && end[2] == '[')
			end = memmem(end + 2, length - (size_t)(end + 2 - text), "] ", 2);
		if (end == NULL)
			return false;
		length -= (size_t)(end + 2 - text);
		text = end + 2;
	}
	if (words_verdict(text, length, &taken) == OUTCOME_COUNT || taken + 1 >= length)
		return false;
	return nodeid_length(text + taken + 1, length - taken - 1) > 0;
}

/* "FAILED" alone or "FAILED: reason". */
static bool is_piece(const char *text, size_t length)
{
	size_t taken = 0;
	enum outcome outcome = words_verdict(text, length, &taken);

	if (outcome != OUTCOME_PASSED && outcome != OUTCOME_FAILED)
		return false;
	return taken == length || text[taken] == ':';
}

size_t console_stamp(const char *text, size_t length, int64_t *time)
{
	bool has_zone = false;
	size_t taken = length > 20 && text[0] >= '0' && text[0] <= '9'
			       ? when_parse(text, length, time, &has_zone)
			       : 0;

	return taken > 0 && has_zone && taken < length && text[taken] == ' ' ? taken + 1 : 0;
}

static void count_line(struct signs *signs, const char *text, size_t length)
{
	struct line_frame frame;
	size_t stamp;
	int64_t time;

	signs->lines++;
	stamp = console_stamp(text, length, &time);
	signs->dated += stamp > 0 || when_parse(text, length, &time, NULL) > 0;
	text += stamp;
	length -= stamp;
	signs->frames += is_frame(text, length);
	signs->verdicts += is_verdict(text, length);
	signs->pieces += is_piece(text, length);
	signs->errors += line_begins(text, length, "E   ") || line_begins(text, length, "E\t");
	if (line_frame(text, length, &frame))
		signs->places += line_begins(frame.function, frame.function_length, "test");
}

int console_sign_find(const char *sample, size_t length, bool *named, bool *stamped)
{
	struct signs signs = { 0 };
	struct tally tally;
	char line[1024];
	bool bare = false;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(sample + at, '\n', length - at);
		size_t taken = end == NULL ? length - at : (size_t)(end - sample) - at;
		size_t used = strip(sample + at, taken, line, sizeof(line));

		if (used > 0)
			count_line(&signs, line, used);
		bare = bare || tally_closing(line, used, &tally);
		at += taken + 1;
	}
	*named = signs.frames > 0 || signs.verdicts > 0;
	*stamped = *named && signs.dated * 2 > signs.lines;
	if (signs.frames > 0)
		return 95;
	if (signs.verdicts > 0)
		return 85;
	if (signs.errors > 0 && (signs.places > 0 || signs.pieces > 0))
		return 70;
	if (bare)
		return 60;
	return signs.pieces > 0 && signs.dated * 4 < signs.lines ? 50 : 0;
}
