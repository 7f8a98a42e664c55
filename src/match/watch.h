/* What stage 1 tells of one cause while entries go by: who was kept out, who came near. */
#ifndef MATCH_WATCH_H
#define MATCH_WATCH_H

#include "match/condition.h"
#include "match/hits.h"

#define WATCH_NEAR 3 /* lines kept of a term that never hit */

struct watch;

/* Entries that a term matched and a condition excluded. */
struct watch_exclusion {
	const struct term *term;
	const struct condition *condition;
	uint64_t count;
	const struct entry *entry; /* the first one, its text cut */
	const char *found; /* what it has where the condition looks; NULL: nothing */
	bool touched; /* by the entry at hand */
};

/* A line that shares a run of bytes with a literal of a term. */
struct watch_near {
	const struct entry *entry; /* its text is cut to what stands around the run */
	const char *shared;
	size_t score, wanted; /* bytes shared, and bytes of the literal */
};

/* For CAUSE of RULES; owned by MEM. */
struct watch *watch_new(TALLOC_CTX *mem, const struct rules *rules, const struct cause *cause);
/* Another entry is looked at. */
void watch_begin(struct watch *watch);
/* It was, and HITS has what hit it. */
void watch_entry(struct watch *watch, const struct hits *hits, const struct entry *entry);
/* TERM matched the entry, and CONDITION keeps it out. */
void watch_excluded(struct watch *watch, const struct term *term, const struct condition *condition,
	struct document *document);
/* The last entry is taken back. */
void watch_forget(struct watch *watch);

/* The exclusion of TERM by CONDITION; NULL: there was none. */
const struct watch_exclusion *watch_exclusion_of(
	const struct watch *watch, const struct term *term, const struct condition *condition);
/* The nearest lines for a term that never hit, best first, at most WATCH_NEAR; how many. */
size_t watch_near_of(
	const struct watch *watch, const struct term *term, const struct watch_near **out);

#endif
