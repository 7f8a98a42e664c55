/* Counts written in words: closing lines of pytest, figures of generated summaries. */
#include "source/transcript/transcript.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t read_number(const char *text, size_t length, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	for (; i < length && is_digit(text[i]) && i < 12; i++)
		value = value * 10 + (uint64_t)(text[i] - '0');
	*out = value;
	return i;
}

static void add(struct tally *tally, enum outcome outcome, uint64_t count)
{
	uint64_t *const slots[OUTCOME_COUNT] = {
		[OUTCOME_PASSED] = &tally->counts.passed,
		[OUTCOME_FAILED] = &tally->counts.failed,
		[OUTCOME_ERROR] = &tally->counts.errors,
		[OUTCOME_SKIPPED] = &tally->counts.skipped,
	};

	if (slots[outcome] != NULL) {
		*slots[outcome] += count;
		tally->has_outcome = true;
	}
}

/* What a closing line counts; "xfailed" is neither a pass nor a failure there. */
static const struct {
	const char *word;
	enum outcome outcome;
} closing_words[] = {
	{ "passed", OUTCOME_PASSED },
	{ "failed", OUTCOME_FAILED },
	{ "error", OUTCOME_ERROR },
	{ "errors", OUTCOME_ERROR },
	{ "skipped", OUTCOME_SKIPPED },
	{ "xfailed", OUTCOME_NONE },
	{ "xpassed", OUTCOME_NONE },
	{ "warning", OUTCOME_NONE },
	{ "warnings", OUTCOME_NONE },
	{ "deselected", OUTCOME_NONE },
	{ "rerun", OUTCOME_NONE },
	{ "reruns", OUTCOME_NONE },
	{ "subtests passed", OUTCOME_NONE },
	{ "subtests failed", OUTCOME_NONE },
	{ "subtests skipped", OUTCOME_NONE },
};

static enum outcome closing_word(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(closing_words) / sizeof(closing_words[0]); i++)
		if (strlen(closing_words[i].word) == length &&
			memcmp(closing_words[i].word, text, length) == 0)
			return closing_words[i].outcome;
	return OUTCOME_COUNT;
}

/* "24 passed" at TEXT; the bytes taken, or 0. */
static size_t closing_part(const char *text, size_t length, struct tally *tally)
{
	uint64_t count;
	size_t at = read_number(text, length, &count), end;
	enum outcome outcome;

	if (at == 0 || at >= length || text[at] != ' ')
		return 0;
	at++;
	for (end = at; end < length && text[end] != ',';)
		if (line_begins(text + end, length - end, " in "))
			break;
		else
			end++;
	outcome = closing_word(text + at, end - at);
	if (outcome == OUTCOME_COUNT)
		return 0;
	add(tally, outcome, count);
	return end;
}

/* " in 38.45s", " in 84.96s (0:01:24)", " in 0.12 seconds": all of the rest. */
static bool is_duration(const char *text, size_t length)
{
	size_t at = 4;

	if (!line_begins(text, length, " in ") || at >= length || !is_digit(text[at]))
		return false;
	while (at < length && (is_digit(text[at]) || strchr(".:,", text[at]) != NULL))
		at++;
	if (line_begins(text + at, length - at, " seconds"))
		at += 8;
	else if (at < length && text[at] == 's')
		at++;
	return at == length || (text[at] == ' ' && at + 1 < length && text[at + 1] == '(');
}

bool tally_closing(const char *text, size_t length, struct tally *out)
{
	struct tally tally = { 0 };
	bool any = false;

	line_trim(&text, &length);
	if (line_begins(text, length, "no tests ran") ||
		line_begins(text, length, "no tests collected")) {
		*out = tally;
		return length < 40;
	}
	for (;;) {
		size_t taken = closing_part(text, length, &tally);

		if (taken == 0)
			return false;
		any = true;
		text += taken;
		length -= taken;
		if (!line_begins(text, length, ", "))
			break;
		text += 2;
		length -= 2;
	}
	if (!any || !is_duration(text, length))
		return false;
	*out = tally;
	return true;
}

