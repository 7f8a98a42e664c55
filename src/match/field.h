/* Fields of an entry's own JSON. */
#ifndef MATCH_FIELD_H
#define MATCH_FIELD_H

#include "base/base.h"

struct cJSON;

/*
 * The value at PATH ("jsonPayload.a.b", items of lists by number, keys with dots in double quotes)
 * as text, cut to SIZE with its NUL; objects and lists as JSON. Both spellings of a key are tried
 * ("jsonPayload", "json_payload"). In JSON that is no LogEntry, "jsonPayload" is the whole object.
 * False where there is none.
 */
bool field_value(const struct cJSON *root, const char *path, char *value, size_t size);
/* What searches took, together. */
struct field_work {
	uint64_t steps, bytes;
	bool limited; /* one of them hit a limit */
};
/* Does PATTERN match somewhere in TEXT, within the limits of all regexes? Adds to *WORK. */
bool field_search(const char *pattern, const char *text, struct field_work *work);

#endif
