/* The body of a reply as it is sent: compressed, slowly, or not all of it. Private to http. */
#ifndef STANDIN_HTTP_BODY_H
#define STANDIN_HTTP_BODY_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "standin/http.h"

/*
 * The response that sends REPLY, compressed where REQUEST asked for it. What it sends is owned by
 * REQUEST. While *IS_ENDING is set nothing waits. NULL where libmicrohttpd has no memory.
 */
struct MHD_Response *http_body_new(
	struct http_request *request, struct http_reply *reply, const atomic_bool *is_ending);

#endif
