/* Which terms may hit a text: the literals of all terms, found in one pass. */
#ifndef MATCH_PREFILTER_H
#define MATCH_PREFILTER_H

#include "rule/rule.h"

struct prefilter;

/* For all terms of RULES; owned by MEM. */
struct prefilter *prefilter_new(TALLOC_CTX *mem, const struct rules *rules);
/*
 * The indices of the terms that may match TEXT, in no order but always the same, good until the
 * next call. A term that is not among them does not match.
 */
const uint32_t *prefilter_scan(
	struct prefilter *prefilter, const char *text, size_t length, size_t *count);

#endif
