/*
 * Small things that live as long as one look at a pattern. They are taken one behind the other from
 * a few blocks: each is smaller than what talloc would add to it, and all are given up together.
 */
#ifndef RULE_SCRATCH_H
#define RULE_SCRATCH_H

#include "base/base.h"

struct scratch;

struct scratch *rule_scratch_new(TALLOC_CTX *mem);
/* SIZE bytes of zeros, as long as the scratch lives. */
void *rule_scratch_take(struct scratch *scratch, size_t size);
/* As mem_grow, of an array that was always grown with this; the old one is left where it is. */
void *rule_scratch_grow(struct scratch *scratch, void *array, size_t count, size_t size);
char *rule_scratch_text(struct scratch *scratch, const char *text); /* a copy */

#endif
