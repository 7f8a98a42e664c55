/* Access tokens. */
#ifndef CLOUD_TOKEN_H
#define CLOUD_TOKEN_H

#include "base/base.h"

#define TOKEN_MAX 16384 /* bytes of a token */

struct token {
	const char *text; /* wiped when freed */
	int64_t expiry; /* nanoseconds since the epoch; TIME_NONE: not told */
};

/*
 * The token that LENGTH bytes of TEXT are. False where they cannot stand in a header: RFC 6750
 * knows no blanks, controls or other bytes. OUT->text is owned by MEM.
 */
bool token_take(
	TALLOC_CTX *mem, const char *text, size_t length, int64_t expiry, struct token *out);

#endif
