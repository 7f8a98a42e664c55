/* A folder of its own for each test of the store, and model data built by hand. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include <sqlite3.h>

#include "store/store.h"

/* What one test has; the folder is removed at its end. */
struct fixture {
	char folder[64], path[96];
	struct store *store; /* the file at PATH, opened */
};
int fixture_setup(void **state);
int fixture_teardown(void **state);
/* Close the store and open it again, as a second run of the program would. */
void fixture_reopen(struct fixture *fixture);
/* Close the store and make of its file what VERSION of the schema would have kept. */
void fixture_go_back(struct fixture *fixture, unsigned version);

/* A source "NAME" whose bytes are CONTENT. Owned by MEM. */
struct source_info *fixture_source(TALLOC_CTX *mem, const char *name, const char *content);
/* An entry of SOURCE; INSERT_ID may be NULL. Owned by MEM. */
struct entry *fixture_entry(TALLOC_CTX *mem, const struct source_info *source, uint64_t line,
	const char *insert_id, const char *text);
/* Read LINES lines of CONTENT "line N" without insertId, as one source. */
struct source_info *fixture_read(TALLOC_CTX *mem, struct store *store, const char *name,
	const char *content, unsigned lines);

/* A diagnosis with one test and one chain: a symptom, a cause, and a root asserted by rule. */
struct diagnosis *fixture_diagnosis(TALLOC_CTX *mem, struct source_info *source, const char *label);
struct findings *fixture_findings(TALLOC_CTX *mem, const struct diagnosis *diagnosis);

/* The number that SQL gives, by a connection of its own, as another program would ask. */
int64_t fixture_number(const struct fixture *fixture, const char *sql);
/* SQLite's code for SQL run by a connection of its own, with or without foreign keys. */
int fixture_execute(const struct fixture *fixture, bool foreign_keys, const char *sql);

#endif
