/* What is kept: SQLite, its schema and migrations, and every line of SQL in the program. */
#ifndef STORE_H
#define STORE_H

#include "model/model.h"
#include "store/glance.h"
#include "store/incidents.h"
#include "store/runs.h"
#include "store/stats.h"
#include "store/tallies.h"
#include "store/turns.h"

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

/* What can be said of a database without changing it. */
struct store_health {
	bool exists;
	bool is_writable; /* it, or where it would be made */
	int64_t version, newest; /* of the schema: of the file, and the one it will be brought to */
	const char *damage; /* what SQLite's quick check found first; NULL: nothing */
};
/* ERR_STORE where PATH is no database of ours, or cannot be read. Strings are owned by MEM. */
int store_check(TALLOC_CTX *mem, const char *path, struct store_health *out, struct err *err);

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
 * A live source has no end and no bytes of its own: it is known by KEY, the digest of what was
 * asked. Sets source->id, to the row of KEY, made where there is none.
 */
int store_live(struct store *store, struct source_info *source, const char *key, struct err *err);
/* The question to RESOURCE with FILTER, whose source was made by store_live. *ID is its row. */
int store_pull(struct store *store, const char *resource, const char *filter,
	const struct source_info *source, int64_t *id, struct err *err);
/* What of it was read, and is being read. Owned by MEM. */
int store_slices(
	struct store *store, TALLOC_CTX *mem, int64_t pull, struct slices *out, struct err *err);
/* A new one; sets its id. */
int store_slice_add(struct store *store, int64_t pull, struct slice *slice, struct err *err);
/*
 * A transaction for one page of a live source: between the two entries are added by
 * store_entry_add, and with them SLICE (NULL: none) is kept as it then is. What is not ended is lost.
 */
int store_page_begin(struct store *store, const struct source_info *source, struct err *err);
int store_page_end(struct store *store, const struct source_info *source, const struct slice *slice,
	struct err *err);

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
 * Hold back what is written from now on: nothing of it gets into the file before store_release, and
 * all of it is lost if STORE is freed without. Other processes wait meanwhile.
 */
int store_hold(struct store *store, struct err *err);
int store_release(struct store *store, struct err *err);
/* Called for a text of TABLE; 0, or -1 to end with ERR. */
typedef int store_text_visit(
	void *context, const char *table, const char *text, size_t length, struct err *err);
/* Every text that is in STORE, what is held back too. */
int store_texts(struct store *store, store_text_visit *visit, void *context, struct err *err);

/*
 * Let the entries go whose last run ended before BEFORE (by its entries, else by when it was kept),
 * and give the room back. What is evidence stays, and so do runs, incidents, results of tests and
 * what was found. *PRUNED: how many went. All or nothing.
 */
int store_prune(struct store *store, int64_t before, uint64_t *pruned, struct err *err);

#endif
