/* Term hits: what stage 1 leaves for stage 2, in bounded memory. */
#ifndef MATCH_HITS_H
#define MATCH_HITS_H

#include "match/pattern.h"

#define HITS_PER_TERM 20000 /* kept of one term, at most */
#define HITS_BYTES (16U << 20) /* of all copies of entries together */

/* A source as stage 1 sees it go by. */
struct stream {
	const struct source_info *source;
	uint64_t first_order, last_order; /* of its entries */
	int64_t clock; /* the time of its last timed entry, else TIME_NONE */
	int64_t newest; /* the latest time, TIME_NONE: no times */
	uint64_t rising, falling; /* steps of time between entries, forth and back */
	bool late; /* the entry at hand is older than one before it */
};

/* A copy of an entry, shared by the hits of several terms on it. */
struct kept;

struct hit {
	const struct entry *entry; /* the copy */
	const struct term *term;
	const struct stream *stream;
	const struct pattern *pattern;
	bool late; /* its entry is older than one that was read before */
	int64_t clock; /* its time, or that of the timed entry before it; TIME_NONE: neither */
	struct span whole; /* what matched */
	const struct span *groups; /* in the order of pattern->names; NULL: there are none */
	struct kept *kept;
};

struct hits;
struct hits *hits_new(TALLOC_CTX *mem, size_t terms);

/* Keep a hit of HIT->term on ENTRY: the copy is made at the first hit on it since hits_begin. */
void hits_begin(struct hits *hits);
void hits_add(struct hits *hits, const struct entry *entry, const struct hit *hit);
/* Take back all since the last hits_begin. */
void hits_forget(struct hits *hits);
/* The copy that was made since the last hits_begin, if any, gets an id. */
void hits_name(struct hits *hits, int64_t id);
/* Take back everything. */
void hits_clear(struct hits *hits);

/*
 * The kept hits of a term, in no order; *TOTAL (may be NULL) counts those that were not kept too.
 * Where there are too many, the first and the last in time are kept.
 */
const struct hit *hits_of(const struct hits *hits, size_t term, size_t *count, uint64_t *total);
/* In the order in which stage 2 wants hits: by time, then as their sources have them. */
int hits_compare(const struct hit *left, const struct hit *right);

#endif
