/* Which terms may hit a text: the literals of all terms, found in one pass. */
#ifndef MATCH_PREFILTER_H
#define MATCH_PREFILTER_H

#include "rule/rule.h"

struct prefilter;

/* For all terms of RULES; owned by MEM. */
struct prefilter *prefilter_new(TALLOC_CTX *mem, const struct rules *rules);
/* A term that may match, and where its literal stands. */
struct candidate {
	uint32_t term; /* its index */
	size_t at; /* PREFILTER_ANYWHERE: not known */
};
#define PREFILTER_ANYWHERE SIZE_MAX
/*
 * The terms that may match TEXT, in no order but always the same, good until the next call. A term
 * that is not among them does not match; a literal with a place does.
 */
const struct candidate *prefilter_scan(
	struct prefilter *prefilter, const char *text, size_t length, size_t *count);

#endif
