/* Runs and incidents in few words, for tests of what compares runs. */
#ifndef UNIT_TURN_WORLD_H
#define UNIT_TURN_WORLD_H

#include "reason/reason.h"

/* A run whose tests are told as "name=outcome" words: "a=passed b=failed". */
struct diagnosis *turn_world_run(TALLOC_CTX *mem, const char *tests);
/* An incident with the chain CAUSES, the last of which is its root, that broke TEST. */
struct incident *turn_world_break(
	struct diagnosis *diagnosis, const char *test, const char *causes);

#endif
