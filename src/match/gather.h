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
	size_t lacking; /* events left out because they lack a key */
	const char *lacks; /* the key that the first of them lacks */
};

/* Of the kept hits of CAUSE's terms; all is owned by MEM. */
void gather_groups(
	TALLOC_CTX *mem, const struct cause *cause, const struct hits *hits, struct groups *out);
/* Has every term that CAUSE cannot fire without at least one hit? */
bool gather_is_possible(const struct signature *signature, const struct hits *hits);

#endif
