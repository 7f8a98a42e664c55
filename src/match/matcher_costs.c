/* What the patterns of each cause cost. */
#include "match/matcher.h"

size_t matcher_costs(TALLOC_CTX *mem, const struct matcher *matcher, struct cost **out)
{
	size_t total = rules_cause_count(matcher->rules), count = 0;
	struct cost *costs = mem_array(mem, struct cost, total + 1);

	for (size_t i = 0; i < matcher->term_count; i++) {
		const struct pattern *pattern = &matcher->patterns[i];
		struct cost *cost;

		/* terms that only an "expects" uses are no cause's */
		if (matcher->owners[i] == NULL || pattern->tries == 0)
			continue;
		cost = &costs[matcher->owners[i]->index];
		cost->cause = matcher->owners[i];
		cost->tries += pattern->tries;
		cost->bytes += pattern->bytes;
		cost->limited += pattern->limited;
	}
	for (size_t i = 0; i < total; i++)
		if (costs[i].cause != NULL)
			costs[count++] = costs[i];
	*out = costs;
	return count;
}
