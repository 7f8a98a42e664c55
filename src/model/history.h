/* What became of an incident over the runs of a history. */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "base/base.h"

/* Defined in store/states.h; "not reached" is what HISTORY says where a newer run told nothing. */
enum incident_state {
	STATE_NEW,
	STATE_PERSISTING,
	STATE_FIXED,
	STATE_REGRESSED,
	STATE_FLAKY,
	STATE_NOT_REACHED,
	STATE_COUNT,
};
/* Is NAME that of a state? */
bool incident_state_known(const char *name);
const char *incident_state_name(enum incident_state state); /* "new", ..., "not reached" */

struct history {
	enum incident_state state;
	int64_t first_run, last_run; /* that saw it; 0: none */
	int64_t since_run; /* the first that saw it after it was fixed, or at all */
	int64_t fixed_run; /* the last that proved it fixed; 0: none */
	int64_t reached_run; /* the last that saw it, or that its tests passed in */
	uint64_t occurrences; /* runs that saw it */
};

/* What somebody said of an incident. */
struct judgement {
	const char *kind; /* "confirm", "reject", "note", "resolve", "tolerate" */
	const char *author; /* whoever said it */
	int64_t time;
	const char *text; /* in words; NULL: none */
	const char *owner; /* who answers for it, where it is tolerated; else NULL */
	int64_t until; /* how long it is tolerated; else TIME_NONE */
};

#endif
