/* Clauses, and the words in them. */
#include <stdarg.h>
#include <string.h>

#include "match/explain.h"

struct scope explain_scope(const struct explaining *explaining)
{
	return (struct scope){ explaining->run, explaining->group->events, explaining->group->count,
		INT64_MAX, explaining->matcher->patterns, NULL };
}

struct clause *explain_clause(
	const struct explaining *explaining, const char *what, const char *wants)
{
	struct clause *clause = mem_new(explaining->mem, struct clause);

	clause->what = mem_strdup(clause, what);
	clause->wants = mem_strdup(clause, wants);
	clause->state = CLAUSE_TOLD;
	return clause;
}

void explain_note(struct clause *clause, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(clause, format, arguments));
	va_end(arguments);
	clause->notes = mem_grow(clause, clause->notes, clause->note_count, sizeof(*clause->notes));
	clause->notes[clause->note_count++] = text;
}

void explain_add(struct clause *clause, struct clause *part)
{
	clause->parts = mem_grow(clause, clause->parts, clause->part_count, sizeof(*clause->parts));
	clause->parts[clause->part_count++] = part;
}

void explain_cite(struct clause *clause, const struct entry *entry, const char *note, bool near)
{
	if (clause->citation_count == EXPLAIN_LINES)
		return;
	for (size_t i = 0; i < clause->citation_count; i++)
		if (clause->citations[i].entry == entry)
			return;
	clause->citations = mem_grow(
		clause, clause->citations, clause->citation_count, sizeof(*clause->citations));
	clause->citations[clause->citation_count++] =
		(struct citation){ entry, mem_strdup(clause, note), near };
}

static const char *amount_text(TALLOC_CTX *mem, enum window_unit unit, int64_t amount)
{
	char buffer[WHEN_TEXT];

	if (unit == WINDOW_TIME)
		return mem_strdup(mem, when_format_duration(amount, buffer));
	return mem_printf(mem, "%lld line%s", (long long)amount, amount == 1 ? "" : "s");
}

const char *explain_window(TALLOC_CTX *mem, const struct window *window)
{
	if (window->unit == WINDOW_NONE)
		return "";
	return window->unit == WINDOW_SCOPE ? "scope"
					    : amount_text(mem, window->unit, window->amount);
}

static bool is_told(const struct window *window, const struct hit *a, const struct hit *b)
{
	if (window->unit == WINDOW_LINES)
		return a->stream == b->stream;
	return a->clock != TIME_NONE && b->clock != TIME_NONE;
}

const char *explain_distance(TALLOC_CTX *mem, const struct window *window, const struct event *a,
	const struct event *b, int64_t *distance)
{
	const struct hit *left = a->hit, *right = b->hit;

	if (!is_told(window, left, right))
		return NULL;
	if (window->unit == WINDOW_LINES) {
		*distance = right->entry->line > left->entry->line
				    ? (int64_t)(right->entry->line - left->entry->line)
				    : (int64_t)(left->entry->line - right->entry->line);
		return amount_text(mem, WINDOW_LINES, *distance);
	}
	*distance = when_difference(right->clock, left->clock);
	return amount_text(mem, WINDOW_TIME, *distance);
}
