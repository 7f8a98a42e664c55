/* Reasoning: findings to chains, failing tests to causes, verdicts. */
#ifndef REASON_H
#define REASON_H

#include "reason/compare.h"
#include "reason/impact.h"
#include "reason/loop.h"
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

/* Is ENTRY to be kept although no rule looks at it? It may tell why a step failed. */
bool reasoner_wants(struct reasoner *reasoner, const struct entry *entry);
/*
 * See an entry go by (after it was kept and scanned; HITS: how many terms that say
 * what it is hit it). Remembers, in bounded memory, requests for the join of tests with logs, and
 * error lines.
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

/* suggest: what a rule for an unexplained failure could look for. */
struct suggestion {
	const struct error_pattern *error;
	const char *line; /* of its first entry: the one to match */
	const char *gist; /* the same without what differs from run to run, for people */
	const char *text; /* a literal, or a PCRE2 pattern where REGEX */
	bool regex;
	bool generic; /* it says only that something failed, or which test */
	const char *name; /* words of it, in lower case, for an id: "carterror-cart-is-locked" */
	const char *layer; /* guessed from its words; "app" where they say nothing */
	unsigned score;
};
/*
 * Of COUNT errors those that a rule can know FAILURE by, best first: near it, severe, and told by much
 * that stays the same from run to run. *OUT is owned by MEM; returns how many.
 */
size_t suggest_rank(TALLOC_CTX *mem, const struct undiagnosed *failure,
	const struct error_pattern *errors, size_t count, struct suggestion **out);
/* The errors that a failure shows itself, as if they had been collected. Owned by MEM. */
size_t suggest_own(TALLOC_CTX *mem, const struct undiagnosed *failure, struct error_pattern **out);

/* contrast: lines that look much like the one to match, and that the rule must not fire on. */
#define CONTRAST_MAX 4
struct contrast;
struct contrast *contrast_new(TALLOC_CTX *mem, const struct suggestion *suggestion);
/*
 * See an entry go by. SAME_RUN: of the failing run; only what tells no error counts then, and of
 * equals the nearest.
 */
void contrast_see(struct contrast *contrast, const struct entry *entry, bool same_run);
/* The best, first lines only, NULL behind the last. */
const char *const *contrast_lines(const struct contrast *contrast);

#endif
