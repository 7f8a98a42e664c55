/* Requests to the API, with a token and who pays for them. */
#ifndef CLOUD_API_H
#define CLOUD_API_H

#include "cloud/credentials.h"

struct cloud {
	struct session session;
	struct cloud_clock own_clock;
	struct credentials *credentials;
	const char *endpoint; /* with a final slash */
	int64_t timeout; /* of a request, nanoseconds; 0: that of http.h */
	const char *universe;
	const char *project, *quota_project; /* NULL: what the credentials say */
	struct token token; /* owned by the client; TEXT is NULL before the first */
};

struct api_request {
	const char *path; /* "v2/entries:list" */
	const char *body; /* JSON, sent as a POST */
	size_t body_length;
	size_t limit; /* bytes of the answer's body */
};

/*
 * 0 with any status but a 401 that a new token could have changed: then a token is fetched anew,
 * and the request is made once more. -1: no token (ERR_NOT_FOUND, ERR_FORMAT, ERR_NET, ...; then
 * OUT->fault is HTTP_FAULT_NONE), or no answer, as http_exchange says. Nothing is tried again
 * here for other reasons, see retry.h.
 */
int api_post(struct cloud *cloud, TALLOC_CTX *mem, const struct api_request *request,
	struct http_response *out, struct err *err);

/* What an answer other than 200 says; strings are cleaned, redacted, and owned by the MEM given. */
struct api_fault {
	const char *status; /* "RESOURCE_EXHAUSTED"; "" where the body is not JSON */
	const char *reason; /* of its ErrorInfo, "RATE_LIMIT_EXCEEDED"; "" */
	const char *message; /* "" */
	int64_t retry_after; /* of header or RetryInfo, nanoseconds; TIME_NONE: not asked for */
};
void api_fault_parse(TALLOC_CTX *mem, const struct cloud *cloud,
	const struct http_response *response, struct api_fault *out);
/* Fill ERR (ERR_NET) with what was refused and what to do about it. -1. */
int api_refused(struct cloud *cloud, const struct http_response *response, struct err *err);

#endif
