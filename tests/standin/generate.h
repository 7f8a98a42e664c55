/* Entries made up from a number: the same number, the same entries. */
#ifndef STANDIN_GENERATE_H
#define STANDIN_GENERATE_H

#include "standin/logs.h"

struct generate_plan {
	uint64_t seed;
	size_t count;
	int64_t start, step; /* nanoseconds */
	const char *project;
	bool without_proto; /* no protoPayload: clients that know its types refuse others */
	bool arrives; /* not to be seen before its receiveTimestamp */
};

/* splitmix64: the next number of STATE. Source: Steele, Lea, Flood, OOPSLA 2014. */
uint64_t generate_number(uint64_t *state);
/* Add the entries of PLAN to LOGS. */
int generate_entries(struct logs *logs, const struct generate_plan *plan, struct err *err);

#endif
