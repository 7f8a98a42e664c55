/* Part of store.h: what the history says of the rules. */
#ifndef STORE_TALLIES_H
#define STORE_TALLIES_H

#include "store/runs.h"

/* fivewhys(1), "rules stats", defines each number. */
struct store_tally {
	const char *cause; /* its id */
	uint64_t findings, runs, passing; /* PASSING: of the findings, those in passing runs */
	uint64_t chains, beaten; /* in which it is a why with evidence; in which it is none */
	uint64_t tries, bytes, limited; /* see struct cost */
	int64_t last_run, last; /* id (0: none), and time of its last hit there */
	const char *winner; /* of the chains in which it is beaten, the most frequent end */
};
struct store_totals {
	uint64_t runs, passing, failures, explained, symptoms, undiagnosed;
	uint64_t explained_runs, open_runs, open_errors; /* OPEN: in explained runs */
};
/* Causes that ever fired or cost, by id. */
int store_tallies(TALLOC_CTX *mem, struct store *store, const struct store_filter *filter,
	struct store_tally **out, size_t *count, struct err *err);
int store_totals(struct store *store, const struct store_filter *filter, struct store_totals *out,
	struct err *err);

#endif
