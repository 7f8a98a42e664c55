/* Preparing, binding, stepping; what SQLite's errors mean for a person; transactions. */
#include "store/sql.h"

#include "store/names.h"

/* What a person can do something about, in words; the rest is SQLite's own text. */
static const struct {
	int code;
	const char *text;
} meanings[] = {
	{ SQLITE_FULL, "no space left for the database; nothing of this step was kept" },
	{ SQLITE_BUSY, "another process has been writing to the database for too long" },
	{ SQLITE_LOCKED, "another process has been writing to the database for too long" },
	{ SQLITE_NOTADB, "not a database" },
	{ SQLITE_CORRUPT, "the database is damaged" },
	{ SQLITE_READONLY, "the database cannot be written to" },
	{ SQLITE_CANTOPEN, "the database, or its folder, cannot be opened" },
	{ SQLITE_IOERR,
		"the database could not be read or written; nothing of this step was kept" },
};

int sql_error(const struct store *store, struct err *err)
{
	int code = sqlite3_errcode(store->db) & 0xff;

	if (code == SQLITE_NOMEM)
		mem_check(NULL);
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].code == code)
			return err_set(err, ERR_STORE, "%s: %s (%s)", store->name, meanings[i].text,
				sqlite3_errstr(sqlite3_extended_errcode(store->db)));
	return err_set(err, ERR_STORE, "%s: %s", store->name, sqlite3_errmsg(store->db));
}

int sql_execute(struct store *store, const char *text, struct err *err)
{
	if (sqlite3_exec(store->db, text, NULL, NULL, NULL) != SQLITE_OK)
		return sql_error(store, err);
	return 0;
}

/* Step once. 1: *OUT (may be NULL) is the first column. The statement is left ready for reuse. */
static int step(struct store *store, sqlite3_stmt *statement, int64_t *out, struct err *err)
{
	int code = sqlite3_step(statement), result = 0;

	if (code == SQLITE_ROW) {
		result = 1;
		if (out != NULL)
			*out = sqlite3_column_int64(statement, 0);
		/* RETURNING gives its row after the change; what is left is to end the statement */
		code = sqlite3_step(statement);
	}
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		result = sql_error(store, err);
	sqlite3_reset(statement);
	return result;
}

int sql_query(struct store *store, const char *text, int64_t *out, struct err *err)
{
	sqlite3_stmt *statement;
	int result;

	if (sqlite3_prepare_v2(store->db, text, -1, &statement, NULL) != SQLITE_OK)
		return sql_error(store, err);
	result = step(store, statement, out, err);
	sqlite3_finalize(statement);
	return result;
}

static int bind(sqlite3_stmt *statement, int at, const struct sql_value *value)
{
	if (value->kind == SQL_INTEGER)
		return sqlite3_bind_int64(statement, at, value->integer);
	if (value->kind == SQL_REAL)
		return sqlite3_bind_double(statement, at, value->real);
	if (value->kind == SQL_TEXT)
		return sqlite3_bind_text64(
			statement, at, value->text, value->length, SQLITE_STATIC, SQLITE_UTF8);
	return sqlite3_bind_null(statement, at);
}

int sql_rows(struct store *store, enum statement which, const struct sql_value *values,
	sqlite3_stmt **out, struct err *err)
{
	sqlite3_stmt **statement = &store->statements[which];

	if (*statement == NULL && sqlite3_prepare_v3(store->db, statements_text(which), -1,
					  SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK)
		return sql_error(store, err);
	for (int i = 0; i < sqlite3_bind_parameter_count(*statement); i++)
		if (bind(*statement, i + 1, &values[i]) != SQLITE_OK)
			return sql_error(store, err);
	*out = *statement;
	return 0;
}

int sql_get(struct store *store, enum statement which, const struct sql_value *values, int64_t *out,
	struct err *err)
{
	sqlite3_stmt *statement;

	if (sql_rows(store, which, values, &statement, err) < 0)
		return -1;
	return step(store, statement, out, err);
}

int sql_run(
	struct store *store, enum statement which, const struct sql_value *values, struct err *err)
{
	return sql_get(store, which, values, NULL, err) < 0 ? -1 : 0;
}

int sql_add(struct store *store, enum statement which, const struct sql_value *values, int64_t *out,
	struct err *err)
{
	if (sql_get(store, which, values, NULL, err) < 0)
		return -1;
	if (sqlite3_changes(store->db) == 0)
		return 0;
	if (out != NULL)
		*out = sqlite3_last_insert_rowid(store->db);
	return 1;
}

int sql_row(struct store *store, sqlite3_stmt *rows, struct err *err)
{
	int code = sqlite3_step(rows), result = 0;

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		result = sql_error(store, err);
	sqlite3_reset(rows);
	return result;
}

char *sql_row_text(TALLOC_CTX *mem, sqlite3_stmt *rows, int column)
{
	const unsigned char *text = sqlite3_column_text(rows, column);

	return text == NULL ? NULL
			    : mem_strndup(mem, (const char *)text,
				      (size_t)sqlite3_column_bytes(rows, column));
}

int64_t sql_row_time(sqlite3_stmt *rows, int column)
{
	return sqlite3_column_type(rows, column) == SQLITE_NULL
		       ? TIME_NONE
		       : sqlite3_column_int64(rows, column);
}

uint64_t sql_row_count(sqlite3_stmt *rows, int column)
{
	int64_t count = sqlite3_column_int64(rows, column);

	return count < 0 ? 0 : (uint64_t)count;
}

int sql_begin(struct store *store, struct err *err)
{
	store->has_waited = false;
	return sql_execute(store, store->is_held ? "SAVEPOINT held" : "BEGIN IMMEDIATE", err);
}

void sql_rollback(struct store *store)
{
	if (store->is_held)
		sqlite3_exec(store->db, "ROLLBACK TO held; RELEASE held", NULL, NULL, NULL);
	else if (sqlite3_get_autocommit(store->db) == 0)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	store_names_forget(store->names);
}

int sql_commit(struct store *store, struct err *err)
{
	if (sql_execute(store, store->is_held ? "RELEASE held" : "COMMIT", err) == 0)
		return 0;
	sql_rollback(store);
	return -1;
}

int sql_sync(struct store *store, struct err *err)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
		return sql_error(store, err);
	if (file->pMethods == NULL || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK)
		return 0;
	return err_set(err, ERR_STORE, "%s: the disk did not take the new database", store->name);
}
