/* Matching: entries to term hits in one pass (stage 1), hits to findings (stage 2). */
#ifndef MATCH_H
#define MATCH_H

#include "match/pushdown.h"
#include "rule/rule.h"
#include "source/source.h"

struct matcher;

/*
 * Prepare RULES, which must outlive it. Owned by MEM. ERR_RULE where a regex does not compile; a
 * term of a kind that is not supported never hits, and matcher_limits tells of it.
 */
int matcher_new(TALLOC_CTX *mem, const struct rules *rules, struct matcher **out, struct err *err);

/*
 * Stage 1: the terms that hit this entry, kept (with a copy of the entry) for stage 2. Returns how
 * many. Costs one pass over the text, whatever the number of rules. Conditions on the outcome of a
 * test are left for stage 2, when it is known.
 */
size_t matcher_scan(struct matcher *matcher, const struct entry *entry);
/*
 * Of the hits of the last scan those that show a cause, or a part of one: not those of terms that only
 * end or excuse an absence, as every line with a verdict may.
 */
size_t matcher_told(const struct matcher *matcher);
/* Take back the hits of the last scan: the entry turned out to be one that was read before. */
void matcher_forget(struct matcher *matcher);
/* The entry of the last scan got its id since. */
void matcher_name(struct matcher *matcher, const struct entry *entry);

/*
 * Stage 2: run the signatures over the hits, sorted by time (untimed ones by order of reading).
 * RUN tells what was read whole: an absence is only asserted there. Owned by MEM; the findings
 * share the matcher's copies of entries, so it must live as long.
 */
int matcher_findings(TALLOC_CTX *mem, struct matcher *matcher, const struct run *run,
	struct findings *out, struct err *err);

/* Limits that were hit (match limits by rule, hits not kept), in words, for the scan ledger. */
size_t matcher_limits(const struct matcher *matcher, const char *const **out);

/*
 * What the patterns of each cause cost so far, in order of causes: those that were run at all. A
 * pattern that several causes share is the first one's. Owned by MEM; returns how many.
 */
size_t matcher_costs(TALLOC_CTX *mem, const struct matcher *matcher, struct cost **out);

/*
 * Did TERM hit an entry from FROM to TO (TIME_NONE: no bound)? Also where it hit one without a time,
 * or where hits were not kept, or a limit hid them: what may have been seen is not called unseen.
 */
bool matcher_seen(const struct matcher *matcher, const struct term *term, int64_t from, int64_t to);

/*
 * For an unexplained failure: the cause that came nearest to firing on the entries of TEST (some
 * of its terms hit there), and in *BECAUSE which clause failed. NULL where none came near.
 */
const struct cause *matcher_nearest(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct test *test, const char **because);

/*
 * Before the first scan: remember what it takes to explain CAUSE, which one matcher_explain does.
 * Bounded memory, and one more pass over each entry.
 */
void matcher_watch(struct matcher *matcher, const struct cause *cause);
/*
 * After matcher_findings: why the watched CAUSE fired or did not, by the evaluators that judged it.
 * Owned by MEM; it shares the matcher's copies of entries.
 */
struct explanation *matcher_explain(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct cause *cause, const struct run *run);

/* examples: every rule on its own, and on every other rule's, by the same path as triage. */
struct example_result {
	const struct cause *owner; /* whose example it is */
	size_t example; /* which, from 0 */
	const struct cause *fired; /* on a cross hit: who else fired; else OWNER */
	bool passed;
	const char *text; /* what was wrong, in words; NULL where it passed */
	struct place place;
};
struct example_results {
	struct example_result *items;
	size_t count, failed;
};
/* Owned by MEM. Fails only where RULES cannot be compiled. */
int match_examples(
	TALLOC_CTX *mem, const struct rules *rules, struct example_results *out, struct err *err);

#endif
