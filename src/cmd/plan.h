/* What to read of a live source, given what was read of it before. */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include "model/model.h"

#define PLAN_LAG (30 * WHEN_SECOND) /* entries need so long before all of them can be found */
#define PLAN_OVERLAP (600 * WHEN_SECOND) /* that is read again before what is new */
#define PLAN_RECEIVED (300 * WHEN_SECOND) /* by which clocks may differ, and receipts be late */
#define PLAN_LATE (24 * 3600 * WHEN_SECOND) /* before what is new: entries that came late */

struct plan_wish {
	int64_t from, to; /* nanoseconds; FROM is TIME_NONE with RESUME alone */
	bool resume; /* go on with all that was begun, and then to TO */
};

struct plan {
	struct slice **unfinished; /* of KNOWN: go on with these first */
	size_t unfinished_count;
	struct slice news[2]; /* then these: what is new; what came late of what is known */
	size_t new_count;
};

/*
 * KNOWN is what was read for the same question. TO lies PLAN_LAG before now at the latest. New
 * slices have from, to and received only. ERR_EMPTY where there is nothing to resume. Owned by MEM.
 */
int plan_make(TALLOC_CTX *mem, const struct slices *known, const struct plan_wish *wish,
	struct plan *out, struct err *err);

#endif
