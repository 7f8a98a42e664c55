/* One HTTP exchange after another, over a connection that is kept. */
#ifndef CLOUD_HTTP_H
#define CLOUD_HTTP_H

#include "base/base.h"

/* Why no answer came, for who decides whether to ask again. */
enum http_fault {
	HTTP_FAULT_NONE,
	HTTP_FAULT_REQUEST, /* it was not sent: a URL or header that is not allowed */
	HTTP_FAULT_DNS,
	HTTP_FAULT_REFUSED, /* nobody listens, or there is no way to the host */
	HTTP_FAULT_PROXY, /* the proxy could not be reached, or refused */
	HTTP_FAULT_TLS, /* the certificate is not to be trusted */
	HTTP_FAULT_RESET, /* broken off before or in the middle of the answer's head */
	HTTP_FAULT_HALF, /* broken off in the middle of the body, or its encoding is broken */
	HTTP_FAULT_STALL, /* a timeout: of connecting, of a body that stands still, of the whole */
	HTTP_FAULT_LIMIT, /* the body is longer than the request allows; ERR_LIMIT */
	HTTP_FAULT_OTHER,
};

struct http_request {
	const char *method; /* "GET", "POST", "PUT", "PATCH", "DELETE" */
	const char *url; /* as url.h allows */
	const char *const *headers; /* "Name: value", NULL-terminated; NULL: none */
	const char *body; /* not of GET and DELETE */
	size_t body_length;
	size_t limit; /* bytes of the answer's body, after decompression */
	int64_t timeout; /* of the whole, nanoseconds; 0: a minute */
	bool is_metadata; /* http to any host, and never through a proxy */
};

struct http_response {
	enum http_fault fault;
	long status; /* 0: there was no answer */
	char *body; /* NUL-terminated, never NULL, wiped when freed; owned by the MEM of the exchange */
	size_t length;
	const char *content_type; /* "" where it has none */
	const char *flavour; /* of "Metadata-Flavor"; "" where it has none */
	int64_t retry_after; /* nanoseconds from now; TIME_NONE: not asked for */
	int64_t date; /* the server's clock; TIME_NONE: not told */
	const char *link; /* "Link" of RFC 8288: where the next page is; "" where it has none */
	const char *next_page; /* "X-Next-Page": its number; "" where it has none */
	const char *redirect; /* where it sends the client, absolute; "" where it does not */
	int64_t rate_left; /* "X-RateLimit-Remaining", "RateLimit-Remaining": requests; -1: not told */
	int64_t rate_reset; /* "...-Reset", nanoseconds since the epoch; TIME_NONE: not told */
};

/* A handle with its connections; freed with MEM. libcurl begins with the first and ends with the last. */
struct http;
struct http *http_new(TALLOC_CTX *mem);

/*
 * 0 with any status: redirections are not followed, as a token goes to its own host only. -1:
 * ERR_NET (or ERR_LIMIT), and OUT->fault says why. Certificates are always verified; proxies are
 * those of the environment, but never for plain http. Neither errors nor
 * messages hold more of the request than its origin.
 */
int http_exchange(struct http *http, TALLOC_CTX *mem, const struct http_request *request,
	struct http_response *out, struct err *err);

/* Whether the same request may succeed soon. */
bool http_fault_passes(enum http_fault fault);
/* "refused", "tls", ...: one word for messages. */
const char *http_fault_name(enum http_fault fault);

#endif
