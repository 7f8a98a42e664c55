/* The keys of log entries, in all their spellings. */
#ifndef SOURCE_NAMES_H
#define SOURCE_NAMES_H

#include "base/base.h"

enum name {
	NAME_NONE,
	NAME_TIME,
	NAME_RECEIVED,
	NAME_SEVERITY,
	NAME_INSERT_ID,
	NAME_LOG_NAME,
	NAME_TRACE,
	NAME_SPAN,
	NAME_TEXT_PAYLOAD,
	NAME_JSON_PAYLOAD,
	NAME_PROTO_PAYLOAD,
	NAME_PAYLOAD,
	NAME_RAW_PAYLOAD,
	NAME_HTTP,
	NAME_RESOURCE,
	NAME_LABELS,
	NAME_MESSAGE,
	NAME_ERROR, /* a string is part of the message, an object may hold a stack */
	NAME_STACK,
	NAME_SERVICE,
	NAME_REVISION,
	NAME_INSTANCE,
	NAME_POD,
	NAME_THREAD,
	NAME_STREAM,
	NAME_KUBERNETES,
	NAME_STATUS,
	NAME_METHOD_NAME,
	NAME_REQUEST_METHOD,
	NAME_REQUEST_URL,
	NAME_COUNT,
};

struct names;
/* A table for names_find, owned by MEM. */
struct names *names_new(TALLOC_CTX *mem);
/*
 * What KEY means, or NAME_NONE. *RANK (may be NULL) is smaller for the spelling that is to be
 * preferred where an object has several.
 */
enum name names_find(const struct names *names, const char *key, size_t length, unsigned *rank);

#endif
