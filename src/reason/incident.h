/* Incidents: drafts that tell of one thing, told once. */
#ifndef REASON_INCIDENT_H
#define REASON_INCIDENT_H

#include "reason/draft.h"
#include "reason/evidence.h"

/* Drafts with one end. */
struct incident_group {
	const struct draft *lead; /* the best of them */
	const struct draft **drafts; /* the primary chain of each unit */
	size_t count;
	const struct finding **contributing;
	size_t contributing_count;
	struct incident *incident;
};

struct incident_groups {
	struct incident_group **items;
	size_t count;
};

/* Put DRAFT to the group of its end. OTHERS are further drafts of its unit. */
void incident_add(TALLOC_CTX *mem, struct incident_groups *groups, const struct draft *draft,
	struct draft *const *others, size_t other_count);
/* Leave out groups whose causes, or whose lines, a longer chain tells of already. */
void incident_drop_told(TALLOC_CTX *mem, struct incident_groups *groups);
/* Make DIAGNOSIS's incidents of the groups, in the order of the report. */
void incident_make(struct diagnosis *diagnosis, const struct graph *graph,
	struct incident_groups *groups, struct evidence_book *book);

#endif
