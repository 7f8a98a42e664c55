/* Inputs that make a regex run long: what it repeats, repeated. */
#ifndef RULE_PUMP_H
#define RULE_PUMP_H

#include "base/base.h"

#include "model/model.h"

#define RULE_PUMP_LINE 1024 /* repeated bytes: a line that every log has */

/* An input on which a regex runs out of its match limit or of its steps. */
struct rule_pumped {
	char *text; /* in words; NULL: none was found */
	size_t length; /* bytes */
	size_t repeated; /* of these, the bytes of what is repeated */
};

/*
 * For the regex of TERM: one of at most RULE_PUMP_LINE, else the shortest that was found, up to
 * 1 MiB. *OUT is owned by MEM. What grows with its input alone runs out of nothing: see
 * rule_steps_limit.
 */
void rule_pump(TALLOC_CTX *mem, const struct term *term, struct rule_pumped *out);

#endif
