/* Part of store.h: incidents over all runs, and what people said of them. */
#ifndef STORE_INCIDENTS_H
#define STORE_INCIDENTS_H

#include "model/model.h"

struct store;

/* incidents: over all runs. Which: zero, NULL and TIME_NONE mean any. */
struct store_incident_filter {
	int64_t id;
	bool open; /* not fixed */
	const char *state, *layer, *service, *test, *cause;
	int64_t since; /* last seen then or later */
	int64_t before_run, before_id; /* behind the row with this last run and id: a page's last */
	unsigned limit; /* rows */
};
struct store_incident {
	int64_t id;
	const char *fingerprint, *verdict, *service;
	struct history history; /* STATE_NOT_REACHED where a newer run told nothing of it */
	uint64_t tests; /* that it broke last */
	int64_t since; /* when the run began since which it is there */
	int64_t first, last; /* of its symptom, in the last run that saw it */
	const char *judgement; /* the kind of the newest that is no note; NULL: none */
	const struct cause *cause; /* its root, else its symptom */
	const char *why; /* the statement where its evidence ends */
	const char *action; /* the first thing to do; NULL: none */
};
/* Those that were seen last first. */
int store_incidents(TALLOC_CTX *mem, struct store *store,
	const struct store_incident_filter *filter, struct store_incident **out, size_t *count,
	struct err *err);
/* What a search found: an incident, and the newest of its texts that matches. */
struct store_match {
	struct store_incident incident;
	const char *text;
};
struct store_query {
	const char
		*text; /* words, all of which must be there; of the last the beginning is enough */
	struct store_incident_filter
		filter; /* its LIMIT is not 0; before_run and before_id are not used */
	int64_t before; /* *NEXT of the page before; 0: the first page */
};
/*
 * Incidents that have a piece of evidence, or words of a cause, in which all words are, those with the
 * newest texts first, and each once over all pages. *NEXT is 0 where there are no more; a page may be
 * short, or empty, where only few of very many texts fit the filter.
 */
int store_search(TALLOC_CTX *mem, struct store *store, const struct store_query *query,
	struct store_match **out, size_t *count, int64_t *next, struct err *err);
/* NAME is an id, "#" and an id, or the beginning of a fingerprint. ERR_NOT_FOUND. */
int store_incident_find(struct store *store, const char *name, int64_t *out, struct err *err);
/*
 * The chain that run RUN has of the incident (0: the last run that saw it), as a diagnosis of that
 * run that holds nothing else, with what people said. ERR_NOT_FOUND.
 */
int store_incident_read(TALLOC_CTX *mem, struct store *store, int64_t incident, int64_t run,
	struct diagnosis **out, struct err *err);
/* Newest first. */
int store_judgements(TALLOC_CTX *mem, struct store *store, int64_t incident, struct judgement **out,
	size_t *count, struct err *err);
/* "resolve" makes it fixed as of the newest run. ERR_STORE where a word lacks what its kind needs. */
int store_judge(
	struct store *store, int64_t incident, const struct judgement *judgement, struct err *err);

#endif
