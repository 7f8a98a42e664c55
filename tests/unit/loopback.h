/* A server on this machine for one test: it says what it is told to, and ends by itself. */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <stddef.h>
#include <sys/types.h>

#include "base/base.h"

enum loopback_kind {
	LOOPBACK_SAY, /* TEXT, as it is */
	LOOPBACK_ECHO, /* 400 and JSON whose error_description is the whole request */
	LOOPBACK_RESET, /* nothing, and the connection ends */
	LOOPBACK_STALL, /* nothing, for as long as the client wants to wait */
};

struct loopback_reply {
	enum loopback_kind kind;
	const char *text;
	size_t length; /* of TEXT; 0: it ends in a NUL */
	bool stays; /* the next request comes over the same connection */
	const char *wanted; /* must stand in the request; NULL: anything will do */
};

struct loopback {
	char *url; /* "http://127.0.0.1:PORT" */
	pid_t process;
};

/* One reply a request, in this order. The process ends after the last. */
void loopback_start(
	TALLOC_CTX *mem, const struct loopback_reply *replies, size_t count, struct loopback *out);
/* Wait for its end: true where every reply was asked for, as it was wanted. */
bool loopback_stop(const struct loopback *loopback);

#endif
