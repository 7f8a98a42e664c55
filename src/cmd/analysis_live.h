/* An analysis under way, for the files that are parts of it. */
#ifndef CMD_ANALYSIS_LIVE_H
#define CMD_ANALYSIS_LIVE_H

#include <time.h>

#include "cmd/analysis.h"
#include "cmd/pulling.h"

struct analysis_state {
	struct analysis *analysis;
	const struct analysis_options *options;
	struct store *store;
	struct matcher *matcher;
	struct reasoner *reasoner;
	struct progress *progress;
	struct redactor *redactor; /* of the inputs; NULL before they are opened */
	uint64_t order;
	struct timespec started; /* of the phase, for --timing only */
};

/* Keep an entry of INFO, match it, tell the reasoner. 0 or -1. */
int analysis_take(struct analysis_state *state, struct entry *entry, struct source_info *info,
	struct err *err);
/* What could not be read: TEXT goes into the ledger. */
void analysis_gap(struct analysis_state *state, const char *text);
/* INFO, which was read, is one of the run's sources. */
void analysis_add_source(struct analysis_state *state, struct source_info *info);

/* What REDACTOR replaced, by kind, goes into the ledger. */
void analysis_count_redacted(struct analysis_state *state, const struct redactor *redactor);

/*
 * Read the project of the options around the tests that were read, as if it were one more input.
 * What the service refuses is a gap; -1: there is no telling what to read, or ERR_STORE.
 */
int analysis_live(struct analysis_state *state, const struct rules *rules, struct err *err);

/* Stretches of time, in order, none of which touch. */
struct periods {
	struct period *items;
	size_t count;
};
/*
 * Let the service look in WHOLE for what RULES need: *OUT becomes the stretches around what it
 * found, and around failed tests; the rest of WHOLE is the run's unread time. 1, or 0 where
 * everything has to be read. -1: ERR tells why the service did not answer; *OUT is what was found.
 */
int analysis_probe(struct analysis_state *state, struct pulling *pulling, const struct rules *rules,
	const struct period *whole, struct periods *out, struct err *err);

#endif
