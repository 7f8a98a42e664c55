/* Inside the room: what runs say of incidents, kept true while runs are kept. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/saving.h"

/*
 * Around the saving of a run, whose rows may replace older ones: the incidents that it had are
 * noted before these go; afterwards those, the ones that it has now, and those that it may prove
 * fixed get their new states, and the run's own incidents theirs as of this run.
 */
int history_note(struct saving *saving, struct err *err);
int history_update(struct saving *saving, struct diagnosis *diagnosis, struct err *err);
/* All incidents: after a migration. */
int history_refresh(struct store *store, struct err *err);
/* What the logs of the run say of each service. */
int history_save_services(struct saving *saving, const struct run *run, struct err *err);

#endif
