/* Read requests of a project within a minute. */
#ifndef STANDIN_QUOTA_H
#define STANDIN_QUOTA_H

#include <cjson/cJSON.h>

#include "standin/http.h"

struct quota;
struct quota *quota_new(TALLOC_CTX *mem);
void quota_limit(struct quota *quota, unsigned limit); /* requests a minute; 0: no limit */
/* Whether PROJECT may read once more in the minute of NOW; what is refused costs nothing. */
bool quota_take(struct quota *quota, const char *project, int64_t now);
unsigned quota_limit_of(const struct quota *quota);
/* The number that PROJECT always has (its own, where it is one). Returns BUFFER. */
#define QUOTA_NUMBER 16
const char *quota_number(const char *project, char buffer[QUOTA_NUMBER]);
/*
 * 429 for PROJECT at LIMIT, with no Retry-After, as the service has none. MORE (may be
 * NULL) is one more of its details, and freed.
 */
void quota_answer(const char *project, unsigned limit, cJSON *more, struct http_request *request,
	struct http_reply *reply);

#endif
