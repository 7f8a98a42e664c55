/* Letting entries go that are old; what is evidence stays. */
#include "store/sql.h"

/* In this order: what refers to entries goes before them, which are counted. */
static const enum statement steps[] = { PRUNE_HITS, PRUNE_ERRORS, PRUNE_SLICES, PRUNE_ENTRIES };

static int64_t changes_of(const struct store *store)
{
	return sqlite3_changes(store->db);
}

static int prune(struct store *store, int64_t before, uint64_t *pruned, struct err *err)
{
	const struct sql_value value = sql_integer(before);

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (sql_run(store, steps[i], &value, err) < 0)
			return -1;
	*pruned = (uint64_t)changes_of(store);
	return 0;
}

int store_prune(struct store *store, int64_t before, uint64_t *pruned, struct err *err)
{
	if (sql_begin(store, err) < 0)
		return -1;
	if (prune(store, before, pruned, err) < 0) {
		sql_rollback(store);
		return err_wrap(err, "pruning");
	}
	if (sql_commit(store, err) < 0)
		return -1;
	/* without it the file keeps its size, and new entries take the room */
	return *pruned > 0 ? sql_execute(store, "VACUUM", err) : 0;
}
