/* Faults of rule files: added as they are met, sorted at the end, with guesses at what was meant. */
#include "rule/problem.h"

#include <stdarg.h>
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

/* One line, whatever the rule has in the place that is quoted. */
static char *PRINTF_LIKE(2, 0) format_text(TALLOC_CTX *mem, const char *format, va_list arguments)
{
	char *text = mem_check(talloc_vasprintf(mem, format, arguments));

	utf8_tidy(text, strlen(text), ' ');
	return text;
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

void rule_problem_move(struct rule_list *list, struct rule_list *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct rule_problem *problem = &from->items[i];

		add(list, problem->place, problem->warning, mem_strdup(list->mem, problem->text));
	}
	from->count = from->errors = 0;
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
