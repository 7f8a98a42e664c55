/* Literals that every match of a pattern contains. */
#include "rule/loader.h"

unsigned rule_literal_weight(const char *pattern, bool nocase)
{
	(void)pattern;
	(void)nocase;
	return 0;
}

size_t rule_literals(
	TALLOC_CTX *mem, const char *pattern, bool nocase, const char ***out, bool *folded)
{
	(void)mem;
	(void)pattern;
	(void)nocase;
	*out = NULL;
	*folded = false;
	return 0;
}
