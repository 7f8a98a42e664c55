/* One pass over the text; strings are copied whole. */
#include "standin/pretty.h"

#include <string.h>

struct printer {
	char *out;
	size_t length, room;
	size_t level;
};

static char *reserve(struct printer *printer, size_t length)
{
	char *here;

	if (printer->length + length > printer->room) {
		printer->room = (printer->length + length) * 2;
		printer->out = mem_check(talloc_realloc_size(
			talloc_parent(printer->out), printer->out, printer->room));
	}
	here = printer->out + printer->length;
	printer->length += length;
	return here;
}

static void new_line(struct printer *printer)
{
	char *here = reserve(printer, 1 + 2 * printer->level);

	here[0] = '\n';
	memset(here + 1, ' ', 2 * printer->level);
}

/* The string at TEXT with both its quotes. */
static size_t string_length(const char *text, size_t length)
{
	size_t at = 1;

	while (at < length && text[at] != '"')
		at += 1 + (text[at] == '\\');
	return at < length ? at + 1 : length;
}

static size_t print_mark(struct printer *printer, const char *text, size_t length)
{
	bool opens = text[0] == '{' || text[0] == '[', closes = text[0] == '}' || text[0] == ']';

	if (opens && length > 1 && text[1] == text[0] + 2) { /* '[' + 2 is ']', '{' + 2 is '}' */
		memcpy(reserve(printer, 2), text, 2);
		return 2;
	}
	if (closes) {
		printer->level -= printer->level > 0;
		new_line(printer);
	}
	*reserve(printer, 1) = text[0];
	printer->level += opens;
	if (opens || text[0] == ',')
		new_line(printer);
	if (text[0] == ':')
		*reserve(printer, 1) = ' ';
	return 1;
}

char *pretty_print(TALLOC_CTX *mem, const char *text, size_t length, size_t *out_length)
{
	struct printer printer = { .room = length * 2 + 64 };
	size_t step;

	printer.out = mem_array(mem, char, printer.room);
	for (size_t at = 0; at < length; at += step) {
		if (strchr("{}[],:", text[at]) != NULL && text[at] != '\0') {
			step = print_mark(&printer, text + at, length - at);
			continue;
		}
		step = text[at] == '"' ? string_length(text + at, length - at)
				       : strcspn(text + at, "{}[],:\"");
		step = step == 0 || step > length - at ? length - at : step;
		memcpy(reserve(&printer, step), text + at, step);
	}
	*reserve(&printer, 1) = '\n';
	*out_length = printer.length;
	*reserve(&printer, 1) = '\0';
	return printer.out;
}
