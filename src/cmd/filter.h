/* Which incidents a command is about: options that several commands take. */
#ifndef CMD_FILTER_H
#define CMD_FILTER_H

#include "cmd/options.h"
#include "store/store.h"

/* state, service, test, layer, cause */
extern const struct option_spec filter_options[];
/* open, since */
extern const struct option_spec filter_time_options[];

/* No filter: every incident, LIMIT rows (0: all). */
struct store_incident_filter filter_new(unsigned limit);
/*
 * 1: SPEC is one of these options, and *FILTER has its VALUE, which must outlive it. 0: it is none of
 * them. -1: ERR_USAGE.
 */
int filter_take(struct store_incident_filter *filter, const struct option_spec *spec,
	const char *value, struct err *err);
/* The value of --limit: rows, from 1 to 100000. 0, or -1 with ERR_USAGE. */
int filter_limit(const char *value, unsigned *out, struct err *err);

#endif
