/* What every why is told with. */
#include "reason/why.h"

#include <stdlib.h>
#include <string.h>

#define CULPRITS 3 /* lines of a failed step that are quoted besides */
#define NEAR (60 * WHEN_SECOND) /* lines that tell one thing in other words */

/* Findings of one cause over all drafts of a group, each once. */
struct gathered {
	size_t *indexes;
	size_t count;
};

static int by_index(const void *a, const void *b)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;

	return left < right ? -1 : left > right;
}

static struct gathered gather(
	TALLOC_CTX *mem, const struct incident_group *group, const struct cause *cause)
{
	struct gathered all = { NULL, 0 };
	size_t kept = 0;

	for (size_t i = 0; i < group->count; i++)
		for (size_t j = 0; j <= group->drafts[i]->deepest; j++) {
			const struct rung *rung = &group->drafts[i]->rungs[j];

			if (rung->cause != cause || rung->spot.finding == NULL)
				continue;
			all.indexes = mem_grow(mem, all.indexes, all.count, sizeof(size_t));
			all.indexes[all.count++] = rung->spot.index;
		}
	if (all.count > 1)
		qsort(all.indexes, all.count, sizeof(size_t), by_index);
	for (size_t i = 0; i < all.count; i++)
		if (i == 0 || all.indexes[i] != all.indexes[kept - 1])
			all.indexes[kept++] = all.indexes[i];
	all.count = kept;
	return all;
}

static void add_figures(struct why *why, const struct graph *graph, const struct gathered *all)
{
	why->first = why->last = TIME_NONE;
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *finding = graph->findings->items[all->indexes[i]];
		struct spot spot = { finding, &finding->occurrences[0], 0, 0, 0, false };
		int64_t first = graph_time(graph, spot_source(&spot), finding->first);
		int64_t last = graph_time(graph, spot_source(&spot), finding->last);

		why->count += finding->count;
		if (first != TIME_NONE && (why->first == TIME_NONE || first < why->first))
			why->first = first;
		if (last != TIME_NONE && last > why->last)
			why->last = last;
	}
}

static const char *role_of(const struct occurrence *occurrence, size_t i)
{
	return occurrence->roles == NULL ? "shows it" : occurrence->roles[i];
}

/* The entries that prove a firing: all where they are few, else the first ones and the last. */
static void add_proof(struct evidence_book *book, struct why *why, struct evidence_list *list,
	const struct occurrence *occurrence)
{
	size_t count = occurrence->entry_count;

	for (size_t i = 0; i < count && i + 1 < EVIDENCE_EACH; i++)
		evidence_add(book, why, list, occurrence->entries[i], role_of(occurrence, i));
	if (count > 0)
		evidence_add(book, why, list, occurrence->entries[count - 1],
			role_of(occurrence, count - 1));
}

/* What a test printed before NEXT, and after PREVIOUS where there is one. */
static void add_context(const struct graph *graph, struct evidence_book *book, struct why *why,
	struct evidence_list *list, const struct entry *previous, const struct entry *next)
{
	const struct entry *lines[EVIDENCE_CONTEXT];
	size_t count = context_before(graph->context, next, previous == NULL ? 0 : previous->order,
		lines, EVIDENCE_CONTEXT);

	for (size_t i = 0; i < count; i++)
		evidence_add(book, why, list, lines[i],
			previous == NULL ? "what came before" : "what came instead");
}

/* An absence is shown by what was there: the lines before it began and before it ended. */
static void add_absence(const struct graph *graph, struct evidence_book *book, struct why *why,
	struct evidence_list *list, const struct occurrence *occurrence)
{
	const struct entry *first = occurrence->entries[0];
	const struct entry *last = occurrence->entries[occurrence->entry_count - 1];

	list->limit += 2 * EVIDENCE_CONTEXT;
	add_context(graph, book, why, list, NULL, first);
	evidence_add(book, why, list, first, role_of(occurrence, 0));
	if (last->order > first->order)
		add_context(graph, book, why, list, first, last);
}

/* The session's own lines about it: "1 error during collection". */
static void add_session(const struct graph *graph, struct evidence_book *book, struct why *why,
	struct evidence_list *list, const struct spot *spot)
{
	const struct spots *spots = &graph->free[spot->index];

	for (size_t i = 0; i < spots->count && spot->own; i++)
		if (spot_source(&spots->items[i]) == spot_source(spot)) {
			evidence_add(book, why, list, spots->items[i].occurrence->entries[0],
				"the session tells of it too");
			return;
		}
}

static void add_last(const struct graph *graph, const struct unit *unit, struct evidence_book *book,
	struct why *why, struct evidence_list *list, const struct spot *spot)
{
	struct spots spots = spot->own ? graph_own(unit, spot->index) : graph->free[spot->index];
	const struct spot *last = &spots.items[spots.count - 1];

	if (last->occurrence->entry_count > 0)
		evidence_add(
			book, why, list, last->occurrence->entries[0], "the last time it was seen");
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool has_role(const struct evidence_list *list, const char *role)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i]->role, role) == 0)
			return true;
	return false;
}

