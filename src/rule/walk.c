/* What can be asked of a signature that was read. */
#include "rule/loader.h"

static void visit_all(const struct use *uses, size_t count,
	void (*visit)(void *context, const struct use *use), void *context)
{
	for (size_t i = 0; i < count; i++)
		visit(context, &uses[i]);
}

/* The nesting of the files bounds that of the signatures. */
void rule_walk_uses(const struct signature *signature,
	void (*visit)(void *context, const struct use *use), void *context)
{
	visit_all(signature->uses, signature->use_count, visit, context);
	visit_all(signature->expected, signature->expected_count, visit, context);
	visit_all(signature->until, signature->until_count, visit, context);
	visit_all(signature->unless, signature->unless_count, visit, context);
	for (size_t i = 0; i < signature->any_count; i++)
		rule_walk_uses(signature->any[i], visit, context);
}

const struct pattern *rule_walk_pattern(const struct rules *rules, const struct term *term)
{
	return rules->patterns[term->index];
}

/* In each entry that is wanted; of "any" only the weakest branch is mandatory. */
unsigned rule_walk_specificity(const struct rules *rules, const struct signature *signature)
{
	unsigned sum = 0;

	for (size_t i = 0; i < signature->use_count; i++)
		sum += rule_walk_pattern(rules, signature->uses[i].term)->specificity *
		       signature->uses[i].count;
	for (size_t i = 0; i < signature->any_count; i++) {
		unsigned branch = rule_walk_specificity(rules, signature->any[i]);

		if (i == 0 || branch < sum)
			sum = branch;
	}
	return sum;
}

bool rule_walk_has(const struct signature *signature, enum signature_kind kind)
{
	if (signature->kind == kind)
		return true;
	for (size_t i = 0; i < signature->any_count; i++)
		if (rule_walk_has(signature->any[i], kind))
			return true;
	return false;
}
