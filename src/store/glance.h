/* Part of store.h: the history at a glance. Each answer looks at a bounded number of rows. */
#ifndef STORE_GLANCE_H
#define STORE_GLANCE_H

#include "model/model.h"

struct store;

/* The newest runs with an id below BEFORE (0: any), newest first, at most LIMIT. */
int store_runs_newest(TALLOC_CTX *mem, struct store *store, int64_t before, unsigned limit,
	struct run ***out, size_t *count, struct err *err);

/* A run that saw an incident, and what it said of it then. */
struct store_sighting {
	const struct run *run;
	const char *state, *verdict;
};
/* Newest first, at most LIMIT. */
int store_sightings(TALLOC_CTX *mem, struct store *store, int64_t incident, unsigned limit,
	struct store_sighting **out, size_t *count, struct err *err);

/* At the bottom of how many chains a cause (without one, the symptom) was in each of some runs. */
struct store_cause {
	const struct cause *cause;
	uint64_t total;
	uint64_t *seen; /* one a run */
};
/* Those that RUNS (newest first, without gaps) saw; most often seen first, then by id. */
int store_causes(TALLOC_CTX *mem, struct store *store, struct run *const *runs, size_t run_count,
	struct store_cause **out, size_t *count, struct err *err);

/* What incidents can be filtered by: each layer and service that one has, by name, at most 100. */
struct store_choices {
	const char **layers, **services;
	size_t layer_count, service_count;
};
int store_choices(TALLOC_CTX *mem, struct store *store, struct store_choices *out, struct err *err);

#endif
