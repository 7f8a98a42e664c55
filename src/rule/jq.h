/* Programs of jq in rules. */
#ifndef RULE_JQ_H
#define RULE_JQ_H

#include "rule/rule.h"

struct loader;
struct jq_program;

/* The compiled program, shared and owned by the rules; one that is faulty has no state. */
struct jq_program *rule_jq_intern(struct loader *loader, const char *text);
/* Reports a program that does not compile, or that could do more than look at its input. */
void rule_jq_check(struct loader *loader, const char *text, struct place place);
/* Give up the table, before its programs are freed. */
void rule_jq_clear(struct rules *rules);

#endif
