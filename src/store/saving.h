/* Inside the room: what the parts of saving a diagnosis share. */
#ifndef STORE_SAVING_H
#define STORE_SAVING_H

#include "store/sql.h"

struct saving {
	struct store *store;
	int64_t run_id;
	int64_t incident_id; /* of the chain that is being kept */
	const struct findings *findings;
	bool *quoted; /* by number: this evidence has its row; a talloc array */
};

/* saving.c: the row of a cause, and of a test by its name; NULL: null. 0 or -1. */
int saving_cause(
	struct saving *saving, const struct cause *cause, struct sql_value *out, struct err *err);
int saving_test(struct saving *saving, const char *name, struct sql_value *out, struct err *err);
/* The row of an entry, added where the caller did not keep it. Its source must have been kept. */
int saving_entry(
	struct saving *saving, const struct entry *entry, struct sql_value *out, struct err *err);

/* findings.c: all findings with their keys and term hits. */
int findings_save(struct saving *saving, struct err *err);
/* The number of FINDING in its run; NULL where it is none of the run's findings. */
struct sql_value findings_number(const struct saving *saving, const struct finding *finding);
/* One piece of evidence, where its number was not kept yet. */
int findings_quote(struct saving *saving, const struct evidence *evidence, struct err *err);

/* chains.c: the incidents, each with the chain that this run has of it; history.c sets their states. */
int chains_save(struct saving *saving, struct diagnosis *diagnosis, struct err *err);
/* unexplained.c: failures without a chain, and errors without a finding. */
int unexplained_save(struct saving *saving, const struct diagnosis *diagnosis, struct err *err);
/* tuning.c: error patterns that no rule knows, and what the rules cost. */
int tuning_save(struct saving *saving, const struct diagnosis *diagnosis, struct err *err);

#endif
