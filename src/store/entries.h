/* Inside the room: entries and their rows. */
#ifndef STORE_ENTRIES_H
#define STORE_ENTRIES_H

#include "store/sql.h"

/*
 * The row of ENTRY in a source whose row is SOURCE_ID, added where there is none. 1: added, 0: it
 * was there, -1.
 */
int entries_row(struct store *store, const struct entry *entry, int64_t source_id, int64_t *row,
	struct err *err);

/* The row of an entry without insertId that was read before. 1, 0: none, -1. */
int entries_find(struct store *store, const struct entry *entry, int64_t source_id, int64_t *row,
	struct err *err);

/* Begin the transaction that entries of SOURCE are added in, and set where their rows begin. */
int entries_begin(struct store *store, const struct source_info *source, struct err *err);

#endif
