/* Inside the room: strings that many entries share (log, service, revision, ...) are kept once. */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include "store/sql.h"

#define NAMES_COLUMNS 5

/* A cache of their ids, of bounded size. Owned by MEM. */
struct names *store_names_new(TALLOC_CTX *mem);
/*
 * *OUT becomes the id of TEXT, which is kept where it was unknown (NULL: null). COLUMN, below
 * NAMES_COLUMNS, is whose value it is: the one before it in the same column is looked at first.
 */
int store_names_id(struct store *store, unsigned column, const char *text, struct sql_value *out,
	struct err *err);
/* Forget all: ids that a transaction added are gone when it is rolled back. */
void store_names_forget(struct names *names);

#endif
