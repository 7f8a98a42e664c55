/* The request of entries.list, read and checked. */
#ifndef STANDIN_QUERY_H
#define STANDIN_QUERY_H

#include "standin/http.h"
#include "standin/logs.h"
#include "standin/lql.h"

#define QUERY_NAMES 100 /* resources of one request */

struct query {
	const char *parents[QUERY_NAMES]; /* "projects/P" */
	size_t parent_count;
	struct lql *filter;
	bool is_descending;
	size_t page_size;
	const char *page_token; /* "" for none */
	const char *identity; /* what must be the same for all pages */
};

/* *OUT is owned by REQUEST. -1: REPLY says what is wrong. */
int query_read(struct http_request *request, struct http_reply *reply, struct query **out);
/* Whether ENTRY is of one of the resources. */
bool query_names(const struct query *query, const struct logs_entry *entry);
/* Whether enumerations are asked for as numbers: "$alt=json;enum-encoding=int". */
bool query_wants_numbers(const struct http_request *request);
/* The number of a severity as JSON has it, with its quotes. */
int query_severity(const char *text, size_t length);

#endif
