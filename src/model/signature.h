/* Signatures: what entries must look like, and in which order, for a cause to be observed. */
#ifndef MODEL_SIGNATURE_H
#define MODEL_SIGNATURE_H

#include "base/base.h"

enum term_kind {
	TERM_LITERAL,
	TERM_REGEX,
	TERM_JQ
};
enum signature_kind {
	SIGN_MATCH,
	SIGN_ALL,
	SIGN_SEQ,
	SIGN_ANY,
	SIGN_COUNT,
	SIGN_ABSENT
};
enum window_unit {
	WINDOW_NONE,
	WINDOW_TIME,
	WINDOW_LINES,
	WINDOW_SCOPE
};

/* Where something stands in a rule file; LINE and COLUMN from 1, 0: unknown. */
struct place {
	const char *file;
	unsigned line, column;
};

struct window {
	enum window_unit unit;
	int64_t amount; /* nanoseconds or lines */
};

enum condition_subject {
	ON_SEVERITY,
	ON_SERVICE,
	ON_LOG,
	ON_SOURCE,
	ON_REVISION,
	ON_TEST,
	ON_OUTCOME,
	ON_FIELD,
};
enum condition_operator {
	OP_EQ,
	OP_NE,
	OP_CONTAINS,
	OP_REGEX,
	OP_IN,
	OP_GTE,
	OP_LTE,
	OP_GT,
	OP_LT,
	OP_EXISTS, /* the value is "true" or "false" */
	OP_GLOB, /* some of the values, globs of * ? [], fit the whole of the text */
	OP_NOT_GLOB, /* none of them does; an entry that lacks the subject holds it */
};

/*
 * One line of a "where": all of a list must hold. A severity is compared in order, its values are
 * spelled as severity_name does; EQ of several values is written as IN.
 */
struct condition {
	enum condition_subject subject;
	enum condition_operator operator;
	const char *path; /* ON_FIELD: "jsonPayload.a.b" */
	const char **values; /* one, or several for OP_IN and alternatives of globs */
	size_t value_count;
	struct place place;
};

/* A pattern for one entry. Equal ones (all but NAME and COUNT) are one stage-1 pattern. */
struct term {
	size_t index; /* in rules_terms() */
	enum term_kind kind;
	const char *text; /* the literal, the PCRE2 pattern or the jq program */
	bool nocase;
	bool cre; /* one of CRE's: for the line as it was read, folded without separator, as RE2 */
	struct condition *where; /* of the term, then those of its cause */
	size_t where_count;
	struct place place;
};

/* A term as a signature uses it. */
struct use {
	const struct term *term;
	const char *name; /* "as", else the name in "terms", else its text */
	bool named; /* NAME comes from "as": it is bound to the text that matched */
	unsigned count; /* entries wanted, 1 or more */
};

/* CRE's negate, exactly: see fivewhys-rules(5). */
struct negation {
	struct use use;
	unsigned anchor; /* index of the positive use it hangs on */
	int64_t slide; /* nanoseconds, may be negative */
	int64_t window; /* nanoseconds, not negative */
	bool absolute;
};

struct signature {
	enum signature_kind kind;
	struct use *uses; /* of match (one), all, seq, count (one); of absent: "after" (one) */
	size_t use_count;
	struct signature **any; /* of any */
	size_t any_count;
	struct window within;
	unsigned at_least; /* of count */
	const char *distinct; /* of count: a capture, or NULL */
	bool staged; /* of absent: EXPECTED are ordered stages, not none_of */
	struct use *expected, *until, *unless;
	size_t expected_count, until_count, unless_count;
	struct negation *nots;
	size_t not_count;
	struct place place;
};

#endif
