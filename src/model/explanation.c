/* The words for explanations. */
#include "model/explanation.h"

const char *explanation_verdict(const struct explanation *explanation)
{
	if (explanation->fired > 0)
		return "fired";
	return explanation->inconclusive > 0 ? "inconclusive" : "not fired";
}

const char *explanation_state_name(enum clause_state state)
{
	static const char *const names[] = { [CLAUSE_HOLDS] = "holds",
		[CLAUSE_FAILS] = "fails",
		[CLAUSE_OPEN] = "open",
		[CLAUSE_TOLD] = "told" };

	return names[state];
}
