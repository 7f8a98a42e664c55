/* Inside the room: what later runs say of the actions of an incident. */
#ifndef STORE_CRITERIA_H
#define STORE_CRITERIA_H

#include "store/store.h"

/*
 * Set state, proven and done_run of the actions that CHAIN of RUN has, by all runs behind it. The runs
 * that a criterion asks for follow each other among those that can tell; one of which the contrary
 * is true begins the count anew. A run that cannot tell counts for nothing.
 */
int criteria_judge(struct store *store, const struct run *run, size_t chain,
	struct incident *incident, struct err *err);

#endif
