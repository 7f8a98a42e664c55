/* The uses of terms in a signature, and what part each plays. */
#ifndef MATCH_USES_H
#define MATCH_USES_H

#include "rule/rule.h"

enum role {
	ROLE_POSITIVE, /* it must be seen; of an absence: "after" */
	ROLE_EXPECTED, /* of an absence: what may be missing */
	ROLE_UNTIL,
	ROLE_UNLESS,
	ROLE_NOT,
};

typedef void uses_visit(void *context, const struct use *use, enum role role);

/* Call VISIT with every use of SIGNATURE and of those below it. */
void uses_each(const struct signature *signature, uses_visit *visit, void *context);

#endif