/* A log may tell one thing in several ways: of each, near the one that was chosen, the first. */
static void add_other_ways(const struct graph *graph, struct evidence_book *book, struct why *why,
	struct evidence_list *list, const struct spot *spot)
{
	const struct spots *spots = &graph->free[spot->index];
	const struct entry *chosen =
		spot->occurrence->entry_count > 0 ? spot->occurrence->entries[0] : NULL;

	if (chosen == NULL || spot->own || spot->first == TIME_NONE)
		return;
	for (size_t i = 0; i < spots->count; i++) {
		const struct spot *other = &spots->items[i];
		int64_t gap = when_difference(other->first, spot->first);

		if (other->first == TIME_NONE || gap > NEAR || gap < -NEAR ||
			other->occurrence->entry_count != 1 || !spot_of_log(other) ||
			!same_text(other->occurrence->entries[0]->service, chosen->service) ||
			!same_text(other->occurrence->entries[0]->revision, chosen->revision) ||
			has_role(list, role_of(other->occurrence, 0)))
			continue;
		evidence_add(book, why, list, other->occurrence->entries[0],
			role_of(other->occurrence, 0));
	}
}

static void add_from_other_tests(const struct incident_group *group, struct evidence_book *book,
	struct why *why, struct evidence_list *list)
{
	for (size_t i = 0; i < group->count && list->count < list->limit; i++)
		for (size_t j = 0; j <= group->drafts[i]->deepest; j++) {
			const struct rung *rung = &group->drafts[i]->rungs[j];

			if (rung->cause == why->cause && rung->spot.finding != NULL)
				evidence_add(book, why, list, rung->spot.occurrence->entries[0],
					"the same in another test");
		}
}

static void add_culprit(const struct unit *unit, struct evidence_book *book, struct why *why,
	struct evidence_list *list)
{
	list->limit = list->count + CULPRITS;
	for (size_t i = 0; i < unit->culprit.count; i++)
		evidence_add(
			book, why, list, unit->culprit.lines[i], culprit_role(&unit->culprit, i));
}

/* The chain begins with what it is to explain: with the error that its test ended with, too. */
static void add_ending(const struct graph *graph, const struct unit *unit,
	struct evidence_book *book, struct why *why, struct evidence_list *list)
{
	struct test_errors seen = graph_errors(graph, unit);

	if (unit->test != NULL && unit->test->step) {
		add_culprit(unit, book, why, list);
		return;
	}
	if (unit->test == NULL || unit->whole_run || seen.newest == NULL)
		return;
	list->limit++;
	evidence_add(book, why, list, seen.newest, "what the test ended with");
}

static void add_evidence(const struct graph *graph, const struct incident_group *group,
	struct evidence_book *book, struct why *why, const struct rung *rung)
{
	struct evidence_list list = { NULL, 0, EVIDENCE_EACH };

	if (rung->spot.finding->absence && rung->spot.own)
		add_absence(graph, book, why, &list, rung->spot.occurrence);
	add_proof(book, why, &list, rung->spot.occurrence);
	add_other_ways(graph, book, why, &list, &rung->spot);
	add_session(graph, book, why, &list, &rung->spot);
	add_last(graph, group->lead->unit, book, why, &list, &rung->spot);
	add_from_other_tests(group, book, why, &list);
	if (rung == &group->lead->rungs[0])
		add_ending(graph, group->lead->unit, book, why, &list);
	why->evidence = list.items;
	why->evidence_count = list.count;
}

static struct why *new_why(const struct graph *graph, struct incident_group *group,
	struct evidence_book *book, const struct rung *rung, const struct spot *bound)
{
	struct why *why = mem_new(group->incident, struct why);
	struct gathered all;

	why->cause = rung->cause;
	why->basis = rung->basis;
	why->link = rung->link;
	why->finding = rung->spot.finding;
	why->first = why->last = TIME_NONE;
	if (why->finding != NULL) {
		all = gather(why, group, rung->cause);
		add_figures(why, graph, &all);
		add_evidence(graph, group, book, why, rung);
	}
	why->statement = statement_of(why, rung->cause, bound, why, group->lead->unit);
	return why;
}

void why_fill(const struct graph *graph, struct incident_group *group, struct evidence_book *book)
{
	const struct draft *lead = group->lead;
	struct incident *incident = group->incident;
	const struct spot *bound = &lead->rungs[0].spot;

	incident->whys = mem_array(incident, struct why *, lead->rung_count);
	for (size_t i = 0; i < lead->rung_count; i++) {
		/* what was not seen is told with the names of what was seen last */
		if (lead->rungs[i].spot.finding != NULL)
			bound = &lead->rungs[i].spot;
		incident->whys[i] = new_why(graph, group, book, &lead->rungs[i], bound);
		incident->whys[i]->n = (unsigned)i;
	}
	incident->why_count = lead->rung_count;
}
