/* One pass over the text; strings are copied whole. */
#include "standin/pretty.h"

#include <string.h>

struct printer {
	char *out;
	size_t length, room, level;
};

/* Room for a piece of the text, and for the line that begins before or behind it. */
static void make_room(TALLOC_CTX *mem, struct printer *printer, size_t length)
{
	size_t needed = printer->length + length + 2 * printer->level + 8;

	if (needed <= printer->room)
		return;
	printer->room = needed * 2;
	printer->out = mem_check(talloc_realloc_size(mem, printer->out, printer->room));
}

static void put(struct printer *printer, char c)
{
	printer->out[printer->length++] = c;
}

static void new_line(struct printer *printer)
{
	put(printer, '\n');
	memset(printer->out + printer->length, ' ', 2 * printer->level);
	printer->length += 2 * printer->level;
}

/* The string at TEXT with both its quotes: a quote behind an even number of backslashes ends it. */
static size_t string_length(const char *text, size_t length)
{
	const char *end = text + length, *at = text;

	while ((at = memchr(at + 1, '"', (size_t)(end - at - 1))) != NULL) {
		const char *slash = at;

		while (slash[-1] == '\\')
			slash--;
		if ((at - slash) % 2 == 0)
			return (size_t)(at - text) + 1;
	}
	return length;
}

static size_t print_mark(struct printer *printer, const char *text, size_t length)
{
	bool opens = text[0] == '{' || text[0] == '[', closes = text[0] == '}' || text[0] == ']';

	if (opens && length > 1 && text[1] == text[0] + 2) { /* '[' + 2 is ']', '{' + 2 is '}' */
		put(printer, text[0]);
		put(printer, text[1]);
		return 2;
	}
	if (closes) {
		printer->level -= printer->level > 0;
		new_line(printer);
	}
	put(printer, text[0]);
	printer->level += opens;
	if (opens || text[0] == ',')
		new_line(printer);
	if (text[0] == ':')
		put(printer, ' ');
	return 1;
}

static bool is_mark(char c)
{
	return c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']';
}

/* What is no mark: a string, a number, a word. */
static size_t piece_length(const char *text, size_t length)
{
	size_t end = 1;

	if (text[0] == '"')
		return string_length(text, length);
	while (end < length && text[end] != '"' && !is_mark(text[end]))
		end++;
	return end;
}

char *pretty_print(TALLOC_CTX *mem, const char *text, size_t length, size_t *out_length)
{
	struct printer printer = { .room = length + length / 2 + 64 };
	size_t step;

	printer.out = mem_check(talloc_size(mem, printer.room));
	for (size_t at = 0; at < length; at += step) {
		if (is_mark(text[at])) {
			make_room(mem, &printer, 0);
			step = print_mark(&printer, text + at, length - at);
			continue;
		}
		step = piece_length(text + at, length - at);
		make_room(mem, &printer, step);
		memcpy(printer.out + printer.length, text + at, step);
		printer.length += step;
	}
	make_room(mem, &printer, 0);
	put(&printer, '\n');
	*out_length = printer.length;
	put(&printer, '\0');
	return printer.out;
}
