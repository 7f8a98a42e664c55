/* Inside the room: the open database, its prepared statements, values to bind, transactions. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <sqlite3.h>
#include <string.h>

#include "store/statements.h"
#include "store/store.h"

struct names;

/* Rows of entries that this process added, FIRST to LAST. */
struct span {
	int64_t first, last;
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT]; /* prepared when first used */
	const char *name; /* for errors: the path, or "the private store" */
	bool is_private;
	bool is_held; /* see store_hold: transactions are savepoints of one */
	bool has_waited; /* for another process, and said so */
	struct names *names; /* ids of strings that repeat */
	struct span *spans; /* ascending */
	size_t span_count;
	bool in_source; /* between store_source_begin and store_source_end */
	int64_t source_id, first_row; /* of the source being read */
	uint64_t added, single; /* entries: in the page at hand; of the live source, each once */
	struct source_info page; /* what a live source had told when its last page was kept */
};

/* A value for one parameter of a statement. Texts are not copied: they must outlive the call. */
enum sql_kind {
	SQL_NULL,
	SQL_INTEGER,
	SQL_REAL,
	SQL_TEXT,
};
struct sql_value {
	enum sql_kind kind;
	int64_t integer;
	double real;
	const char *text;
	size_t length;
};

static inline struct sql_value sql_null(void)
{
	return (struct sql_value){ .kind = SQL_NULL };
}

static inline struct sql_value sql_integer(int64_t integer)
{
	return (struct sql_value){ .kind = SQL_INTEGER, .integer = integer };
}

/* SQLite has no unsigned integers: what does not fit is the greatest there is. */
static inline struct sql_value sql_count(uint64_t count)
{
	return sql_integer(count > INT64_MAX ? INT64_MAX : (int64_t)count);
}

static inline struct sql_value sql_time(int64_t time)
{
	return time == TIME_NONE ? sql_null() : sql_integer(time);
}

static inline struct sql_value sql_real(double real)
{
	return (struct sql_value){ .kind = SQL_REAL, .real = real };
}

static inline struct sql_value sql_bytes(const char *text, size_t length)
{
	return (struct sql_value){ .kind = SQL_TEXT, .text = text, .length = length };
}

static inline struct sql_value sql_text(const char *text)
{
	return text == NULL ? sql_null() : sql_bytes(text, strlen(text));
}

/* Fills ERR from the database's last error, "NAME: what" (ERR_STORE); -1. */
int sql_error(const struct store *store, struct err *err);
/* Statements without parameters or rows: schema, pragmas. */
int sql_execute(struct store *store, const char *text, struct err *err);
/* One row's first column of such a text: 1, 0: no row, -1. */
int sql_query(struct store *store, const char *text, int64_t *out, struct err *err);
/* Run WHICH with as many VALUES as it has parameters (NULL where none). 0 or -1. */
int sql_run(
	struct store *store, enum statement which, const struct sql_value *values, struct err *err);
/* The same, and the first column of its first row: 1, 0: no row, -1. */
int sql_get(struct store *store, enum statement which, const struct sql_value *values, int64_t *out,
	struct err *err);

/* Run an INSERT that may find its row there: 1: added, its id in *OUT (may be NULL); 0; -1. */
int sql_add(struct store *store, enum statement which, const struct sql_value *values, int64_t *out,
	struct err *err);

/*
 * Begin to read the rows that WHICH has for VALUES, and then each: 1: a row, 0: no more, -1. A text
 * is owned by MEM and NULL where it is null. Who ends before the last row calls sqlite3_reset;
 * a statement has one reader at a time.
 */
int sql_rows(struct store *store, enum statement which, const struct sql_value *values,
	sqlite3_stmt **out, struct err *err);
int sql_row(struct store *store, sqlite3_stmt *rows, struct err *err);
char *sql_row_text(TALLOC_CTX *mem, sqlite3_stmt *rows, int column);
int64_t sql_row_time(sqlite3_stmt *rows, int column); /* TIME_NONE where it is null */
uint64_t sql_row_count(sqlite3_stmt *rows, int column);

/* A writing transaction: waits for other writers. */
int sql_begin(struct store *store, struct err *err);
/* Where it fails everything is rolled back. */
int sql_commit(struct store *store, struct err *err);
/* What was written to the database itself is made durable, with one call. */
int sql_sync(struct store *store, struct err *err);
/* Nothing happens where no transaction is open. Forgets cached names, as they may be gone. */
void sql_rollback(struct store *store);

#endif
