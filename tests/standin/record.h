/* What was asked and how it was answered, for tests that look at what a client sends. */
#ifndef STANDIN_RECORD_H
#define STANDIN_RECORD_H

#include <cjson/cJSON.h>

#include "standin/http.h"

struct record;
struct record *record_new(TALLOC_CTX *mem);
/* Keep REQUEST and the status of REPLY; FAULT (may be NULL) is what went wrong with it. */
void record_keep(struct record *record, const struct http_request *request,
	const struct http_reply *reply, const char *fault);
void record_clear(struct record *record);
/* {"requests":N,"paths":{P:N},"statuses":{S:N},"faults":{F:N}} */
cJSON *record_counters(const struct record *record);
/* [{"method","path","arguments":{},"headers":{in lower case},"body","status","fault"}] of PATH, or
 * of all where it is NULL. */
cJSON *record_requests(const struct record *record, const char *path);

#endif
