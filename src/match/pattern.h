/* One term as stage 1 runs it: just-in-time compiled when first needed, matched within limits. */
#ifndef MATCH_PATTERN_H
#define MATCH_PATTERN_H

#include "rule/rule.h"

#define PATTERN_UNSET UINT32_MAX

/* A part of an entry's text; START is PATTERN_UNSET for a group that took no part. */
struct span {
	uint32_t start, end;
};

/* What all patterns of a matcher share: match data, limits, the stack of the just-in-time code. */
struct pattern_tools;
struct pattern_tools *pattern_tools_new(TALLOC_CTX *mem);

struct pattern {
	const struct term *term;
	struct pcre2_real_code_8 *code; /* NULL: a literal that needs none */
	struct pcre2_real_code_8 *counting; /* of a regex, made when first needed: see rule_steps */
	struct jq_state *program; /* of a jq term */
	struct jq_growth growth; /* of its program */
	bool ready; /* just-in-time code was tried, the names of groups are known */
	const char **names; /* of its named groups */
	uint32_t *numbers;
	size_t name_count;
	const char *fault; /* why it can never match; NULL: it can */
	uint64_t limited; /* entries on which a limit was hit */
	uint64_t tries, bytes; /* texts that it was run on, and their length */
	uint64_t passed_over; /* entries that were not searched: it had used up its steps */
	uint64_t steps; /* that were counted */
	uint32_t match_limit;
};

/*
 * Steps that a pattern may take in a run, beside so many for each byte that it is to search. Beyond
 * them entries are passed over: so the time of a run is bounded by its input, whatever the patterns
 * are.
 */
#define PATTERN_STEPS (16U * RULE_MATCH_LIMIT)
#define PATTERN_STEPS_PER_BYTE 32U

#define PATTERN_GROUPS 32 /* named groups that are looked at */

/* RULES, whose TERM it is, must outlive it. */
void pattern_init(struct pattern *pattern, const struct rules *rules, const struct term *term);
/* May an entry hold it that it was not found in? */
bool pattern_is_blind(const struct pattern *pattern);
/* Has it used up the steps that it may take in a run? */
bool pattern_is_used_up(const struct pattern *pattern);
/* A literal in its own case: a plain search finds it. */
bool pattern_is_plain(const struct pattern *pattern);
/*
 * Search TEXT. True: *WHOLE is what matched and GROUPS the named groups, in the order of
 * PATTERN->names. What is made on first use is owned by TOOLS.
 */
bool pattern_match(struct pattern *pattern, struct pattern_tools *tools, const char *text,
	size_t length, struct span *whole, struct span groups[PATTERN_GROUPS]);

#endif
