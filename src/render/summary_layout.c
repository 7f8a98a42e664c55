/*
 * Lines in the room that there is. A tab in the template says that a line may be broken, and to
 * which column; two tabs, that it comes before others where room is scarce (no other tab can come
 * in: texts are cleaned).
 */
#include <string.h>

#include "render/columns.h"
#include "render/summary.h"

#define BREAKS_MAX 2 /* of one line */

/* A line of the template's output. */
struct line {
	char *text;
	unsigned rank; /* 0: never broken */
	size_t hanging; /* column of what is broken off */
	unsigned breaks; /* granted */
};

static void add_line(TALLOC_CTX *mem, struct summary_lines *lines, const char *indent,
	const char *text, size_t length, bool cut)
{
	/* a runner takes a line that begins with "::" for a command */
	const char *guard = length > 0 && text[0] == ':' ? "\xe2\x80\xa6" : "";

	lines->items = mem_grow(mem, lines->items, lines->count, sizeof(char *));
	lines->items[lines->count++] = mem_printf(
		mem, "%s%s%.*s%s", indent, guard, (int)length, text, cut ? "\xe2\x80\xa6" : "");
}

/* Where a part of LENGTH bytes may be broken: at its last blank, unless that is far back. */
static size_t break_at(const char *text, size_t length)
{
	size_t at = length;

	while (at > length / 2 && text[at] != ' ')
		at--;
	return at > length / 2 ? at : length;
}

/* Break TEXT into at most LINES lines; HANGING is the column of those that follow. */
static void lay_out_line(TALLOC_CTX *mem, struct summary_lines *lines, const char *text,
	size_t hanging, unsigned width, unsigned limit)
{
	const char *indent = "";
	size_t room = width, length = strlen(text);

	for (unsigned n = 1; columns_of(text, length) > room; n++) {
		size_t fit = columns_fit(text, length, n < limit ? room : room - 1);
		size_t end = n < limit ? break_at(text, fit) : fit;

		add_line(mem, lines, indent, text, end, n == limit);
		if (n == limit)
			return;
		text += end;
		text += strspn(text, " ");
		length = strlen(text);
		indent = mem_printf(mem, "%*s", (int)hanging, "");
		room = width - hanging - 1;
	}
	add_line(mem, lines, indent, text, length, false);
}

static size_t count_lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

/* Take LINE apart in place: its text without tabs, and what they say. */
static struct line parse_line(char *line, unsigned width)
{
	struct line parsed = { .text = line };
	char *tab = strchr(line, '\t');

	if (tab == NULL)
		return parsed;
	parsed.rank = (unsigned)strspn(tab, "\t");
	parsed.hanging = columns_of(line, (size_t)(tab - line));
	if (parsed.hanging > width / 2)
		parsed.hanging = 4;
	memmove(tab, tab + parsed.rank, strlen(tab + parsed.rank) + 1);
	return parsed;
}

/* Lines that are too long get what is free of the room: the important ones, then the others. */
static void share(TALLOC_CTX *mem, struct line *items, size_t count, unsigned width)
{
	size_t spare = count < SUMMARY_LINES ? SUMMARY_LINES - count : 0;

	for (unsigned rank = 2; rank > 0; rank--)
		for (size_t i = 0; i < count; i++) {
			struct summary_lines needed = { 0 };
			size_t limit = spare < BREAKS_MAX ? spare : BREAKS_MAX;

			if (items[i].rank != rank)
				continue;
			lay_out_line(mem, &needed, items[i].text, items[i].hanging, width,
				1 + (unsigned)limit);
			items[i].breaks = (unsigned)needed.count - 1;
			spare -= items[i].breaks;
		}
}

struct summary_lines summary_lay_out(TALLOC_CTX *mem, char *text, unsigned width)
{
	struct summary_lines lines = { 0 };
	struct line *items = mem_array(mem, struct line, count_lines(text) + 1);
	size_t count = 0;
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n")) != NULL && (rest != NULL || line[0] != '\0'))
		items[count++] = parse_line(line, width);
	share(mem, items, count, width);
	for (size_t i = 0; i < count; i++)
		lay_out_line(
			mem, &lines, items[i].text, items[i].hanging, width, 1 + items[i].breaks);
	return lines;
}
