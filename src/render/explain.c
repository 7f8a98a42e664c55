/* An explanation as text: its clauses as a tree, each with the lines that it rests on. */
#include "render/render.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"
#include "render/columns.h"

#define WIDTH 100
#define TEXT_LEAST 30 /* columns of a line of log, however deep it stands */
#define MARK 6 /* columns of the word that tells the state of a clause */

struct page {
	FILE *out;
	TALLOC_CTX *scratch;
	unsigned width;
};

/* Log text is cut to what is left of the line, and never begins one. */
static void put_text(const struct page *page, const char *text, size_t used)
{
	char *line = clean_line(page->scratch, text);
	size_t left = used + TEXT_LEAST < page->width ? page->width - used : TEXT_LEAST;
	size_t length = strlen(line), fit = columns_fit(line, length, left);

	if (fit < length)
		fit = columns_fit(line, length, left - 1);
	fprintf(page->out, "%.*s%s", (int)fit, line, fit < length ? "\u2026" : "");
}

static void put_citation(const struct page *page, const struct citation *citation, unsigned indent)
{
	const struct entry *entry = citation->entry;
	const char *name = entry->source != NULL ? entry->source->name : "?";
	char time[WHEN_TEXT], *place;

	place = mem_printf(page->scratch, "%s:%llu%s%s", clean_line(page->scratch, name),
		(unsigned long long)entry->line, entry->time != TIME_NONE ? " " : "",
		entry->time != TIME_NONE ? when_format(entry->time, time) : "");
	fprintf(page->out, "%*s%s%s \u2502 ", (int)indent, "", citation->near ? "near " : "",
		place);
	put_text(page, entry->text,
		indent + (citation->near ? 5 : 0) + columns_of(place, strlen(place)) + 3);
	fputc('\n', page->out);
	if (citation->note != NULL)
		fprintf(page->out, "%*s  (%s)\n", (int)indent, "",
			clean_line(page->scratch, citation->note));
}

static void put_clause(const struct page *page, const struct clause *clause, unsigned indent)
{
	const char *state =
		clause->state == CLAUSE_TOLD ? "" : explanation_state_name(clause->state);
	unsigned inner = MARK + indent + 2;

	fprintf(page->out, "%-*s%*s%s%s%s\n", MARK, state, (int)indent, "", clause->what,
		*clause->wants != '\0' ? " " : "", clean_line(page->scratch, clause->wants));
	for (size_t i = 0; i < clause->note_count; i++)
		fprintf(page->out, "%*s- %s\n", (int)inner, "",
			clean_line(page->scratch, clause->notes[i]));
	for (size_t i = 0; i < clause->citation_count; i++)
		put_citation(page, &clause->citations[i], inner);
	for (size_t i = 0; i < clause->part_count; i++)
		put_clause(page, clause->parts[i], indent + 2);
}

static void put_group(const struct page *page, const struct explained_group *group)
{
	fputc('\n', page->out);
	for (size_t i = 0; i < group->key_count; i++)
		fprintf(page->out, "%s%s=%s", i == 0 ? "group " : ", ", group->keys[i].name,
			clean_line(page->scratch, group->keys[i].value));
	if (group->key_count > 0)
		fputc('\n', page->out);
	put_clause(page, group->clause, 0);
}

static void put_head(
	const struct page *page, const struct explanation *explanation, const struct run *run)
{
	fprintf(page->out, "%s: %s", explanation->cause->id, explanation_verdict(explanation));
	if (explanation->count > 0)
		fprintf(page->out, ", %llu time%s", (unsigned long long)explanation->count,
			explanation->count == 1 ? "" : "s");
	fprintf(page->out,
		"\n%llu entries; groups: %zu fired, %zu inconclusive, %zu did not fire\n",
		(unsigned long long)run->entries, explanation->fired, explanation->inconclusive,
		explanation->silent);
	if (explanation->fired == 0 && explanation->reason != NULL)
		fprintf(page->out, "- %s\n", explanation->reason);
	for (size_t i = 0; i < explanation->note_count; i++)
		fprintf(page->out, "- %s\n", explanation->notes[i]);
}

char *render_explanation(TALLOC_CTX *mem, const struct explanation *explanation,
	const struct run *run, unsigned width)
{
	struct page page = { .width = width > 0 ? width : WIDTH };
	char *text = NULL, *copy;
	size_t length = 0;

	page.scratch = mem_check(talloc_new(NULL));
	page.out = mem_check(open_memstream(&text, &length));
	put_head(&page, explanation, run);
	for (size_t i = 0; i < explanation->group_count; i++)
		put_group(&page, &explanation->groups[i]);
	if (fclose(page.out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, text, length);
	free(text);
	talloc_free(page.scratch);
	return copy;
}