/* The letters of "- **Total Tests:** 58" before its colon, lower case: "total tests". */
static size_t figure_label(const char *text, size_t length, char *label, size_t room)
{
	size_t used = 0, i = 0;

	while (i < length && strchr("-*+#|> \t_`", text[i]) != NULL)
		i++;
	for (; i < length && used + 1 < room; i++) {
		char c = text[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == ':' || c == '=' || c == '|' || is_digit(c))
			break;
		if ((c >= 'a' && c <= 'z') || (c == ' ' && used > 0))
			label[used++] = c;
		else if (c != '*' && c != ' ' && (unsigned char)c < 0x80)
			return 0;
	}
	while (used > 0 && label[used - 1] == ' ')
		used--;
	label[used] = '\0';
	return used > 0 && i < length && !is_digit(text[i]) ? i : 0;
}

static const struct {
	const char *label;
	enum outcome outcome; /* OUTCOME_NONE: the total */
} figures[] = {
	{ "total", OUTCOME_NONE },
	{ "tests", OUTCOME_NONE },
	{ "tests run", OUTCOME_NONE },
	{ "passed", OUTCOME_PASSED },
	{ "successful", OUTCOME_PASSED },
	{ "succeeded", OUTCOME_PASSED },
	{ "failed", OUTCOME_FAILED },
	{ "failures", OUTCOME_FAILED },
	{ "errors", OUTCOME_ERROR },
	{ "error", OUTCOME_ERROR },
	{ "skipped", OUTCOME_SKIPPED },
};

static const char *const units[] = { "tests", "modules", "suites", "scenarios", "cases" };

/* What the label or the words behind the number say is counted; NULL: nothing is said. */
static const char *unit_of(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t wanted = strlen(units[i]);

		if (length >= wanted && strncasecmp(text + length - wanted, units[i], wanted) == 0)
			return units[i];
	}
	return NULL;
}

/* "total tests" and "modules passed" are "total" and "passed". */
static enum outcome figure_kind(const char *label)
{
	const char *space = strchr(label, ' ');
	size_t first = space != NULL ? (size_t)(space - label) : strlen(label);
	const char *last = strrchr(label, ' ');

	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		if (strcmp(label, figures[i].label) == 0)
			return figures[i].outcome;
		if (space == NULL || space != last)
			continue;
		if (strlen(figures[i].label) == first &&
			memcmp(label, figures[i].label, first) == 0 &&
			unit_of(label, strlen(label)) != NULL)
			return figures[i].outcome;
		if (strcmp(last + 1, figures[i].label) == 0 && unit_of(label, first) != NULL)
			return figures[i].outcome;
	}
	return OUTCOME_COUNT;
}

static void set_total(struct tally *out, uint64_t count, const char *unit)
{
	out->total = count;
	out->has_total = true;
	if (unit != NULL)
		out->unit = unit;
}

bool tally_figure(const char *text, size_t length, struct tally *out)
{
	char label[32];
	size_t at = figure_label(text, length, label, sizeof(label)), taken, end;
	enum outcome kind = at > 0 ? figure_kind(label) : OUTCOME_COUNT;
	const char *unit = unit_of(label, at > 0 ? strlen(label) : 0);
	uint64_t count;

	if (kind == OUTCOME_COUNT)
		return false;
	while (at < length && strchr(":=|* \t", text[at]) != NULL)
		at++;
	taken = read_number(text + at, length - at, &count);
	at += taken;
	if (taken == 0 || (at < length && strchr(" \t*|(,/", text[at]) == NULL))
		return false;
	for (end = at + (at < length); end < length && text[end] != ' ';)
		end++;
	if (kind == OUTCOME_NONE)
		set_total(out, count, unit != NULL ? unit : unit_of(text + at, end - at));
	else
		add(out, kind, count);
	return true;
}
