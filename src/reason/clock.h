/* Clocks: by how much a transcript without a zone is behind UTC, seen from the log's requests. */
#ifndef REASON_CLOCK_H
#define REASON_CLOCK_H

#include "reason/requests.h"

struct clock {
	bool found;
	int64_t offset; /* seconds that the transcripts' clock is behind UTC */
	const char *note; /* what supports it, in words; NULL: there was nothing to compare */
};

/* Owned by MEM: the note. */
struct clock clock_find(TALLOC_CTX *mem, const struct requests *requests, const struct run *run);

#endif
