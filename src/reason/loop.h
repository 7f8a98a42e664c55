/* Part of reason.h: a loop of fixing and testing, turn by turn. */
#ifndef REASON_LOOP_H
#define REASON_LOOP_H

#include "model/model.h"

#define LOOP_WINDOW 3 /* turns that a tendency is read from; as many of one cause are stuck */

/* Of these the first that holds; fivewhys(1), "progress", says the same in words. */
enum loop_status {
	LOOP_GREEN, /* the last turn has no failing test */
	LOOP_FIRST, /* there is one turn only */
	LOOP_OSCILLATING, /* what fails now had failed and then passed within these turns */
	LOOP_STUCK, /* one cause on top for LOOP_WINDOW turns or more, and no fewer tests fail */
	LOOP_CONVERGING, /* over the window fewer tests fail, or a chain goes deeper */
	LOOP_WORSE, /* over the window more tests fail */
	LOOP_UNCHANGED,
	LOOP_STATUS_COUNT,
};
const char *loop_status_name(enum loop_status status); /* "green", "converging", ... */

struct loop {
	enum loop_status status;
	const struct cause *cause; /* on top of the last turn; NULL: none */
	size_t same_cause; /* turns in a row, the last among them, that have it on top */
	const char *back; /* the test, or the cause, that is back; of LOOP_OSCILLATING */
	uint64_t failing, before; /* tests, in the last turn and in the first of the window */
	int64_t since; /* the run of the first of the window */
};

/* TURNS are whole, in order, at least one. *OUT refers to them. */
void loop_judge(struct diagnosis *const *turns, size_t count, struct loop *out);
/* The end of a chain: its root, else its symptom; NULL: neither. */
const struct cause *loop_end(const struct incident *incident);
/* What most tests fail for: the end of the first incident; NULL: there is none. */
const struct cause *loop_top(const struct diagnosis *turn);
uint64_t loop_failing(const struct run *run); /* tests that failed, in their set-up too */
bool loop_is_green(const struct diagnosis *turn);
/* Of the test of this name; OUTCOME_NONE: the run does not tell of it. */
enum outcome loop_outcome(const struct run *run, const char *test);

/* What became of an incident that the last turn does not have. */
enum loop_fate {
	LOOP_FIXED, /* a later turn proves it, as of compare_runs */
	LOOP_REPLACED, /* a later turn has a chain that goes on below it, or ends above it */
	LOOP_NOT_REACHED, /* no later turn proves anything */
};
struct loop_past {
	enum loop_fate fate;
	const struct diagnosis *then; /* the last turn that saw it */
	const struct incident *incident; /* as it was there */
	const struct diagnosis *now; /* the turn that proves or replaces it; else NULL */
	const struct incident *other; /* what replaced it, or its tests fail for now; else NULL */
};
/* In the order last seen. Owned by MEM; refers to TURNS. */
struct loop_past *loop_past(
	TALLOC_CTX *mem, struct diagnosis *const *turns, size_t count, size_t *out);

/* How a service is, by the last turn whose logs have it. */
enum loop_health {
	LOOP_HEALTHY, /* its newest answer was below 500, and no error came behind it */
	LOOP_QUIET, /* no answer and no error */
	LOOP_ERRORS, /* errors, behind its newest answer or without any */
	LOOP_FAILING, /* its newest answer was 500 or above */
	LOOP_NOT_SEEN, /* the last turn has no entry of it */
	LOOP_HEALTH_COUNT,
};
const char *loop_health_name(enum loop_health health); /* "healthy", ... */
struct loop_service {
	enum loop_health health;
	const struct service *service; /* as of TOLD */
	const struct run *told; /* the last turn that has it */
	const struct run *since; /* the first of those up to now in which it is so */
};
enum loop_health loop_health_of(const struct service *service);
/* By name. Owned by MEM; refers to TURNS. */
struct loop_service *loop_services(
	TALLOC_CTX *mem, struct diagnosis *const *turns, size_t count, size_t *out);

#endif
