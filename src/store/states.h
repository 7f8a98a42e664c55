/* The states of an incident over runs: what a row of sightings says. No SQL. */
#ifndef STORE_STATES_H
#define STORE_STATES_H

#include "model/model.h"

/* What one run says of an incident. */
struct sighting {
	int64_t run;
	const char *commit; /* that was tested; NULL: not told */
	bool seen; /* the run has a chain of it */
	bool passed; /* not seen, and a test that it broke last passed */
	bool proven; /* not seen, and all tests that it broke last passed */
	bool resolved; /* after this run somebody said that it is fixed */
};

/*
 * What COUNT sightings, in the order of runs and the first of them seen, make of the incident:
 * new: seen for the first time by the last run that saw it. persisting: seen before, and never
 * fixed since. fixed: not seen, and proven; or somebody said so. regressed: seen again after that. flaky: seen, and a
 * test of it passed on the very commit on which it was seen. A run that neither saw it nor proves
 * anything changes nothing: it did not get that far. "Not reached" is what HISTORY says then: its
 * latest word is of an earlier run.
 */
void states_replay(const struct sighting *sightings, size_t count, struct history *out);

#endif
