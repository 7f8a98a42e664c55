/* Holding back what is written until it was looked through, and looking through it. */
#include "store/sql.h"

#include <string.h>

int store_hold(struct store *store, struct err *err)
{
	/* pages that are not committed must not get into the file either */
	if (sql_execute(store, "PRAGMA cache_spill = OFF", err) < 0)
		return -1;
	if (!store->is_private && sql_execute(store, "PRAGMA synchronous = FULL", err) < 0)
		return -1;
	if (sql_begin(store, err) < 0)
		return -1;
	store->is_held = true;
	return 0;
}

int store_release(struct store *store, struct err *err)
{
	store->is_held = false;
	return sql_commit(store, err);
}

static int visit_cells(struct store *store, sqlite3_stmt *rows, const char *table,
	store_text_visit *visit, void *context, struct err *err)
{
	for (int i = 0; i < sqlite3_column_count(rows); i++) {
		int type = sqlite3_column_type(rows, i);

		if ((type == SQLITE_TEXT || type == SQLITE_BLOB) &&
			visit(context, table, sqlite3_column_blob(rows, i),
				(size_t)sqlite3_column_bytes(rows, i), err) < 0)
			return -1;
	}
	(void)store;
	return 0;
}

static int visit_table(struct store *store, const char *table, store_text_visit *visit,
	void *context, struct err *err)
{
	char *text = sqlite3_mprintf("SELECT * FROM main.\"%w\"", table);
	sqlite3_stmt *rows;
	int got, result = 0;

	mem_check(text);
	if (sqlite3_prepare_v2(store->db, text, -1, &rows, NULL) != SQLITE_OK)
		result = sql_error(store, err);
	sqlite3_free(text);
	if (result < 0)
		return -1;
	while (result == 0 && (got = sql_row(store, rows, err)) != 0)
		result = got < 0 ? -1 : visit_cells(store, rows, table, visit, context, err);
	sqlite3_finalize(rows);
	return result;
}

int store_texts(struct store *store, store_text_visit *visit, void *context, struct err *err)
{
	sqlite3_stmt *tables;
	int got, result = 0;

	if (sql_rows(store, TABLE_NAMES, NULL, &tables, err) < 0)
		return -1;
	while (result == 0 && (got = sql_row(store, tables, err)) != 0) {
		char *name = got > 0 ? sql_row_text(store, tables, 0) : NULL;

		result = got < 0 ? -1 : visit_table(store, name, visit, context, err);
		talloc_free(name);
	}
	sqlite3_reset(tables);
	return result;
}
