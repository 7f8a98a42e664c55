/* One analysis: inputs to a diagnosis, by the path that every command shares. */
#ifndef CMD_ANALYSIS_H
#define CMD_ANALYSIS_H

#include "cmd/live.h"
#include "match/match.h"
#include "reason/reason.h"
#include "store/store.h"

struct settings;

struct analysis_options {
	const char *const *inputs; /* NULL-terminated */
	const char *db; /* NULL: kept in memory for this run only */
	struct source_options source;
	bool hold; /* what is kept is lost without store_release */
	const char *label, *commit, *branch, *environment;
	const struct settings *settings; /* of the client, where there is one */
	const struct live_options *live; /* its project NULL: no network */
	unsigned iteration; /* of a loop of fixing, from 1; 0: of none */
	const struct cause *explain; /* of the rules: why it is found or not; NULL: of none */
	bool timing; /* print the phases and their times on stderr */
	enum progress_kind progress; /* on stderr */
};

struct analysis {
	struct run *run;
	struct store *store; /* where it was kept; a private one is gone with the analysis */
	struct findings findings;
	struct diagnosis *diagnosis;
	const struct explanation *explanation; /* of what was asked for, else NULL */
	size_t refused; /* inputs that could not be read; each was told on stderr */
};

/* RULES must outlive *OUT, which is owned by MEM. ERR_EMPTY where no input has an entry. */
int analysis_run(TALLOC_CTX *mem, const struct rules *rules, const struct analysis_options *options,
	struct analysis **out, struct err *err);

#endif
