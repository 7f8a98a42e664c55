/* Rules from YAML: loading, checking what can be checked without running them. */
#ifndef RULE_H
#define RULE_H

#include "model/model.h"

/* A loaded set: immutable, owns its causes, terms and edges. */
struct rules;

/* One fault, with its place. A set with errors is not usable; warnings do not stop it. */
struct rule_problem {
	struct place place;
	bool warning;
	const char *text;
};

struct rule_problems {
	struct rule_problem *items; /* in the order of files and lines */
	size_t count, errors;
};

/*
 * Load PATHS (files, or folders with all their *.yaml and *.yml; NULL-terminated) in that order;
 * of causes with one id the first wins. *OUT and *PROBLEMS are owned by MEM. Every fault is
 * collected, none stops the reading. 0: usable. -1: ERR is the first error (ERR_RULE, or ERR_IO),
 * *PROBLEMS holds all, *OUT is left alone.
 */
int rules_load(TALLOC_CTX *mem, const char *const *paths, struct rules **out,
	struct rule_problems *problems, struct err *err);
/*
 * Load and lint, for those who want to hear everything at once: where there are errors it returns
 * -1, and *OUT is all the same what is sound of the set, for running its examples.
 */
int rules_check(TALLOC_CTX *mem, const char *const *paths, struct rules **out,
	struct rule_problems *problems, struct err *err);
/*
 * The same with one more file, which is not there yet: its name and text. Of the other files' regexes
 * it is not said how slow they are.
 */
int rules_check_text(TALLOC_CTX *mem, const char *const *paths, const char *name, const char *text,
	struct rules **out, struct rule_problems *problems, struct err *err);
/* The same as rules_load from one text, as if it were a file NAME. */
int rules_load_text(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	struct rules **out, struct rule_problems *problems, struct err *err);

/*
 * What can be said of a loaded set without running its examples: cyclic edges, unused terms,
 * weak or explosive regexes, missing examples, zero-width negations, texts that blame a person,
 * names in texts that nothing binds. Added to PROBLEMS, in order.
 */
void rules_lint(TALLOC_CTX *mem, const struct rules *rules, struct rule_problems *problems);

size_t rules_cause_count(const struct rules *rules);
const struct cause *rules_cause(const struct rules *rules, size_t index);
const struct cause *rules_find(const struct rules *rules, const char *id); /* NULL: none */
size_t rules_term_count(const struct rules *rules);
const struct term *rules_term(const struct rules *rules, size_t index);
const char *rules_sha256(const struct rules *rules); /* of the files' bytes, in order */

/*
 * Limits for every call of pcre2_match; the lint pumps regexes against the same ones. PCRE2 counts
 * its match limit anew from each place where a match may begin, and just-in-time code leaves out
 * what one character repeats, so a long line is also searched with a count of steps.
 */
#define RULE_MATCH_LIMIT 1000000
#define RULE_DEPTH_LIMIT 100000
#define RULE_HEAP_LIMIT (32 * 1024) /* in KiB */

/*
 * A pattern as all regexes of rules are compiled: UTF with invalid bytes tolerated, "." stays in
 * its line, ^ and $ at every line boundary of an entry. Owned by MEM; NULL and ERR_RULE with the
 * place inside the pattern where it does not compile. (pcre2.h calls the type pcre2_code.)
 */
struct pcre2_real_code_8;
struct pcre2_real_code_8 *rule_regex(
	TALLOC_CTX *mem, const char *pattern, bool nocase, struct err *err);
/* The compiled pattern of a TERM_REGEX of these rules, owned by them; NULL of other kinds. */
struct pcre2_real_code_8 *rules_regex(const struct rules *rules, const struct term *term);
/*
 * Steps of a search: each item of the pattern that is tried, and each byte that it moves on or
 * back, over all places where a match may begin. They depend on the pattern and the text alone.
 */
struct rule_steps {
	uint64_t steps, limit;
	size_t at; /* where the last item was tried */
};
/* How many a text of LENGTH bytes may take: a pattern that is linear stays below. */
uint64_t rule_steps_limit(size_t length);
/*
 * A pattern compiled as rule_regex does, or as CRE has them, for counting: with rule_steps_count as
 * callout and a struct rule_steps as its data pcre2_match ends with PCRE2_ERROR_CALLOUT beyond the
 * limit. Owned by MEM; NULL where it does not compile.
 */
struct pcre2_real_code_8 *rule_regex_counting(
	TALLOC_CTX *mem, const char *pattern, bool nocase, bool cre);
struct pcre2_callout_block_8;
int rule_steps_count(struct pcre2_callout_block_8 *block, void *steps);
/* The program of a TERM_JQ of these rules, owned by them, with its state; NULL of other kinds. */
struct jq_state;
struct jq_state *rules_jq(const struct rules *rules, const struct term *term);
/* What multiplies the outputs of a jq program, and with them its time, which libjq does not limit. */
struct jq_growth {
	unsigned walks; /* "[]" and "..": at most so many outputs as its input has values */
	unsigned commas; /* twice as many */
};
struct jq_growth rule_jq_growth(const char *text);

/*
 * The longest literal that every match of a PCRE2 pattern must contain, owned by MEM; where
 * alternatives have none in common *OUT has several, of which one must be seen. Returns how many;
 * 0: none of at least one byte is certain. *FOLDED: they are in lower case, and must be looked for
 * in a text whose ASCII letters are.
 */
size_t rule_literals(
	TALLOC_CTX *mem, const char *pattern, bool nocase, const char ***out, bool *folded);

/* A rule file with one cause, before a person has filled it in. ID and LAYER are plain words. */
struct rule_draft {
	const char *const *comments; /* a line each, NULL-terminated */
	const char *id, *title, *layer, *why, *fix, *prevent, *detect;
	enum cause_kind kind;
	enum cause_severity severity;
	const char *pattern; /* a literal, or where REGEX a PCRE2 pattern */
	bool regex;
	const char *match, *clean; /* one example of each */
};
/* Write it as YAML: all texts are quoted, so that they mean themselves, whatever is in them. */
void rule_write(FILE *out, const struct rule_draft *draft);

#endif
