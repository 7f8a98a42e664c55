/* match: every hit is a firing. */
#include "match/evaluate.h"

void match_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	if (signature->not_count > 0 || signature->uses[0].count > 1) {
		all_evaluate(mem, signature, scope, out);
		return;
	}
	for (size_t i = 0; i < scope->count; i++)
		if (evaluate_is(&scope->events[i], &signature->uses[0])) {
			struct part part = { &scope->events[i], &signature->uses[0] };

			evaluate_fire(mem, out, &part, 1);
		}
}
