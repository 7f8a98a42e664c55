/* The uses of terms in a signature. */
#include "match/uses.h"

static void each(
	const struct use *uses, size_t count, enum role role, uses_visit *visit, void *context)
{
	for (size_t i = 0; i < count; i++)
		visit(context, &uses[i], role);
}

void uses_each(const struct signature *signature, uses_visit *visit, void *context)
{
	each(signature->uses, signature->use_count, ROLE_POSITIVE, visit, context);
	each(signature->expected, signature->expected_count, ROLE_EXPECTED, visit, context);
	each(signature->until, signature->until_count, ROLE_UNTIL, visit, context);
	each(signature->unless, signature->unless_count, ROLE_UNLESS, visit, context);
	for (size_t i = 0; i < signature->not_count; i++)
		visit(context, &signature->nots[i].use, ROLE_NOT);
	for (size_t i = 0; i < signature->any_count; i++)
		uses_each(signature->any[i], visit, context);
}
