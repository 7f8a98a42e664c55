/* Inside the room: the target of a request: a path and the fields of its query. */
#ifndef WEB_TARGET_H
#define WEB_TARGET_H

#include "base/base.h"

#define TARGET_MAX 4096 /* bytes */
#define TARGET_FIELDS 16

struct target {
	const char *path; /* decoded; begins with "/" */
	struct {
		const char *name, *value; /* decoded */
	} fields[TARGET_FIELDS];
	size_t count;
};

/*
 * TEXT is "/path?name=value&name=value" with percent-encoding (RFC 3986; "+" is a blank in the
 * query, as forms send it). ERR_FORMAT where it is not, or decodes to what is no clean UTF-8;
 * ERR_LIMIT for more than a page could ask for. Texts are owned by MEM.
 */
int target_parse(TALLOC_CTX *mem, const char *text, struct target *out, struct err *err);
/* A query alone, or the body of a form; fields are added to those of OUT. */
int target_parse_fields(TALLOC_CTX *mem, const char *text, struct target *out, struct err *err);
/* The value of the first field NAME; NULL: none, or an empty one. */
const char *target_get(const struct target *target, const char *name);
/* TEXT so that it is one value of a query. Owned by MEM. */
char *target_encode(TALLOC_CTX *mem, const char *text);

/* An id as pages write them: digits without a leading zero. 0: it is none. */
int64_t target_number(const char *text, size_t length);

#endif
