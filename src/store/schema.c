/* How an older database becomes of today's shape: one transaction a version. */
#include "store/schema.h"

/* From version I to I + 1, each inside its own transaction; the first makes what is newest. */
static int (*const migrations[SCHEMA_VERSION])(struct store *, struct err *) = { tables_create,
	tables_tuning, tables_history, tables_pulls, tables_filters, tables_places,
	tables_redactions, tables_report };

static int set_version(struct store *store, int64_t version, struct err *err)
{
	char *text = mem_printf(NULL, "PRAGMA user_version = %d; PRAGMA application_id = %d",
		(int)version, SCHEMA_APPLICATION);
	int result = sql_execute(store, text, err);

	talloc_free(text);
	return result;
}

int schema_version(struct store *store, int64_t *version, struct err *err)
{
	int64_t application = 0, objects = 0;

	/* in this order: another process, which makes all of them at once, may do so in between */
	if (sql_query(store, "SELECT count(*) FROM sqlite_schema", &objects, err) < 0 ||
		sql_query(store, "PRAGMA application_id", &application, err) < 0 ||
		sql_query(store, "PRAGMA user_version", version, err) < 0)
		return -1;
	if (application != SCHEMA_APPLICATION && (objects > 0 || application != 0))
		return err_set(err, ERR_STORE, "%s: a database of another program", store->name);
	if (*version > SCHEMA_VERSION || *version < 0)
		return err_set(err, ERR_STORE,
			"%s: made by a newer fivewhys (schema %lld, this one knows %d)",
			store->name, (long long)*version, SCHEMA_VERSION);
	return 0;
}

static int step(struct store *store, int64_t *version, struct err *err)
{
	if (migrations[*version](store, err) < 0)
		return -1;
	*version = *version == 0 ? SCHEMA_VERSION : *version + 1;
	return set_version(store, *version, err);
}

/* One step, under the lock, so that of several processes one does it. *VERSION is what is there. */
static int migrate_once(struct store *store, int64_t *version, struct err *err)
{
	if (sql_begin(store, err) < 0)
		return -1;
	if (schema_version(store, version, err) == 0 &&
		(*version == SCHEMA_VERSION || step(store, version, err) == 0))
		return sql_commit(store, err);
	sql_rollback(store);
	return -1;
}

int schema_migrate(struct store *store, struct err *err)
{
	int64_t version = 0;

	if (schema_version(store, &version, err) < 0)
		return -1;
	while (version < SCHEMA_VERSION)
		if (migrate_once(store, &version, err) < 0)
			return err_wrap(err, "cannot bring the database up to date");
	return 0;
}
