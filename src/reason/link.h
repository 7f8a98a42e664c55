/* Links: how well one firing explains another, along an edge. */
#ifndef REASON_LINK_H
#define REASON_LINK_H

#include "reason/graph.h"

#define LINK_VIA_MAX 4 /* causes without a signature that an observed link may pass through */

struct candidate {
	const struct edge *edge; /* the last one */
	const struct edge *via[LINK_VIA_MAX]; /* implied edges passed before it */
	size_t via_count;
	struct spot spot;
	struct link link;
	bool counts_agree; /* as many refusals in the log as tests that were refused */
	bool key_missing; /* one side lacks a key */
	bool weak; /* a test and a log are joined by time alone */
	bool coarse; /* its order could not be seen */
	const char *unseen; /* what its cause expects and was not seen: it is ruled out */
};

/* May the finding INDEX explain EFFECT at all, by the keys and the times of all its firings? */
bool link_may(const struct graph *graph, const struct spot *effect, const struct edge *edge,
	size_t index);
/*
 * The best firing of the finding INDEX as the reason for EFFECT along EDGE, for UNIT. False where
 * there is none.
 */
bool link_find(const struct graph *graph, const struct unit *unit, const struct spot *effect,
	const struct edge *edge, size_t index, struct candidate *out);
/* A better than B: by score, then the earlier one, then by id. */
bool link_better(const struct candidate *a, const struct candidate *b);
/* Fill in the words: keys that agreed and that were missing. Owned by MEM. */
void link_describe(TALLOC_CTX *mem, const struct unit *unit, const struct spot *effect,
	struct candidate *candidate);

#endif
