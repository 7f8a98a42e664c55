/* Part of render.h: what the history has, as trees. */
#ifndef RENDER_HISTORY_H
#define RENDER_HISTORY_H

#include <cjson/cJSON.h>

#include "reason/reason.h"
#include "store/store.h"

/* One incident of a list; with WORDS, also the texts that only people need. */
cJSON *history_item(TALLOC_CTX *mem, const struct store_incident *item, bool words);
/* A run as a row of lists: who it is, its window, its counts. */
void history_run(cJSON *object, const struct run *run);
/* What changed from BEFORE to AFTER, of which COMPARISON is made. */
cJSON *comparison_tree(TALLOC_CTX *mem, const struct run *before, const struct run *after,
	const struct comparison *comparison);

#endif
