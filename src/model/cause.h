/* What a rule file says: causes and the edges between them. */
#ifndef MODEL_CAUSE_H
#define MODEL_CAUSE_H

#include "model/signature.h"

enum cause_kind {
	KIND_SYMPTOM,
	KIND_CAUSE,
	KIND_ROOT
};
enum cause_severity {
	RATING_LOW,
	RATING_MEDIUM,
	RATING_HIGH,
	RATING_CRITICAL
};

/* EFFECT happened because of CAUSE. */
struct edge {
	struct cause *effect, *cause;
	int64_t within; /* nanoseconds: the cause at most this long before the effect */
	int64_t slack; /* nanoseconds: the cause at most this long after it */
	const char **same; /* keys that must agree */
	size_t same_count;
	const char *
		*where; /* pairs: capture of the effect, capture of the cause, that must be equal */
	size_t where_count; /* of pairs */
	double weight; /* 0 to 1 */
	bool implied;
	uint64_t tests; /* implied only where so many failing tests show the effect */
	struct place place;
};

struct expectation {
	struct use use;
	struct window within;
	const char *text; /* in words, for the report */
};

struct example {
	bool match; /* it must fire; else it must not */
	const char *log; /* NULL: it is in the file PATH */
	const char *path;
	const char **expect; /* pairs: name, value */
	size_t expect_count; /* of pairs */
	struct place place;
};

struct cause {
	size_t index; /* in rules_causes() */
	const char *id, *title, *layer, *leaf, *why, *fix, *prevent, *detect, *done_when;
	const char *impact; /* what it does to users, in words; NULL: not told */
	const char *replaced_by;
	enum cause_kind kind;
	enum cause_severity severity;
	bool retired;
	bool cre; /* a rule of CRE: its texts are no templates, its hits obey CRE's clock */
	const char **references, **tags, **group_by,
		**also_matches; /* NULL-terminated, never NULL */
	struct signature *when; /* NULL: never observed */
	struct edge **because; /* edges whose effect it is, wherever they are written */
	size_t because_count;
	struct edge **explains; /* edges whose cause it is, likewise */
	size_t explains_count;
	struct expectation *expects;
	size_t expect_count;
	struct example *examples;
	size_t example_count;
	unsigned specificity; /* mandatory literal characters of its signature */
	struct place place;
};

const char *cause_kind_name(enum cause_kind kind); /* "symptom", ... */
const char *cause_severity_name(enum cause_severity rating); /* "low", ... */

#endif
