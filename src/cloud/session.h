/* What all requests of a client share, and how those for tokens are tried again. */
#ifndef CLOUD_SESSION_H
#define CLOUD_SESSION_H

#include "cloud/cloud.h"
#include "cloud/http.h"

struct session {
	struct http *http;
	const struct cloud_clock *clock;
	uint64_t seed; /* of the jitter */
};

/*
 * As http_exchange, three times at most: after a fault that may pass, after the statuses with
 * which services of tokens ask for it, and after their words for it.
 */
int session_exchange(const struct session *session, TALLOC_CTX *mem,
	const struct http_request *request, struct http_response *out, struct err *err);

#endif
