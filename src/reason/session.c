/* Where chains begin: symptoms of failing tests, or what is unexplained in logs alone. */
#include "reason/session.h"

#include <stdlib.h>
#include <string.h>

#include "reason/join.h"

static bool is_tagged(const struct cause *cause, const char *tag)
{
	for (size_t i = 0; cause->tags != NULL && cause->tags[i] != NULL; i++)
		if (strcmp(cause->tags[i], tag) == 0)
			return true;
	return false;
}

void session_add_start(TALLOC_CTX *mem, struct spots *starts, const struct spot *spot)
{
	if (!is_tagged(spot->finding->cause, "noise"))
		spot_add(mem, starts, spot);
}

static bool is_printed(const struct occurrence *occurrence)
{
	for (size_t i = 0; i < occurrence->entry_count; i++)
		if (!occurrence->entries[i]->printed)
			return false;
	return true;
}

static bool has_message(const struct unit *unit)
{
	for (size_t i = 0; i < unit->same_count; i++)
		if (unit->same[i]->message != NULL)
			return true;
	return unit->test != NULL && unit->test->message != NULL;
}

/*
 * Where it is told what failed, a cause in the output of the test alone may explain that, but
 * does not stand for it: a test prints many a warning that it lives with.
 */
static bool is_aside(const struct spots *spots)
{
	const struct cause *cause = spots->items[0].finding->cause;

	if (cause->kind == KIND_SYMPTOM && !is_tagged(cause, "optional"))
		return false;
	for (size_t i = 0; i < spots->count; i++)
		if (!is_printed(spots->items[i].occurrence))
			return false;
	return true;
}

/* The test's own findings, each once. */
static void add_own_starts(TALLOC_CTX *mem, const struct unit *unit, struct spots *starts)
{
	bool told = has_message(unit);

	for (size_t i = 0; i < unit->finding_count; i++) {
		struct spots own = graph_own(unit, unit->findings[i]);

		if (!told || !is_aside(&own))
			session_add_start(mem, starts, &own.items[0]);
	}
}

static bool tells_of(const struct unit *unit, const struct source_info *source)
{
	for (size_t i = 0; i < unit->source_count; i++)
		if (unit->sources[i] == source)
			return true;
	return false;
}

/* A test that says nothing itself may have died of what its session tells. */
static void add_session_starts(
	TALLOC_CTX *mem, const struct graph *graph, const struct unit *unit, struct spots *starts)
{
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < graph->sessions.count; i++) {
		const struct spot *spot = &graph->sessions.items[i];

		if (spot->index == last || !tells_of(unit, spot_source(spot)))
			continue;
		session_add_start(mem, starts, spot);
		last = spot->index;
	}
}

bool session_is_optional(const struct cause *cause)
{
	return is_tagged(cause, "optional");
}

void session_drop_optional(struct spots *starts)
{
	size_t kept = 0;

	for (size_t i = 0; i < starts->count; i++)
		if (!session_is_optional(starts->items[i].finding->cause))
			starts->items[kept++] = starts->items[i];
	if (kept > 0)
		starts->count = kept;
}

/* Nothing was seen but that something failed, told once or passed on. */
static bool is_outcome(const struct draft *draft)
{
	for (size_t i = 0; i <= draft->deepest; i++)
		if (!is_tagged(draft->rungs[i].cause, "outcome"))
			return false;
	return true;
}

void session_add_draft(TALLOC_CTX *mem, struct drafts *drafts, struct draft *draft)
{
	if (draft == NULL || is_outcome(draft))
		return;
	drafts->items = mem_grow(mem, drafts->items, drafts->count, sizeof(struct draft *));
	drafts->items[drafts->count++] = draft;
}

/* Findings that explain another of the unit, or might: they are told below it. */
static bool *find_candidates(
	TALLOC_CTX *mem, const struct graph *graph, const struct trails *trails)
{
	bool *found = mem_array(mem, bool, graph->findings->count + 1);

	for (const struct trail *trail = trails->known; trail != NULL; trail = trail->hh.next)
		for (size_t i = 0; i < trail->count; i++)
			if (trail->below[i] != NULL)
				found[trail->candidates[i].spot.index] = true;
	return found;
}

static struct draft *best_of(const struct drafts *drafts, const bool *below)
{
	struct draft *best = NULL;

	for (size_t i = 0; i < drafts->count; i++)
		if (!below[drafts->items[i]->rungs[0].spot.index] &&
			(best == NULL || draft_better(drafts->items[i], best)))
			best = drafts->items[i];
	/* edges in a ring leave nobody on top */
	return best != NULL ? best : drafts->items[0];
}

static void explain_unit(struct session *session, struct unit *unit)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct trails *trails;
	struct spots starts = { NULL, 0 };
	struct drafts drafts = { NULL, 0 };
	const bool *below;

	join_unit(session->graph, unit);
	trails = trail_set(scratch, session->graph, unit);
	add_own_starts(scratch, unit, &starts);
	if (starts.count == 0 && !has_message(unit))
		add_session_starts(scratch, session->graph, unit, &starts);
	session_drop_optional(&starts);
	for (size_t i = 0; i < starts.count; i++)
		session_add_draft(
			scratch, &drafts, draft_new(session->diagnosis, trails, &starts.items[i]));
	below = find_candidates(scratch, session->graph, trails);
	if (drafts.count > 0) {
		incident_add(session->diagnosis, &session->groups, best_of(&drafts, below),
			drafts.items, drafts.count);
	} else {
		session->open = mem_grow(session->diagnosis, session->open, session->open_count,
			sizeof(struct unit *));
		session->open[session->open_count++] = unit;
	}
	talloc_free(scratch);
}

void session_explain_tests(struct session *session)
{
	for (size_t i = 0; i < session->graph->unit_count; i++)
		if (session->graph->units[i]->failing)
			explain_unit(session, session->graph->units[i]);
}
