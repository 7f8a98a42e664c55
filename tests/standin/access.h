/* Who may list entries. */
#ifndef STANDIN_ACCESS_H
#define STANDIN_ACCESS_H

#include "standin/standin.h"

/*
 * Check what a request of entries.list brings along. 0: *IS_USER says whether a user asks, for whom
 * no project is counted by itself. -1: REPLY is 401 or 403 and says why.
 */
int access_check(struct standin *standin, struct http_request *request, struct http_reply *reply,
	bool *is_user);
/* Whether all of PARENTS ("projects/P") exist and may be read; -1: REPLY is 403. */
int access_parents(struct standin *standin, struct http_request *request, struct http_reply *reply,
	const char *const *parents, size_t count);

#endif
