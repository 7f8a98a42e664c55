/* HTTP/1.1 on the loopback interface, with all that can go wrong on its way. */
#ifndef STANDIN_HTTP_H
#define STANDIN_HTTP_H

#include "base/base.h"

struct http_pair {
	const char *name, *value; /* VALUE may be NULL for an argument without "=" */
};

struct http_pairs {
	struct http_pair *pairs;
	size_t count;
};

/* It owns what it points to, and its reply; both end when the reply was sent. */
struct http_request {
	const char *method, *path; /* PATH is decoded and has no arguments */
	struct http_pairs headers, arguments;
	char *body; /* NUL-terminated, LENGTH bytes before it */
	size_t length;
	bool is_too_long; /* the body had more than the limit; it is cut */
};

/* What happens to a reply on its way. */
enum http_harm {
	HTTP_SOUND,
	HTTP_RESET, /* the connection is reset instead of an answer */
	HTTP_STALL, /* the header, then nothing for SECONDS, then the end of the connection */
	HTTP_HALF, /* half of the body, by Content-Length */
	HTTP_HALF_CHUNKED, /* half of the body, in chunks, without the last one */
	HTTP_SLOW, /* the whole body, spread over SECONDS */
	HTTP_GZIP, /* compressed, and broken in the middle */
};

struct http_reply {
	int status;
	const char *type; /* of the content */
	struct http_pairs headers;
	const char *body; /* owned by the request */
	size_t length;
	enum http_harm harm;
	double seconds;
};

/* Called in the thread of a connection, by one at a time. */
typedef void http_handler(void *context, struct http_request *request, struct http_reply *reply);

struct http;
/* Listen on 127.0.0.1, PORT 0: one that is free. Freeing *OUT ends it; answers under way are given two seconds. */
int http_open(TALLOC_CTX *mem, uint16_t port, http_handler *handler, void *context,
	struct http **out, struct err *err);
uint16_t http_port(const struct http *http);
/* The value of the header (in any case) or argument NAME, or NULL. */
const char *http_header(const struct http_request *request, const char *name);
const char *http_argument(const struct http_request *request, const char *name);
/* TEXT (NUL-terminated, owned by the request) is the reply. */
void http_answer(struct http_reply *reply, int status, const char *type, const char *text);
/* Add a header; NAME and VALUE are kept, not copied. */
void http_add(TALLOC_CTX *mem, struct http_pairs *pairs, const char *name, const char *value);

#endif
