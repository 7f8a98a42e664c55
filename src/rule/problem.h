/* Faults of rule files, collected. */
#ifndef RULE_PROBLEM_H
#define RULE_PROBLEM_H

#include "rule/rule.h"

/* A growing list of problems; MEM owns the texts. */
struct rule_list {
	TALLOC_CTX *mem;
	struct rule_problem *items;
	size_t count, errors;
};

void rule_error(struct rule_list *list, struct place place, const char *format, ...)
	PRINTF_LIKE(3, 4);
void rule_warning(struct rule_list *list, struct place place, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* All of FROM to the end of LIST. */
void rule_problem_move(struct rule_list *list, struct rule_list *from);

/* Into the order of FILES (by address), lines and columns; equal ones stay in their order. */
void rule_problem_sort(
	struct rule_problem *items, size_t count, const char *const *files, size_t file_count);

#endif
