/* Statements: the texts of rules, filled in with what was bound. */
#ifndef REASON_STATEMENT_H
#define REASON_STATEMENT_H

#include "reason/draft.h"

/*
 * TEXT with the captures and keys of SPOT (its finding may be NULL: nothing is bound) and the
 * figures of WHY. A text that is no template is taken as it is. NULL stays NULL. Owned by MEM.
 */
const char *statement_fill(TALLOC_CTX *mem, const char *text, const struct spot *spot,
	const struct why *why, const struct unit *unit);

/* The "why" of CAUSE filled in, or its title where that would leave a hole. */
const char *statement_of(TALLOC_CTX *mem, const struct cause *cause, const struct spot *spot,
	const struct why *why, const struct unit *unit);

#endif
