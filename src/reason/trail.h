/* Trails: the ways down from one firing, best first. */
#ifndef REASON_TRAIL_H
#define REASON_TRAIL_H

#include <uthash.h>

#include "reason/link.h"

#define TRAIL_DEPTH_MAX 32 /* links of a chain; rules that need more are wrong */

struct trail {
	const struct occurrence *occurrence; /* where it begins: the key */
	struct spot spot;
	struct candidate *candidates; /* one for each edge and finding, best first */
	struct trail **below; /* of each candidate; NULL: not gone down, or a cycle */
	size_t count;
	size_t chosen; /* COUNT: none; it ends here */
	unsigned depth; /* observed links from here to the end */
	double product; /* of their scores */
	bool open; /* it is being walked: coming back to it is a cycle */
	UT_hash_handle hh;
};

/* All trails of one unit. */
struct trails {
	const struct graph *graph;
	const struct unit *unit;
	struct trail *known;
	size_t count;
};

/* Owned by MEM. */
struct trails *trail_set(TALLOC_CTX *mem, const struct graph *graph, const struct unit *unit);
/* The trail that begins at SPOT, with all below it. NULL: too deep, too many, or a cycle. */
struct trail *trail_from(struct trails *trails, const struct spot *spot, unsigned depth);
/* Does the trail, along its chosen way, come by CAUSE (at its beginning too)? */
bool trail_passes(const struct trail *trail, const struct cause *cause);

#endif
