/* Names of inputs. */
#ifndef SOURCE_INPUTS_H
#define SOURCE_INPUTS_H

#include "model/model.h"

/*
 * The shortest end of PATH, in whole parts, that none of the COUNT sources bears; where even PATH
 * is taken, PATH with a number. Owned by MEM.
 */
char *inputs_name(
	TALLOC_CTX *mem, struct source_info *const *sources, size_t count, const char *path);

#endif
