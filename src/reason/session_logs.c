/* Logs alone: chains begin at the findings that explain no other. */
#include "reason/session.h"

#include "reason/status.h"

#define OFTEN 3 /* firings that are more than a slip */

/* Which findings some trail goes down to: they begin no chain. */
static bool *find_explaining(TALLOC_CTX *mem, const struct graph *graph, struct trails *trails)
{
	bool *explaining = mem_array(mem, bool, graph->findings->count + 1);

	for (size_t i = 0; i < graph->findings->count; i++) {
		const struct trail *trail = graph->free[i].count == 0
						    ? NULL
						    : trail_from(trails, graph->free[i].items, 0);

		if (trail != NULL && trail->chosen < trail->count)
			explaining[trail->candidates[trail->chosen].spot.index] = true;
	}
	return explaining;
}

/* The highest level that an entry of the firing gives itself; SEVERITY_DEFAULT: one gives none. */
static enum severity level_of(const struct occurrence *occurrence)
{
	enum severity highest = SEVERITY_DEFAULT;

	for (size_t i = 0; i < occurrence->entry_count; i++) {
		if (occurrence->entries[i]->severity == SEVERITY_DEFAULT)
			return SEVERITY_DEFAULT;
		if (occurrence->entries[i]->severity > highest)
			highest = occurrence->entries[i]->severity;
	}
	return highest;
}

static bool tells_server_error(const struct entry *entry)
{
	int status = entry->http_status;

	for (size_t at = 0; status < 500;) {
		status = status_next(entry->text, entry->text_len, &at);
		if (status == 0)
			return false;
	}
	return true;
}

/*
 * A log tells of much that it lives with. What stands alone in it, without an effect or a cause
 * that was seen, is an incident only if it was taken for one: a cause that was no more than warned
 * of once or twice is not, and what was merely noted is not, but for an answer of 500 and above.
 * Rules of CRE are about the problem as a whole, however calm its lines.
 */
static bool is_tolerated(const struct draft *draft)
{
	const struct spot *spot = &draft->rungs[0].spot;
	enum severity level = level_of(spot->occurrence);

	if (draft->rungs[0].cause->cre || draft->observed > 1 || level == SEVERITY_DEFAULT ||
		level > SEVERITY_WARNING)
		return false;
	if (session_is_optional(draft->rungs[0].cause))
		return true;
	if (spot->finding->count >= OFTEN)
		return false;
	if (draft->rungs[0].cause->kind != KIND_SYMPTOM)
		return true;
	return level < SEVERITY_WARNING && !tells_server_error(spot->occurrence->entries[0]);
}

/* Of the firings of a finding the first that was an error, or else the first. */
static const struct spot *gravest(const struct spots *spots)
{
	for (size_t i = 0; i < spots->count; i++) {
		enum severity level = level_of(spots->items[i].occurrence);

		if (level == SEVERITY_DEFAULT || level > SEVERITY_WARNING)
			return &spots->items[i];
	}
	return &spots->items[0];
}

static struct draft *draft_of(
	struct session *session, struct trails *trails, const struct spots *spots)
{
	struct draft *draft = draft_new(session->diagnosis, trails, gravest(spots));

	return draft != NULL && is_tolerated(draft) ? NULL : draft;
}

static void group_logs(struct session *session, const struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->count; i++)
		incident_add(session->diagnosis, &session->groups, drafts->items[i], NULL, 0);
}

void session_explain_logs(struct session *session)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct unit *all = mem_new(session->graph, struct unit);
	struct trails *trails = trail_set(scratch, session->graph, all);
	struct spots starts = { NULL, 0 };
	struct drafts drafts = { NULL, 0 };
	const bool *explaining;

	all->first = all->last = TIME_NONE;
	explaining = find_explaining(scratch, session->graph, trails);
	for (size_t i = 0; i < session->graph->findings->count; i++)
		if (!explaining[i] && session->graph->free[i].count > 0)
			session_add_start(scratch, &starts, session->graph->free[i].items);
	session_drop_optional(&starts);
	for (size_t i = 0; i < starts.count; i++)
		session_add_draft(scratch, &drafts,
			draft_of(session, trails, &session->graph->free[starts.items[i].index]));
	group_logs(session, &drafts);
	incident_drop_told(session->diagnosis, &session->groups);
	talloc_free(scratch);
}
