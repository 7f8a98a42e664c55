/* What is suspicious in a set that loads. */
#include "rule/loader.h"

void rule_lint(const struct rules *rules, struct rule_list *problems)
{
	(void)rules;
	(void)problems;
}
