/* One turn of "run": the command, its transcript, and what triage makes of them. */
#ifndef CMD_RUN_TURN_H
#define CMD_RUN_TURN_H

#include "cmd/child.h"
#include "cmd/triage.h"

struct run_plan {
	struct triage *triage;
	const struct rules *rules;
	char *const *command; /* NULL-terminated */
	const char **logs; /* what it writes besides its output; NULL-terminated, or NULL */
	size_t log_count;
	const char *keep; /* where the transcript stays; NULL: nowhere */
	const char *folder; /* private, where it is meanwhile; NULL: not made yet */
};

struct run_turn {
	struct child_end end;
	struct analysis *analysis; /* NULL: there was nothing to analyse, or it failed */
	bool failed; /* the command did, or a test of its transcript */
	bool withheld; /* a canary was found: nothing was written */
};

/*
 * Run the command to its end and triage it as the turn ITERATION; *OUT is good as long as the plan.
 * -1: the command could not be started (out->end.status is what a shell would give), or there is no
 * room for its transcript (126). What goes wrong behind it is told on stderr, and fails nothing.
 */
int run_turn(struct run_plan *plan, unsigned iteration, struct run_turn *out, struct err *err);

#endif
