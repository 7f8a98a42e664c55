/* The turns of "run": their numbers, and what each changed. */
#ifndef CMD_RUN_TURNS_H
#define CMD_RUN_TURNS_H

#include "cmd/run_turn.h"

struct run_turns;

/*
 * The newest turns that the history of TRIAGE has of this label, if it has any: what is run now goes
 * on from there. Owned by MEM. ERR_STORE.
 */
int run_turns_load(
	TALLOC_CTX *mem, const struct triage *triage, struct run_turns **out, struct err *err);
/* The iteration of the next turn: that of the option, else one more than the last has. */
unsigned run_turns_next(const struct run_turns *turns);
/* A turn is over: one line on stderr says what it changed, but under --quiet. */
void run_turns_add(struct run_turns *turns, const struct run_turn *turn);

#endif
