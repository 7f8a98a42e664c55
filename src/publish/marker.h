/* Inside the room: the hidden line by which a comment of ours is known again. */
#ifndef PUBLISH_MARKER_H
#define PUBLISH_MARKER_H

#include "base/base.h"

struct marker {
	const char *key; /* what the comment is about, escaped as marker_key does */
	uint64_t run, attempt; /* of the build that wrote it; 0: not told */
	const char *job; /* which one of the build, as struct build has it; NULL: not told */
	bool resolved; /* nothing fails any more */
};

/*
 * A key of SCOPE ("owner/name/workflow") and NAME (NULL: none): letters, digits and "-._/", all
 * else as "%20", so that no name of a workflow ends the comment or looks like another. Owned by MEM.
 */
char *marker_key(TALLOC_CTX *mem, const char *scope, const char *name);
/* "<!-- fivewhys:v1 key=owner/name/tests run=42.1 job=0a1b2c3d -->"; owned by MEM. */
char *marker_write(TALLOC_CTX *mem, const struct marker *marker);
/*
 * The marker at the very beginning of BODY, which anybody may have written; words that it does not
 * know are passed over. *OUT is owned by MEM. False: there is none.
 */
bool marker_read(TALLOC_CTX *mem, const char *body, struct marker *out);
/* Less than, equal to or greater than 0, as LEFT was written by an older build than RIGHT. */
int marker_compare(const struct marker *left, const struct marker *right);
/* Whether both were written by the same job of the same build, as far as that is told. */
bool marker_is_same_job(const struct marker *left, const struct marker *right);

#endif
