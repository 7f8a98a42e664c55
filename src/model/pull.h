/* What was asked of a live source, and how far the answer was read. */
#ifndef MODEL_PULL_H
#define MODEL_PULL_H

#include "base/base.h"

/*
 * One stretch of time of one question, read page by page in the order of time. It is kept with
 * each page, so that reading can go on behind the last page that was kept.
 */
struct slice {
	int64_t id; /* row in the store, 0 before it is kept */
	int64_t from, to; /* entries of this stretch, TO not included; nanoseconds UTC */
	int64_t received; /* only what the service received since then; TIME_NONE: all */
	int64_t lower; /* where the question at hand begins: FROM, or later after a restart */
	unsigned page_size; /* entries a page, at most */
	char question[DIGEST_TEXT]; /* of the request that TOKEN goes with; "" without one */
	const char *token; /* of the page to come; NULL: the first one */
	int64_t token_time; /* when the service gave it; TIME_NONE without one */
	int64_t reached; /* the time of the last entry that was kept; TIME_NONE: none was */
	int64_t began; /* when reading began */
	uint64_t entries, requests; /* read so far, duplicates included; asked so far */
	bool done;
};

struct slices {
	struct slice **items; /* by row */
	size_t count;
};

#endif
