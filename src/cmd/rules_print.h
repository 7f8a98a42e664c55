/* Rules and the results of their examples, as tables and as JSON. */
#ifndef CMD_RULES_PRINT_H
#define CMD_RULES_PRINT_H

#include "match/match.h"

void rules_print_list(const struct rules *rules, bool json, FILE *out);
void rules_print_cause(const struct cause *cause, bool json, FILE *out);
void rules_print_results(
	const struct rules *rules, const struct example_results *results, bool json, FILE *out);

#endif
