/* What is kept: SQLite, its schema and migrations, and every line of SQL in the program. */
#ifndef STORE_H
#define STORE_H

#include "model/model.h"

struct store;

/*
 * Open PATH (made with mode 0600, and its folder with 0700, where missing; WAL), or a private one
 * that is gone with the store (PATH NULL; it may spill to an unnamed temporary file).
 * Fails with ERR_STORE or ERR_IO, also for a newer schema than this program knows.
 */
int store_open(TALLOC_CTX *mem, const char *path, struct store **out, struct err *err);
/*
 * Open PATH to read what is there: nothing is made, and nothing is changed but that an older schema
 * is brought up to date. ERR_NOT_FOUND where there is no such file, else as store_open.
 */
int store_open_reading(TALLOC_CTX *mem, const char *path, struct store **out, struct err *err);

/* A transaction for one source; entries added before store_source_end are lost if it is not called. */
int store_source_begin(struct store *store, struct source_info *source, struct err *err);
/*
 * Keep an entry and set its id. 1: new. 0: it was known already (the same log name, time and
 * insertId; without insertId the same source, line, time, text and test). *KNOWN_HERE says whether it,
 * with its insertId, was read before in this run, and so must not be counted or matched again; one
 * without that a source says twice at one place shares a row, and counts twice. What a source's
 * bytes are is only known at its end, so an entry without insertId counts as new until then, and
 * its id is good until then. Where it fails, the whole source is taken back.
 */
int store_entry_add(struct store *store, struct entry *entry, bool *known_here, struct err *err);
/*
 * Commits. Sets source->id; where the same bytes were read before, that row is used, and entries
 * that it has already are not kept twice.
 */
int store_source_end(struct store *store, struct source_info *source, struct err *err);

/*
 * Keep the run, its tests and all that was found, in one transaction: findings, term hits,
 * evidence, chains, incidents. A run with the same inputs, label and commit is the same run: its
 * findings are replaced, and its id stays. Sets run->id and each incident's state: "new" where no
 * run of a lower id has its fingerprint, else "persisting". Entries that are evidence and were not
 * kept (the caller may keep only those that matter) are kept now; their sources must have been.
 */
int store_diagnosis_save(struct store *store, const char *rules_sha256,
	const struct findings *findings, struct diagnosis *diagnosis, struct err *err);

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
/* Its sources and tests, which what follows refers to: read them first. */
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

/* tallies: what the history says of the rules. fivewhys(1), "rules stats", defines each number. */
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
