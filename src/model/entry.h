/* One log entry, or one line of a test transcript, as a source yields it. */
#ifndef MODEL_ENTRY_H
#define MODEL_ENTRY_H

#include "base/base.h"

struct source_info;
struct test;

/* google.logging.type.LogSeverity, in its order. */
enum severity {
	SEVERITY_DEFAULT,
	SEVERITY_DEBUG,
	SEVERITY_INFO,
	SEVERITY_NOTICE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
	SEVERITY_CRITICAL,
	SEVERITY_ALERT,
	SEVERITY_EMERGENCY,
	SEVERITY_COUNT,
};

/*
 * The strings of an entry that a source yields point into that source and are good until its next
 * entry; copies made with entry_copy own theirs. A string that the entry does not have is NULL.
 */
struct entry {
	int64_t id; /* row in the store, 0 before it is kept */
	int64_t time; /* nanoseconds UTC; TIME_NONE if the source has none */
	const char *text; /* the message: valid UTF-8, no ANSI, redacted */
	size_t text_len; /* bytes, without the final NUL */
	const char
		*raw; /* the line as read, those folded into it joined by newlines; NULL: TEXT. */
	size_t raw_len; /* Not redacted, so only for matching, never kept or shown */
	enum severity severity;
	const struct source_info *source; /* where it was read */
	uint64_t line; /* of its first byte in the source, from 1 */
	uint64_t order; /* of reading, in the whole run, from 1 */
	const char *insert_id;
	const char *log; /* the log's name, unescaped: "run.googleapis.com/stderr" */
	const char *service; /* service_name, else container or job name */
	const char *revision;
	const char *instance;
	const char *trace;
	const char *span;
	const char *pod;
	const char *thread;
	const char *method; /* httpRequest */
	const char *path; /* the path of httpRequest.requestUrl, without query */
	int http_status; /* httpRequest.status; 0: none */
	struct test *test; /* whose output it is; NULL: of none */
	bool quoted; /* source code, or a value in it, that a traceback shows: nobody said it */
	bool printed; /* by the test; not told by what ran it, of how it ended */
	const char *json; /* the entry's own JSON, as read, not redacted: for */
	size_t json_len; /* conditions on fields only, never kept or shown */
};

/* The name in upper case ("ERROR"); those of the API. */
const char *severity_name(enum severity severity);
/* Any common spelling ("warn", "ERR", "fatal", "I", API numbers); SEVERITY_COUNT: none. */
enum severity severity_parse(const char *text, size_t length);
/* A copy that owns all its strings but SOURCE and TEST; JSON is not copied. */
struct entry *entry_copy(TALLOC_CTX *mem, const struct entry *entry);

#endif
