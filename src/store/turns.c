/* The turns of a loop; see turns.h. */
#include "store/turns.h"

#include <string.h>

#include "store/runs.h"

static bool is_turn(const struct store_loop *loop, const struct run *run)
{
	bool same = run->label == NULL || loop->label == NULL
			    ? run->label == loop->label
			    : strcmp(run->label, loop->label) == 0;

	return (loop->any_label || same) && (!loop->numbered || run->iteration > 0) &&
	       run->id >= loop->from && (loop->to == 0 || run->id <= loop->to);
}

int store_loop_newest(TALLOC_CTX *mem, struct store *store, const char *label,
	struct store_loop *out, struct err *err)
{
	struct run *newest;

	if (store_run_find(mem, store, label != NULL ? label : "last", &newest, err) < 0)
		return -1;
	*out = (struct store_loop){ .label = newest->label, .numbered = newest->iteration > 0 };
	return 0;
}

int store_turns(TALLOC_CTX *mem, struct store *store, const struct store_loop *loop,
	struct diagnosis ***out, size_t *count, size_t *earlier, struct err *err)
{
	const struct store_filter filter = { .since = TIME_NONE };
	struct diagnosis **turns;
	struct run **runs;
	size_t all, kept = 0;

	if (store_runs(mem, store, &filter, &runs, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < all; i++)
		if (is_turn(loop, runs[i]))
			runs[kept++] = runs[i];
	if (kept == 0)
		return err_set(err, ERR_NOT_FOUND, "no run of this range has the label \"%.200s\"",
			loop->label != NULL ? loop->label : "");
	*earlier = loop->limit > 0 && kept > loop->limit ? kept - loop->limit : 0;
	turns = mem_array(mem, struct diagnosis *, kept - *earlier);
	for (size_t i = *earlier; i < kept; i++)
		if (store_run_diagnosis(mem, store, runs[i]->id, &turns[i - *earlier], err) < 0)
			return -1;
	*out = turns;
	*count = kept - *earlier;
	return 0;
}
