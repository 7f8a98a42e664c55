/* Logs alone: chains begin at the findings that explain no other. */
#include "reason/session.h"

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
		session_add_draft(
			scratch, &drafts, draft_new(session->diagnosis, trails, &starts.items[i]));
	group_logs(session, &drafts);
	incident_drop_told(session->diagnosis, &session->groups);
	talloc_free(scratch);
}
