/* Inside the room: rows as nouns of the model. Columns are those of the macros in statements_reading.c. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "store/sql.h"

#define READ_RUN_COLUMNS 18 /* of RUN_COLUMNS */
#define READ_ENTRY_COLUMNS 18 /* of ENTRY_COLUMNS; what else a statement gives follows them */

/* RUN_COLUMNS, from the first. Owned by MEM. */
struct run *read_run(TALLOC_CTX *mem, const struct store *store, sqlite3_stmt *rows);
/* ENTRY_COLUMNS, from the first; its source is one of RUN's. Owned by MEM. */
struct entry *read_entry(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run);
/* CAUSE_COLUMNS, from COLUMN on; NULL where they are null. Owned by MEM. */
struct cause *read_cause(TALLOC_CTX *mem, sqlite3_stmt *rows, int column);
/* Evidence of an entry with number, digest and role behind it. Owned by MEM. */
struct evidence *read_evidence(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run);
/* HISTORY_COLUMNS, from COLUMN on. */
struct history read_history(sqlite3_stmt *rows, int column);
/* The test of RUN that has the name in COLUMN; NULL: none. */
struct test *read_test(sqlite3_stmt *rows, int column, const struct run *run);

#define READ_FILTER 11 /* values of a filter, as statements_reading.c numbers them */
void read_filter(const struct store_incident_filter *filter, struct sql_value values[READ_FILTER]);

/* The number of a row as people type it; 0: it is none. */
int64_t read_number(const char *name);

/* What reading the rows of a run one by one works with; ADD takes the row at hand. */
struct reading {
	TALLOC_CTX *mem;
	const struct run *run;
	void *items; /* a talloc array of what is read */
	size_t count;
};
typedef void read_add(struct reading *reading, sqlite3_stmt *rows);
/* Each row that WHICH has for the id of the run. */
int read_rows(struct store *store, enum statement which, struct reading *reading, read_add *add,
	struct err *err);
/* Room for one more item of SIZE bytes, not cleared. */
void *read_grow(struct reading *reading, size_t size);

#endif
