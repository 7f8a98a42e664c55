/* Inside the room: the socket that a server listens on. */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "web/guard.h"

/*
 * Listen on TEXT, "ADDRESS:PORT" or "PORT" alone, which is of this machine only. Returns the
 * socket, and in GUARD the address; -1: ERR_USAGE for what is no address, ERR_NET where it cannot
 * be had. *URL, owned by MEM, is where it really listens.
 */
int listen_open(
	TALLOC_CTX *mem, const char *text, struct guard *guard, char **url, struct err *err);

#endif
