/* What stage 2 found: signatures that fired, with the entries that made them fire. */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include "model/cause.h"
#include "model/entry.h"

enum finding_verdict {
	FINDING_FIRED,
	FINDING_INCONCLUSIVE, /* the data end before a deadline, or were not read whole */
};

/* A name and what is bound to it: a group key or a capture. */
struct binding {
	const char *name, *value;
};

/* One firing. */
struct occurrence {
	int64_t first, last; /* times of its entries; TIME_NONE: they have none */
	uint64_t first_order, last_order; /* their places in the order of reading */
	struct entry *
		*entries; /* what proves it, in time order; at least one; owned by the finding */
	size_t entry_count;
	const char **roles; /* of each entry: what it shows, in a few words; NULL: not told */
	struct binding *bindings; /* captures, and seen, reached, missing, ... of an absence */
	size_t binding_count;
	struct test *test; /* whose entries they are; NULL where of none or of several */
};

/* A cause in one group: all its firings there. */
struct finding {
	const struct cause *cause;
	enum finding_verdict verdict;
	const char *reason; /* of an inconclusive one, in words; else NULL */
	bool absence; /* what was observed is that something did not come */
	struct binding *keys; /* of group_by */
	size_t key_count;
	struct occurrence
		*occurrences; /* by time, then order; the first ones where there are very many */
	size_t occurrence_count; /* at least 1 */
	uint64_t count; /* firings, those not kept as occurrences too */
	int64_t first, last; /* over all firings; TIME_NONE: no times */
};

struct findings {
	struct finding **items; /* sorted by first time, order, cause id */
	size_t count;
};

/* The value bound to NAME in the occurrence, its finding's keys, or its first entry; else NULL. */
const char *finding_value(
	const struct finding *finding, const struct occurrence *occurrence, const char *name);
/* What matching a cause's patterns took: a measure that is the same on every machine. */
struct cost {
	const struct cause *cause;
	uint64_t tries; /* texts that a regex or a jq program was run on */
	uint64_t bytes; /* their lengths */
	uint64_t limited; /* of the tries, those that ran into a limit */
};

/*
 * The value of a group key in an entry ("service", "trace", "test", ...); NULL: it lacks it. A test
 * whose outcome is (still) unknown is no test, so ask for "test" after all sources are read.
 */
const char *entry_key(const struct entry *entry, const char *key);

#endif
