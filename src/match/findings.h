/* Stage 2, behind the signatures: firings to findings. */
#ifndef MATCH_FINDINGS_H
#define MATCH_FINDINGS_H

#include "match/gather.h"

#define FINDINGS_OCCURRENCES 1000 /* kept of one finding: the first and the last ones */
#define FINDINGS_ENTRIES 12 /* kept of one occurrence: the first and the last ones */

/* The finding of CAUSE in GROUP, owned by MEM; NULL where FIRINGS is empty. */
struct finding *findings_make(TALLOC_CTX *mem, const struct cause *cause, const struct group *group,
	const struct firings *firings);
/* Sort by first time, order, cause id. */
void findings_sort(struct findings *findings);

#endif
