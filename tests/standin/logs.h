/* The entries of the stand-in, in memory, ready to be sent. */
#ifndef STANDIN_LOGS_H
#define STANDIN_LOGS_H

#include <cjson/cJSON.h>

#include "base/base.h"

struct logs_entry {
	int64_t time; /* the event's */
	int64_t arrival; /* not seen before; INT64_MIN: always */
	const char *text; /* JSON without blanks */
	const char *insert_id, *log_name; /* in TEXT, without quotes */
	uint32_t length, insert_length, name_length;
	uint32_t project_length; /* of LOG_NAME up to "/logs/" */
	uint32_t severity_at, severity_length; /* in TEXT, with quotes; 0: it has none */
};

struct logs {
	struct logs_entry *entries; /* by time, insertId, project after logs_sort */
	size_t count;
	size_t named; /* entries that were given an insertId */
	bool is_sorted;
};

struct logs *logs_new(TALLOC_CTX *mem);
/* Keep TEXT, a whole entry without blanks, which becomes LOGS' own. ERR_FORMAT: it is none. */
int logs_add(struct logs *logs, char *text, int64_t arrival, struct err *err);
/*
 * Add LOGENTRY as the service takes it in at NOW: an insertId where there is none, a
 * receiveTimestamp where there is none, a timestamp from that. With ARRIVES it is not to be seen
 * before its receiveTimestamp.
 */
int logs_take(struct logs *logs, cJSON *logentry, int64_t now, bool arrives, struct err *err);
/* Take in every line of TEXT, which is NDJSON. */
int logs_take_lines(
	struct logs *logs, const char *text, int64_t now, bool arrives, struct err *err);
void logs_sort(struct logs *logs);
/* By time, insertId and project; entries that are equal in all three are one and the same. */
int logs_order(const struct logs_entry *one, const struct logs_entry *other);
/* The first entry that is not before TIME; LOGS is sorted. */
size_t logs_from(const struct logs *logs, int64_t time);

#endif
