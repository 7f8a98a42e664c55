/* Inside culprit: what is remembered of each step, in bounded memory. */
#ifndef REASON_CULPRIT_KEPT_H
#define REASON_CULPRIT_KEPT_H

#include <uthash.h>

#include "reason/culprit_signs.h"

#define CULPRIT_FIRST 4 /* lines of each rank that are kept from the beginning of a step */
#define CULPRIT_RECENT 24 /* at most, of a kind, from its end */
#define CULPRIT_LEAD 3 /* entries beside a line in which more of it is told */
#define CULPRIT_BLOCK 20 /* entries between two lines that tell one thing */

struct culprit_line {
	const struct entry *entry; /* a copy; NULL: there is none */
	enum culprit_rank rank;
};

/* The newest lines. */
struct culprit_ring {
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count, size; /* COUNT: of all that were pushed */
};

struct culprit_step {
	const struct test *step;
	struct culprit_line first[CULPRIT_PLACE + 1][CULPRIT_FIRST];
	size_t first_count[CULPRIT_PLACE + 1];
	struct culprit_ring recent; /* errors */
	struct culprit_ring passed_on;
	struct culprit_ring hints; /* with the words of a failure */
	struct culprit_ring rest; /* the same, behind the first line with a place */
	struct culprit_ring tail; /* no errors at all */
	struct culprit_ring where; /* where errors are */
	struct culprit_line place; /* the same, of the first line with a place */
	enum culprit_rank promised; /* to the next line, by its heading */
	UT_hash_handle hh;
};

struct culprits {
	struct culprit_signs *signs;
	struct culprit_step *steps;
	size_t bytes; /* of all texts kept */
	uint64_t forgotten; /* steps */
	uint64_t order; /* of the entry that was looked at last, and its rank */
	enum culprit_rank rank;
};

/* What is kept of STEP; NULL: nothing. */
struct culprit_step *culprit_kept(const struct culprits *culprits, const struct test *step);
/* The same, made where there is nothing; the oldest step may be forgotten for it. */
struct culprit_step *culprit_kept_of(struct culprits *culprits, const struct test *step);
/* Keeps a copy of ENTRY, cut, in the step: among its newest lines of that rank and its first ones. */
void culprit_kept_add(struct culprits *culprits, struct culprit_step *step,
	const struct entry *entry, enum culprit_rank rank);
/* The lines of RING from the oldest; returns how many. */
size_t culprit_kept_lines(const struct culprit_ring *ring, struct culprit_line out[CULPRIT_RECENT]);
/* Which of its lines are told; OF may be NULL, of which there are none. */
struct culprit culprit_choice_of(const struct culprit_step *of);

#endif
