/* What the actions of "fivewhys rules" share; those of more than a few lines have their own file. */
#ifndef CMD_RULES_H
#define CMD_RULES_H

#include "cmd/request.h"
#include "match/match.h"

struct rules_request {
	struct request common; /* first, as it owns all; arguments: behind the action's name */
	bool json; /* --json */
	const char *test, *output; /* --test, --output: of suggest; NULL: not given */
	const char *since; /* --since: of stats */
};

/* Returns a status; -1: ERR tells. REQUEST owns what the action makes. */
typedef int rules_action(struct rules_request *request, struct err *err);

/* The cause that ID names; NULL and ERR_USAGE, with the id that may have been meant. */
const struct cause *rules_wanted(
	TALLOC_CTX *mem, const struct rules *rules, const char *id, struct err *err);

rules_action rules_explain, rules_suggest, rules_stats; /* each in its own file */

#endif
