/* Page tokens: where a query stopped, for whoever comes back with the same arguments. */
#ifndef STANDIN_PAGES_H
#define STANDIN_PAGES_H

#include "standin/logs.h"

#define PAGES_LIFETIME (24 * 3600 * WHEN_SECOND)

enum pages_finding {
	PAGES_GOOD,
	PAGES_UNKNOWN, /* no such token was given out */
	PAGES_EXPIRED,
	PAGES_OTHER, /* it belongs to other arguments */
};

struct pages;
struct pages *pages_new(TALLOC_CTX *mem);
/* A token for going on behind LAST, an entry; it may be moved, but not changed. Owned by PAGES. */
const char *pages_issue(
	struct pages *pages, const char *query, const struct logs_entry *last, int64_t now);
/* The entry behind which QUERY goes on. */
enum pages_finding pages_find(struct pages *pages, const char *token, const char *query,
	int64_t now, struct logs_entry *last);

#endif
