/* Secrets for tests: 20 kinds and more, made by chance from a seed, in every shape of a source. */
#ifndef SECRETS_PLANT_H
#define SECRETS_PLANT_H

#include <stdlib.h>

#include "base/base.h"

#define PLANT_PARTS 6

struct plant_kind {
	const char *name;
	const char *template;
	bool alone; /* known without a key before it: it may stand anywhere */
};

/* Ends with a NULL name. */
extern const struct plant_kind plant_kinds[];

struct planted {
	const char *text; /* as a log line has it */
	const char *parts[PLANT_PARTS]; /* what must be found nowhere */
	size_t part_count;
};

/* One of KIND; *STATE moves on. Strings are owned by MEM. */
void plant_make(
	TALLOC_CTX *mem, const struct plant_kind *kind, uint64_t *state, struct planted *out);

/* Write sources of every shape to the folder that is current, and "forbidden", a text a line. */
void plant_sources(uint64_t seed);

#endif
