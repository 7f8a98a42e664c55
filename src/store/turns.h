/* Part of store.h: a loop of fixing and testing, run after run. */
#ifndef STORE_TURNS_H
#define STORE_TURNS_H

#include "model/model.h"

struct store;

/* Which runs are turns of a loop. */
struct store_loop {
	int64_t from, to; /* ids; 0: no bound */
	const char *label; /* NULL: runs without one */
	bool any_label, numbered; /* NUMBERED: only runs that have an iteration */
	size_t limit; /* of more the newest */
};

/* The loop of the newest run (of LABEL, unless that is NULL): its label, numbered if it is. ERR_NOT_FOUND. */
int store_loop_newest(TALLOC_CTX *mem, struct store *store, const char *label,
	struct store_loop *out, struct err *err);
/*
 * The turns with all that was found in each, by id; *EARLIER: how many came before these. Owned by MEM.
 * ERR_NOT_FOUND where there is none.
 */
int store_turns(TALLOC_CTX *mem, struct store *store, const struct store_loop *loop,
	struct diagnosis ***out, size_t *count, size_t *earlier, struct err *err);

#endif
