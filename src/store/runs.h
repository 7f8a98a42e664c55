/* Part of store.h: reading runs, and what was found in each. */
#ifndef STORE_RUNS_H
#define STORE_RUNS_H

#include "model/model.h"

struct store;

/*
 * Reading what was kept, as the nouns of the model; what the store has not is zero or NULL. All is
 * owned by MEM, or by the run that it is read into. They fail with ERR_STORE only, unless told.
 */

/* Which runs; all zero but SINCE (TIME_NONE): every one. */
struct store_filter {
	int64_t since; /* runs whose last entry is of then or later; TIME_NONE: no bound */
	const char *label; /* exactly; NULL: any */
};
/* By id. */
int store_runs(TALLOC_CTX *mem, struct store *store, const struct store_filter *filter,
	struct run ***out, size_t *count, struct err *err);
/* NAME is an id, a label (of several runs the newest is meant), or "last". ERR_NOT_FOUND. */
int store_run_find(
	TALLOC_CTX *mem, struct store *store, const char *name, struct run **out, struct err *err);
/* Its sources, tests and services, which what follows refers to: read them first. */
int store_run_load(struct store *store, struct run *run, struct err *err);
/*
 * 1: *OUT is the run nearest to RUN, by id, in which TEST passed, else in which some test passed and
 * none failed; of two as near the earlier. 0: there is none. TEST may be NULL.
 */
int store_run_passing(TALLOC_CTX *mem, struct store *store, const struct run *run,
	const struct test *test, struct run **out, struct err *err);
/* Each kept entry of the sources of RUN, in the order of reading; good for the call. -1 ends it. */
typedef int store_entry_visit(void *context, const struct entry *entry, struct err *err);
int store_run_entries(struct store *store, const struct run *run, store_entry_visit *visit,
	void *context, struct err *err);
/* What fired, with keys; its occurrences are the term hits, at most those that were kept. */
int store_run_findings(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct findings *out, struct err *err);
/*
 * Its incidents as the run has them, with what all runs say of each now. Their whys have neither
 * finding nor edge.
 */
int store_run_incidents(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct incident ***out, size_t *count, struct err *err);
/* The run with this id, and all that was found in it but findings. ERR_NOT_FOUND. */
int store_run_diagnosis(
	TALLOC_CTX *mem, struct store *store, int64_t run, struct diagnosis **out, struct err *err);
/* Failures without a chain, with their evidence. */
int store_run_undiagnosed(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct undiagnosed ***out, size_t *count, struct err *err);
/* Errors that no finding explains, most frequent first, at most 20. */
int store_run_unexplained(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct unexplained **out, size_t *count, struct err *err);
/* Errors that no term hit, those of passing tests too, in the order first seen, at most 1000. */
int store_run_errors(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct error_pattern **out, size_t *count, struct err *err);
/*
 * 1: errors of this pattern are no sign of failure: seen in a passing test of RUN, or outside of
 * failing tests in another run in which TEST passed or nothing failed. 0, -1. TEST may be NULL.
 */
int store_error_passes(struct store *store, const struct run *run, const struct test *test,
	const char *pattern, struct err *err);

#endif
