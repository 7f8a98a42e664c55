/* Which line of a failed step tells why it failed. */
#ifndef REASON_CULPRIT_H
#define REASON_CULPRIT_H

#include "model/model.h"

/*
 * How well a line tells it. Nobody's word is taken for more than it says: a line that merely has
 * the words of a failure counts where nothing better is told, or where it stands beside that.
 */
enum culprit_rank {
	CULPRIT_NONE,
	CULPRIT_WHERE, /* only where an error is, which is told beside it */
	CULPRIT_PASSED_ON, /* it says that something failed, and not what: "exit code 1" */
	CULPRIT_HINT, /* words of a failure, in no form that is known */
	CULPRIT_SAID, /* an error in words: "Error: ...", "fatal: ..." */
	CULPRIT_TOOL, /* in the form in which a tool tells that it gives up */
	CULPRIT_PLACE, /* with the place, or the thing, that is wrong */
};

/* signs: the forms in which tools tell errors. */
struct culprit_signs;
struct culprit_signs *culprit_signs_new(TALLOC_CTX *mem);
struct culprit_look {
	enum culprit_rank rank;
	enum culprit_rank next; /* at least, of the line that follows: this one is its heading */
	bool known; /* a sign decided; an unknown line may be what a heading is of */
};
/* BELOW_HEADING: what is no error is to be told from what no sign knows. */
struct culprit_look culprit_look(
	struct culprit_signs *signs, const struct entry *entry, bool below_heading);

/* Lines of steps as they go by, in bounded memory. */
struct culprits;
struct culprits *culprits_new(TALLOC_CTX *mem);
/* Is ENTRY to be kept, in case its step fails? */
bool culprits_want(struct culprits *culprits, const struct entry *entry);
void culprits_observe(struct culprits *culprits, const struct entry *entry);

/* Steps of which nothing is known any more, as there were too many. */
uint64_t culprits_forgotten(const struct culprits *culprits);

#define CULPRIT_LINES 6
/* What was found for one step: copies, the most telling one first; none where COUNT is 0. */
struct culprit {
	const struct entry *lines[CULPRIT_LINES];
	size_t count;
	size_t told; /* of these, how many tell an error; the others are what the step ended with */
	enum culprit_rank rank; /* of the first; at most CULPRIT_HINT where none has a known form */
};
struct culprit culprits_of(const struct culprits *culprits, const struct test *step);
/* What the line I is shown for. */
const char *culprit_role(const struct culprit *culprit, size_t i);

#endif
