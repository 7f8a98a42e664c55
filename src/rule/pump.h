/* Inputs that make a regex run long: what it repeats, repeated. */
#ifndef RULE_PUMP_H
#define RULE_PUMP_H

#include "base/base.h"

struct pcre2_real_code_8;

/*
 * An input of half a KiB on which PATTERN, compiled as CODE, runs out of its match limit, in words,
 * owned by MEM; NULL: none was found.
 */
char *rule_pump(TALLOC_CTX *mem, const char *pattern, bool nocase, struct pcre2_real_code_8 *code);

#endif
