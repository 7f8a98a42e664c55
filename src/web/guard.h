/* Inside the room: who may ask. */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "web/web.h"

#define GUARD_COOKIE "fivewhys"

struct guard {
	char address[64]; /* that is listened on, without port and brackets */
	bool any; /* it is the one that stands for all of the machine's */
	const char *name; /* of web_listen */
	char token[DIGEST_TEXT]; /* digest of the token; "": none is needed */
	char cookie[DIGEST_TEXT]; /* what a browser keeps instead of it */
};

/* Is this address one that only this machine can reach? Numeric, without brackets. */
bool guard_is_loopback(const char *address);
/*
 * May a client call us HOST, as its header of this name says? A page of another site, whose name
 * was made to lead here, cannot: it says its own name.
 */
bool guard_host(const struct guard *guard, const char *host);
void guard_set_token(struct guard *guard, const char *token);
/* The comparisons take the same time whatever is wrong. NULL is wrong. */
bool guard_token(const struct guard *guard, const char *token);
bool guard_cookie(const struct guard *guard, const char *cookie);

#endif
