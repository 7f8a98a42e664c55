/* Entries of a span of time, one after the other, in the order of a query. */
#ifndef STANDIN_CURSOR_H
#define STANDIN_CURSOR_H

#include "standin/logs.h"

/*
 * Upwards by time, or downwards; entries of one time come in the order of their insertIds either
 * way. Source: order_by in google/logging/v2/logging.proto.
 */
struct cursor {
	const struct logs *logs;
	size_t first, end; /* all that may be visited */
	size_t at, group_end; /* the next one, and where those of its time end */
	size_t group_begin;
	bool is_descending;
};

/*
 * Begin with the entries from FIRST to LAST (both included). BEHIND is the entry that came before,
 * or NULL at the beginning. LOGS must be sorted, and stay as it is.
 */
struct cursor cursor_new(const struct logs *logs, int64_t first, int64_t last, bool is_descending,
	const struct logs_entry *behind);
/* NULL: there is none left. */
const struct logs_entry *cursor_next(struct cursor *cursor);

#endif
