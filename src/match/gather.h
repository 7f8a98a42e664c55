/* Stage 2, before the signatures: the hits of a cause, sorted and parted into groups. */
#ifndef MATCH_GATHER_H
#define MATCH_GATHER_H

#include "match/evaluate.h"

/* The events that agree in all keys of group_by. */
struct group {
	struct binding *keys;
	size_t key_count;
	struct event *events; /* sorted */
	size_t count;
};

struct groups {
	struct group **items; /* by their first event */
	size_t count;
	size_t doubled; /* events left out because another source shows more of their test */
	size_t lacking; /* events left out because they lack a key */
	const char *lacks; /* the key that the first of them lacks */
};

/* What becomes of a hit before it is looked at with others. */
enum fate {
	FATE_TAKEN,
	FATE_UNMET, /* a condition on its test does not hold */
	FATE_DROPPED, /* by CRE's clock */
};
/* *UNMET is the condition, else NULL. */
enum fate gather_fate(
	const struct cause *cause, const struct hit *hit, const struct condition **unmet);
/* The first key of "group_by" that HIT lacks; NULL: none. */
const char *gather_lacks(const struct cause *cause, const struct hit *hit);

/* Of the kept hits of CAUSE's terms; all is owned by MEM. */
void gather_groups(
	TALLOC_CTX *mem, const struct cause *cause, const struct hits *hits, struct groups *out);
/* Has every term that CAUSE cannot fire without at least one hit? */
bool gather_is_possible(const struct signature *signature, const struct hits *hits);

#endif
