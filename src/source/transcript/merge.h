/* Which sources are one test run, and which of their tests are one test. */
#ifndef SOURCE_TRANSCRIPT_MERGE_H
#define SOURCE_TRANSCRIPT_MERGE_H

#include "source/transcript/transcript.h"

/* Sources that tell of the same run. */
struct merge_group {
	struct source_info **sources; /* the one that is trusted most first */
	size_t source_count, test_count;
	struct test *only; /* its test, where it has one */
	size_t matches; /* of the source that is looked at */
};

/* How far FORMAT is to be trusted: 0 most, 9 for summaries that were generated from results. */
unsigned merge_rank(const char *format);

/* Group the transcripts of RUN and link their tests (same_as). Owned by MEM. */
struct merge_group **merge_groups(TALLOC_CTX *mem, struct run *run, size_t *count);
/* Sum up RUN's counts from its groups; where sources disagree both figures become a note. */
void merge_counts(TALLOC_CTX *mem, struct run *run, struct merge_group **groups, size_t count);

#endif
