/* Part of render.h: what the history has, as trees. */
#ifndef RENDER_HISTORY_H
#define RENDER_HISTORY_H

#include <cjson/cJSON.h>

#include "render/render.h"

/* One incident of a list; with WORDS, also the texts that only people need. */
cJSON *history_item(TALLOC_CTX *mem, const struct store_incident *item, bool words);
/* A run as a row of lists: who it is, its window, its counts. */
void history_run(cJSON *object, const struct run *run);
/* What a list is of: its object "filter"; with WORDS the list "filters" instead, of "word" and "value". */
void history_filters(cJSON *object, const struct store_incident_filter *filter, bool words);
/* Figures over the incidents that FILTER has; with WORDS as above. */
cJSON *stats_tree(
	const struct store_stats *stats, const struct store_incident_filter *filter, bool words);
/* Where the turns of a loop have got to; with WORDS as above. */
cJSON *progress_tree(TALLOC_CTX *mem, const struct render_turns *turns, bool words);
/* What changed from BEFORE to AFTER, of which COMPARISON is made. */
cJSON *comparison_tree(TALLOC_CTX *mem, const struct run *before, const struct run *after,
	const struct comparison *comparison);

#endif
