/* Reasoning: findings to chains, failing tests to causes, verdicts. */
#ifndef REASON_H
#define REASON_H

#include "reason/compare.h"
#include "rule/rule.h"

struct reasoner;

/* Did TERM hit an entry from FROM to TO (TIME_NONE: no bound)? See matcher_seen, likewise. */
typedef bool (*reason_seen)(void *context, const struct term *term, int64_t from, int64_t to);

struct reason_options {
	int64_t offset; /* seconds east of UTC of a transcript without a zone, where given */
	bool offset_given;
	reason_seen seen; /* NULL: what causes "expect" is not checked */
	void *seen_context;
};

/* RULES and RUN must outlive it. Owned by MEM. */
struct reasoner *reasoner_new(
	TALLOC_CTX *mem, const struct rules *rules, const struct reason_options *options);

/*
 * See an entry go by (after it was kept and scanned; HITS: how many terms hit it). Remembers, in
 * bounded memory, requests for the join of tests with logs, and error lines.
 */
void reasoner_observe(struct reasoner *reasoner, const struct entry *entry, size_t hits);

/* What came nearest to explaining TEST: see matcher_nearest, which cannot be called from here. */
typedef const struct cause *(*reason_nearest)(
	TALLOC_CTX *mem, void *context, const struct test *test, const char **because);

/*
 * Link FINDINGS into chains and judge them. RUN is complete: tests merged, sources closed.
 * *OUT is owned by MEM and refers to RUN, FINDINGS and the rules.
 */
int reasoner_conclude(TALLOC_CTX *mem, struct reasoner *reasoner, struct run *run,
	const struct findings *findings, reason_nearest nearest, void *context,
	struct diagnosis **out, struct err *err);

#endif
