/* Why a cause was observed on some inputs, or was not: its signature, clause by clause. */
#ifndef MODEL_EXPLANATION_H
#define MODEL_EXPLANATION_H

#include "model/finding.h"

enum clause_state {
	CLAUSE_HOLDS,
	CLAUSE_FAILS,
	CLAUSE_OPEN, /* what was read does not tell */
	CLAUSE_TOLD, /* speaks neither for nor against */
};

/* An entry that a clause rests on, or one that came near. */
struct citation {
	const struct entry *entry;
	const char *note; /* in words; NULL: none */
	bool near; /* it does not satisfy the clause */
};

/* A part of a signature. */
struct clause {
	const char *what; /* "seq", "step 2", "where", "not", ... */
	const char *wants; /* in words; "": nothing more than WHAT says */
	enum clause_state state;
	const char **notes; /* why, in words; they may hold log text */
	size_t note_count;
	struct citation *citations; /* the first ones */
	size_t citation_count;
	uint64_t seen; /* entries that satisfy it, those not cited too */
	struct clause **parts;
	size_t part_count;
};

/* The signature in one group. */
struct explained_group {
	const struct binding *keys;
	size_t key_count;
	struct clause *clause;
};

/* FIRED is the number of groups in which it did, and so on; they are all groups together. */
struct explanation {
	const struct cause *cause;
	uint64_t count; /* firings, over all groups */
	size_t fired, inconclusive, silent;
	const char *reason; /* why the first inconclusive group is; NULL: none is */
	struct explained_group *groups; /* those that tell most; none without a signature */
	size_t group_count;
	const char **notes; /* on the whole, in words */
	size_t note_count;
};

/* "fired", "inconclusive" or "not fired". */
const char *explanation_verdict(const struct explanation *explanation);
/* "holds", "fails", "open" or "told". */
const char *explanation_state_name(enum clause_state state);

#endif
