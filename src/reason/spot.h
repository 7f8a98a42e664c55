/* A spot: one firing of one finding, with its times on the common clock. */
#ifndef REASON_SPOT_H
#define REASON_SPOT_H

#include "model/model.h"

struct spot {
	const struct finding *finding; /* NULL: no spot */
	const struct occurrence *occurrence;
	size_t index; /* of the finding */
	int64_t first, last; /* TIME_NONE: it has none */
	bool own; /* it is of the test in question, not of no test */
};

struct spots {
	struct spot *items;
	size_t count;
};

void spot_add(TALLOC_CTX *mem, struct spots *spots, const struct spot *spot);
/* Untimed ones first, then by time, then by order of reading. */
void spot_sort(struct spots *spots);
/* The first that is timed. */
size_t spot_first_timed(const struct spots *spots);
/* The first whose time is later than TIME. */
size_t spot_after(const struct spots *spots, int64_t time);
/* The first entry's source; NULL where it is not known. */
const struct source_info *spot_source(const struct spot *spot);
bool spot_of_log(const struct spot *spot);

#endif
