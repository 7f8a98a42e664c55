/* Inside the room: one request to a JSON API, until there is an answer that lasts. */
#ifndef PUBLISH_REST_H
#define PUBLISH_REST_H

#include <cjson/cJSON.h>

#include "cloud/cloud.h"

struct rest {
	const char *name; /* "GitHub" */
	const char *variable; /* that sets BASE */
	const char *base; /* without a slash at the end */
	const char *const *headers; /* all, with the token; NULL-terminated */
	const char *token; /* which no text may show */
	struct http *http;
	const struct cloud_clock *clock;
	uint64_t seed;
	int64_t timeout;
	int64_t silence; /* after too many requests, where the service does not say; TIME_NONE: ours */
	int64_t until; /* no pause ends later; nanoseconds since the epoch, 0: no request was made yet */
};

struct rest_answer {
	long status; /* 0: none came */
	cJSON *json; /* NULL: it is none; owned by the MEM of the call */
	bool has_more; /* pages */
	const char *next; /* path of the next one; NULL: not told; owned by the MEM of the call */
	bool is_limited; /* refused for asking too often */
	bool passing; /* it failed in a way that may pass: whether it was done is not known */
};

/*
 * METHOD on PATH, with the JSON TEXT (NULL: no body). Asks again after what may pass, with growing
 * pauses, where asking twice does no harm (not with POST), and after refusals for asking too often
 * as the service says; all pauses of a REST end two minutes after its first request, those after a
 * failure a minute after the request. A GET wants JSON: what is cut may pass. A redirection is followed within the same origin only,
 * as the token is for nobody else. 0: a status of 2xx. -1: ERR_NET, with the status (0: none).
 */
int rest_call(struct rest *rest, TALLOC_CTX *mem, const char *method, const char *path,
	const char *text, struct rest_answer *out, struct err *err);

#endif
