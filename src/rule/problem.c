/* Faults of rule files: added as they are met, sorted at the end, with guesses at what was meant. */
#include "rule/problem.h"

#include <stdlib.h>
#include <string.h>

static void add(struct rule_list *list, struct place place, bool warning, char *text)
{
	list->items = mem_grow(list->mem, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] =
		(struct rule_problem){ .place = place, .warning = warning, .text = text };
	if (!warning)
		list->errors++;
}

static char *format_text(TALLOC_CTX *mem, const char *format, va_list arguments)
{
	return mem_check(talloc_vasprintf(mem, format, arguments));
}

void rule_error(struct rule_list *list, struct place place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(list, place, false, format_text(list->mem, format, arguments));
	va_end(arguments);
}

void rule_warning(struct rule_list *list, struct place place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(list, place, true, format_text(list->mem, format, arguments));
	va_end(arguments);
}

struct ranked {
	struct rule_problem problem;
	size_t file, index;
};

static int compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->problem.place.line != b->problem.place.line)
		return a->problem.place.line < b->problem.place.line ? -1 : 1;
	if (a->problem.place.column != b->problem.place.column)
		return a->problem.place.column < b->problem.place.column ? -1 : 1;
	return a->index < b->index ? -1 : 1;
}

void rule_problem_sort(
	struct rule_problem *items, size_t count, const char *const *files, size_t file_count)
{
	struct ranked *ranked = mem_array(NULL, struct ranked, count);

	for (size_t i = 0; i < count; i++) {
		size_t file = 0;

		while (file < file_count && files[file] != items[i].place.file)
			file++;
		ranked[i] = (struct ranked){ .problem = items[i], .file = file, .index = i };
	}
	qsort(ranked, count, sizeof(*ranked), compare);
	for (size_t i = 0; i < count; i++)
		items[i] = ranked[i].problem;
	talloc_free(ranked);
}

#define NAME_LIMIT 40 /* longer names get no guesses */

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/* Letters to change, add, drop or swap to get from one name to the other. */
static unsigned distance(const char *left, const char *right)
{
	unsigned rows[3][NAME_LIMIT + 1];
	size_t width = strlen(right);

	for (unsigned j = 0; j <= width; j++)
		rows[0][j] = j;
	for (unsigned i = 1; left[i - 1] != '\0'; i++) {
		unsigned *row = rows[i % 3], *above = rows[(i - 1) % 3];

		row[0] = i;
		for (unsigned j = 1; j <= width; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1,
				above[j - 1] + (left[i - 1] != right[j - 1]));
			if (i > 1 && j > 1 && left[i - 1] == right[j - 2] &&
				left[i - 2] == right[j - 1])
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1, row[j]);
		}
	}
	return rows[strlen(left) % 3][width];
}

const char *rule_nearest(const char *text, const char *(*next)(void *context), void *context)
{
	size_t length = strlen(text);
	unsigned best = length < 4 ? 2 : 3; /* one slip in a short name, two in a long one */
	const char *name, *found = NULL;

	if (length > NAME_LIMIT)
		return NULL;
	while ((name = next(context)) != NULL) {
		unsigned slips;

		if (strlen(name) > NAME_LIMIT)
			continue;
		slips = distance(text, name);
		if (slips < best) {
			best = slips;
			found = name;
		}
	}
	return found;
}
