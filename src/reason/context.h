/* Context: what tests printed, kept in bounded memory, to show what came where nothing else did. */
#ifndef REASON_CONTEXT_H
#define REASON_CONTEXT_H

#include "model/model.h"

struct context;

struct context *context_new(TALLOC_CTX *mem);
void context_observe(struct context *context, const struct entry *entry);
/*
 * The last lines that the test of FIRST printed, in the same source, before the entry FIRST: at
 * most MAX of them to OUT, in order; only those after the place AFTER in the order of reading.
 * Returns how many. They are owned by CONTEXT.
 */
size_t context_before(const struct context *context, const struct entry *first, uint64_t after,
	const struct entry **out, size_t max);
/* The same of the lines that it printed right behind the entry FIRST. */
size_t context_behind(const struct context *context, const struct entry *first,
	const struct entry **out, size_t max);
/* The last line kept of TEST; NULL: none. It looks through all of them. */
const struct entry *context_last(const struct context *context, const struct test *test);
/* Lines that were not kept, as there were too many. */
uint64_t context_passed_over(const struct context *context);

#endif
