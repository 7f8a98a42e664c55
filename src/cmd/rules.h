/* What the actions of "fivewhys rules" share; those of more than a few lines have their own file. */
#ifndef CMD_RULES_H
#define CMD_RULES_H

#include "cmd/setup.h"
#include "match/match.h"
#include "store/store.h"

struct rules_request {
	struct settings *settings;
	char **arguments; /* behind the name of the action, NULL-terminated */
	bool json; /* --json */
	const char *test, *output; /* --test, --output: of suggest; NULL: not given */
	const char *since, *label; /* --since, --label: of stats */
	bool done; /* help was printed; nothing is left to do */
};

/* Returns a status; -1: ERR tells. REQUEST owns what the action makes. */
typedef int rules_action(struct rules_request *request, struct err *err);

/* The cause that ID names; NULL and ERR_USAGE, with the id that may have been meant. */
const struct cause *rules_wanted(
	TALLOC_CTX *mem, const struct rules *rules, const char *id, struct err *err);

/* The history that the settings name, to be read. ERR_NOT_FOUND where there is none. */
int rules_history(struct rules_request *request, struct store **out, struct err *err);

rules_action rules_explain, rules_suggest, rules_stats; /* each in its own file */

#endif
