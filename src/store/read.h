/* Inside the room: rows as nouns of the model. Columns are those of the macros in statements.c. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "store/sql.h"

#define READ_ENTRY_COLUMNS 18 /* of ENTRY_COLUMNS; what else a statement gives follows them */

/* RUN_COLUMNS, from the first. Owned by MEM. */
struct run *read_run(TALLOC_CTX *mem, sqlite3_stmt *rows);
/* ENTRY_COLUMNS, from the first; its source is one of RUN's. Owned by MEM. */
struct entry *read_entry(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run);
/* CAUSE_COLUMNS, from COLUMN on; NULL where they are null. Owned by MEM. */
struct cause *read_cause(TALLOC_CTX *mem, sqlite3_stmt *rows, int column);
/* Evidence of an entry with number, digest and role behind it. Owned by MEM. */
struct evidence *read_evidence(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run);
/* The test of RUN that has the name in COLUMN; NULL: none. */
struct test *read_test(sqlite3_stmt *rows, int column, const struct run *run);

#endif
