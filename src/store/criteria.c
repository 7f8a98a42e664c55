/* Actions that verify themselves; see criteria.h. */
#include "store/criteria.h"

#include "store/sql.h"

static const enum statement statements[CRITERION_COUNT] = {
	[CRITERION_ABSENT] = CRITERION_OF_ABSENCE,
	[CRITERION_SEEN] = CRITERION_OF_CAUSE,
	[CRITERION_TEXT] = CRITERION_OF_TEXT,
	[CRITERION_PASSES] = CRITERION_OF_TEST,
};

/* The rows are runs, and what each says. */
static int count_runs(
	struct store *store, sqlite3_stmt *rows, struct action *action, struct err *err)
{
	int got = 1;

	while (action->proven < action->wanted && (got = sql_row(store, rows, err)) > 0) {
		if (sqlite3_column_type(rows, 1) == SQLITE_NULL)
			continue;
		action->proven = sqlite3_column_int(rows, 1) != 0 ? action->proven + 1 : 0;
		action->done_run = sqlite3_column_int64(rows, 0);
	}
	sqlite3_reset(rows);
	if (action->proven < action->wanted)
		action->done_run = 0;
	else
		action->state = "done";
	return got < 0 ? -1 : 0;
}

static int judge(struct store *store, const struct criterion *criterion, int64_t run, size_t chain,
	struct action *action, struct err *err)
{
	const struct sql_value values[] = { sql_text(criterion->subject), sql_integer(run),
		sql_count(chain) };
	sqlite3_stmt *rows;

	action->wanted = criterion->runs;
	if (sql_rows(store, statements[criterion->kind], values, &rows, err) < 0)
		return -1;
	return count_runs(store, rows, action, err);
}

int criteria_judge(struct store *store, const struct run *run, size_t chain,
	struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->action_count; i++) {
		struct action *action = &incident->actions[i];
		struct criterion criterion;

		if (action->done_when != NULL &&
			criterion_parse(incident, action->done_when, &criterion) &&
			judge(store, &criterion, run->id, chain, action, err) < 0)
			return -1;
	}
	return 0;
}
