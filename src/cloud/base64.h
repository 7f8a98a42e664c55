/* Base64, RFC 4648. */
#ifndef CLOUD_BASE64_H
#define CLOUD_BASE64_H

#include "base/base.h"

/* With padding; owned by MEM and wiped when freed. */
char *base64_encode(TALLOC_CTX *mem, const void *bytes, size_t length);
/* The alphabet of URLs, without padding, as in JSON Web Tokens. */
char *base64_url(TALLOC_CTX *mem, const void *bytes, size_t length);

#endif
