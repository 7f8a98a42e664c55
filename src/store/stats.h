/* Part of store.h: figures over the history, each from one view of the schema. */
#ifndef STORE_STATS_H
#define STORE_STATS_H

#include "store/incidents.h"

struct store_week {
	const char *monday; /* "2026-04-27"; weeks without any are left out */
	uint64_t occurrences, incidents; /* runs that saw an incident; different ones */
};
struct store_top {
	const char *cause, *title; /* its id */
	uint64_t occurrences, incidents, open;
	int64_t last; /* TIME_NONE: no times */
};
struct store_precision {
	const char *verdict; /* of the last run that saw the incident */
	uint64_t incidents, confirmed, rejected; /* by the newest of these words */
};
struct store_stats {
	uint64_t occurrences, incidents, open, runs; /* RUNS: that saw any */
	uint64_t fixes; /* incidents that are fixed now */
	int64_t median; /* nanoseconds from when each was first seen, since its last fix, to the
	                   run that proved it fixed; TIME_NONE: no fix */
	struct store_week *weeks; /* by date */
	size_t week_count;
	struct store_top *causes; /* most occurrences first, ten at most */
	size_t cause_count;
	struct store_precision *verdicts; /* best first */
	size_t verdict_count;
};

/*
 * Over the sightings, fixes and words of incidents that fit FILTER; SINCE is about each of these, by
 * the last entry of its run. LIMIT and what is before a page are not used. *OUT is owned by MEM. ERR_STORE.
 */
int store_stats(TALLOC_CTX *mem, struct store *store, const struct store_incident_filter *filter,
	struct store_stats **out, struct err *err);
/* The SQL behind all of it: the views, as the database has them, and the queries, filled in. */
int store_stats_sql(TALLOC_CTX *mem, struct store *store,
	const struct store_incident_filter *filter, char **out, struct err *err);

#endif
