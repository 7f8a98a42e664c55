/* Which URLs may be asked at all. */
#ifndef CLOUD_URL_H
#define CLOUD_URL_H

#include "base/base.h"

struct url {
	const char *origin; /* "https://sts.example.com", with the port where one was given */
	const char *host;
	bool is_loopback; /* an address of this machine, or "localhost" */
	bool is_plain; /* http */
};

/*
 * Take URL apart as libcurl does. Allowed are https, and http where the host is this machine or
 * PLAIN is set; no user or password, no fragment. ERR_FORMAT; only the origin of a URL is ever
 * quoted, as the rest may be secret. *OUT is owned by MEM.
 */
int url_parse(TALLOC_CTX *mem, const char *url, bool plain, struct url *out, struct err *err);
/* The same for the member NAME of a file of credentials: only whether it is allowed. */
int url_check(const char *url, const char *name, struct err *err);

#endif
