/* A draft: one chain from one symptom down, before it becomes an incident. */
#ifndef REASON_DRAFT_H
#define REASON_DRAFT_H

#include "model/model.h"
#include "reason/trail.h"

/* A why to be. */
struct rung {
	const struct cause *cause;
	enum basis basis;
	struct spot spot; /* its finding is NULL where nothing was seen of it */
	struct link link; /* edge NULL for the first */
};

struct draft {
	struct unit *unit;
	struct rung *rungs; /* observed and asserted ones; hypotheses are added at the end */
	size_t rung_count;
	size_t deepest; /* the last rung with evidence */
	size_t observed; /* rungs with evidence */
	size_t hypotheses; /* rungs that are hypotheses */
	const struct cause *root;
	enum verdict verdict;
	const char *verdict_reason;
	double product; /* of the scores */
	bool rival; /* another cause is within 20 % */
	const struct cause *rival_cause;
	bool key_missing, weak, coarse, disordered, asserted, absent, inconclusive;
	bool joined; /* it leads from a test into the logs */
	const char *shared_id; /* in words: the join, where both tell one id; else NULL */
	struct alternative *alternatives;
	size_t alternative_count;
	const char **looked_for;
	size_t looked_for_count;
};

/* The chain that begins at START, judged. Owned by MEM. */
struct draft *draft_new(TALLOC_CTX *mem, struct trails *trails, const struct spot *start);
/* Is A to be told before B: it has a root, a better verdict, more that was observed, ...? */
unsigned draft_specificity(const struct draft *draft); /* mandatory characters of what was seen */
bool draft_better(const struct draft *a, const struct draft *b);
/* Does the draft name CAUSE, other than as a hypothesis? */
bool draft_names(const struct draft *draft, const struct cause *cause);
/* What tells incidents apart: the root, else the deepest rung that was seen. */
const struct cause *draft_end(const struct draft *draft);

#endif
