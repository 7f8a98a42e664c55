/* Whole sections go: half a table says less than its absence. */
#include "publish/fit.h"

#include <string.h>

#define SECTIONS_MAX 256
#define NOTE_MAX 512 /* bytes of the line that tells what is missing */

struct section {
	const char *begin; /* its heading; of the first what stands before all headings */
	size_t length; /* bytes */
	size_t size; /* units */
	bool dropped;
};

struct sections {
	struct section items[SECTIONS_MAX];
	size_t count, total; /* units that are not dropped */
	enum fit_unit unit;
	const char *heading;
};

/* How many units the LENGTH bytes at TEXT are; of UTF-8, each character has one byte that leads. */
static size_t size_of(enum fit_unit unit, const char *text, size_t length)
{
	size_t size = 0;

	if (unit == FIT_BYTES)
		return length;
	for (size_t i = 0; i < length; i++)
		size += ((unsigned char)text[i] & 0xc0) != 0x80;
	return size;
}

static size_t line_length(const char *line)
{
	size_t length = strcspn(line, "\n");

	return length + (line[length] == '\n');
}

/* How many backticks LINE begins with, where they are a fence; else 0. */
static size_t fence_of(const char *line)
{
	size_t ticks = strspn(line, "`");

	return ticks >= 3 ? ticks : 0;
}

/* Of the fence that is open (0: none), what is left of it behind LINE. */
static size_t fence_after(size_t open, const char *line)
{
	size_t ticks = fence_of(line);

	if (open == 0)
		return ticks;
	return ticks >= open && (line[ticks] == '\n' || line[ticks] == '\0') ? 0 : open;
}

static void split(struct sections *sections, const char *text, const char *heading)
{
	size_t open = 0, size = strlen(heading);
	struct section *last;

	sections->heading = heading;
	sections->items[0] = (struct section){ .begin = text };
	sections->count = 1;
	sections->total = size_of(sections->unit, text, strlen(text));
	for (const char *line = text; *line != '\0'; line += line_length(line)) {
		if (open == 0 && strncmp(line, heading, size) == 0 &&
			sections->count < SECTIONS_MAX)
			sections->items[sections->count++] = (struct section){ .begin = line };
		last = &sections->items[sections->count - 1];
		last->length += line_length(line);
		last->size += size_of(sections->unit, line, line_length(line));
		open = fence_after(open, line);
	}
}

/* Its title is what follows the heading. */
static bool is_called(const struct sections *sections, size_t i, const char *title)
{
	const char *line = sections->items[i].begin + strlen(sections->heading);

	return strncmp(line, title, strlen(title)) == 0 && line[strlen(title)] == '\n';
}

static void drop(struct sections *sections, size_t i)
{
	if (sections->items[i].dropped)
		return;
	sections->items[i].dropped = true;
	sections->total -= sections->items[i].size;
}

/* The first section of all stays, and so does the first with a heading: a page of none is no page. */
static void drop_until(struct sections *sections, size_t limit, const char *const *order)
{
	for (; *order != NULL && sections->total > limit; order++)
		for (size_t i = 1; i < sections->count; i++)
			if (is_called(sections, i, *order))
				drop(sections, i);
	for (size_t i = sections->count; i > 2 && sections->total > limit; i--)
		drop(sections, i - 1);
}

static char *note(TALLOC_CTX *mem, const struct sections *sections)
{
	char *text = mem_strdup(mem, "");
	size_t skip = strlen(sections->heading);

	for (size_t i = 1; i < sections->count; i++) {
		const struct section *section = &sections->items[i];
		size_t length = strcspn(section->begin, "\n");

		if (!section->dropped)
			continue;
		if (strlen(text) + length > NOTE_MAX - 128)
			return mem_printf(mem, "%s and more", text);
		text = mem_printf(mem, "%s%s%.*s", text, text[0] != '\0' ? ", " : "",
			(int)(length - skip), section->begin + skip);
	}
	return text;
}

/* As many whole lines of TEXT as LIMIT allows; code that would not end there is left out. */
static char *cut_lines(TALLOC_CTX *mem, const char *text, size_t limit, enum fit_unit unit)
{
	size_t open = 0, used = 0, whole = 0, size = 0, length;

	while (text[used] != '\0') {
		length = line_length(text + used);
		size += size_of(unit, text + used, length);
		if (size > limit)
			break;
		open = fence_after(open, text + used);
		used += length;
		if (open == 0)
			whole = used;
	}
	return mem_strndup(mem, text, whole);
}

static char *join(TALLOC_CTX *mem, const struct sections *sections)
{
	size_t length = 1;
	char *out, *end;

	for (size_t i = 0; i < sections->count; i++)
		length += sections->items[i].dropped ? 0 : sections->items[i].length;
	out = end = mem_array(mem, char, length);
	for (size_t i = 0; i < sections->count; i++)
		if (!sections->items[i].dropped)
			end = mempcpy(end, sections->items[i].begin, sections->items[i].length);
	return out;
}

char *fit_sections(TALLOC_CTX *mem, const char *text, size_t limit, enum fit_unit unit,
	const char *heading, const char *const *order)
{
	struct sections *sections = mem_new(mem, struct sections);
	const char *missing;
	char *out;

	sections->unit = unit;
	split(sections, text, heading);
	if (sections->total > limit) {
		limit -= NOTE_MAX;
		drop_until(sections, limit, order);
	}
	missing = note(sections, sections);
	out = join(mem, sections);
	if (sections->total > limit)
		out = mem_printf(mem,
			"%s\n*This page was too long for its place: it is cut here%s%s.*\n",
			cut_lines(sections, out, limit, unit),
			missing[0] != '\0' ? ", and left out are " : "", missing);
	else if (missing[0] != '\0')
		out = mem_printf(mem, "%s\n*This page was too long for its place. Left out: %s.*\n",
			out, missing);
	talloc_free(sections);
	return out;
}

/* GitHub shows front matter as a heading where a page is no file. */
static const char *behind_front_matter(const char *text)
{
	const char *end = strncmp(text, "---\n", 4) == 0 ? strstr(text, "\n---\n") : NULL;

	if (end == NULL)
		return text;
	return end + 5 + strspn(end + 5, "\n");
}

char *fit_report(TALLOC_CTX *mem, const char *text, size_t limit)
{
	static const char *const order[] = { "Timeline", "Confidence", "Unexplained errors",
		"Alternatives", "Scan", "Evidence", "Read back", "Open questions", "History",
		"Reproduce", "Why", "Actions", "At a glance", NULL };

	return fit_sections(mem, behind_front_matter(text), limit, FIT_BYTES, "## ", order);
}

char *fit_comment(TALLOC_CTX *mem, const char *text)
{
	static const char *const order[] = { "Evidence", "Others", "What to do", NULL };

	return fit_sections(mem, text, FIT_COMMENT_MAX, FIT_CHARACTERS, "### ", order);
}
