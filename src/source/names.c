/* Spellings of the keys of log entries, found by a hash of their length and two bytes. */
#include "source/names.h"

#include <string.h>

#define LONGEST 32
#define BUCKETS 1024 /* many, so that a key that means nothing is seldom compared */

/* Of several with one meaning, the first is preferred. */
static const struct {
	const char *text;
	enum name name;
} table[] = {
	{ "timestamp", NAME_TIME },
	{ "time", NAME_TIME },
	{ "ts", NAME_TIME },
	{ "@timestamp", NAME_TIME },
	{ "datetime", NAME_TIME },
	{ "date", NAME_TIME },
	{ "asctime", NAME_TIME },
	{ "t", NAME_TIME },
	{ "eventTime", NAME_TIME },
	{ "event_time", NAME_TIME },
	{ "timeMillis", NAME_TIME },
	{ "__REALTIME_TIMESTAMP", NAME_TIME },
	{ "creationTimestamp", NAME_TIME },
	{ "receiveTimestamp", NAME_RECEIVED },
	{ "receive_timestamp", NAME_RECEIVED },
	{ "severity", NAME_SEVERITY },
	{ "level", NAME_SEVERITY },
	{ "levelname", NAME_SEVERITY },
	{ "lvl", NAME_SEVERITY },
	{ "log_level", NAME_SEVERITY },
	{ "loglevel", NAME_SEVERITY },
	{ "log.level", NAME_SEVERITY },
	{ "@l", NAME_SEVERITY },
	{ "insertId", NAME_INSERT_ID },
	{ "insert_id", NAME_INSERT_ID },
	{ "logName", NAME_LOG_NAME },
	{ "log_name", NAME_LOG_NAME },
	{ "trace", NAME_TRACE },
	{ "logging.googleapis.com/trace", NAME_TRACE },
	{ "trace_id", NAME_TRACE },
	{ "traceId", NAME_TRACE },
	{ "spanId", NAME_SPAN },
	{ "span_id", NAME_SPAN },
	{ "logging.googleapis.com/spanId", NAME_SPAN },
	{ "textPayload", NAME_TEXT_PAYLOAD },
	{ "text_payload", NAME_TEXT_PAYLOAD },
	{ "jsonPayload", NAME_JSON_PAYLOAD },
	{ "json_payload", NAME_JSON_PAYLOAD },
	{ "protoPayload", NAME_PROTO_PAYLOAD },
	{ "proto_payload", NAME_PROTO_PAYLOAD },
	{ "payload", NAME_PAYLOAD },
	{ "raw_payload", NAME_RAW_PAYLOAD },
	{ "httpRequest", NAME_HTTP },
	{ "http_request", NAME_HTTP },
	{ "resource", NAME_RESOURCE },
	{ "labels", NAME_LABELS },
	{ "message", NAME_MESSAGE },
	{ "msg", NAME_MESSAGE },
	{ "log", NAME_MESSAGE },
	{ "text", NAME_MESSAGE },
	{ "event", NAME_MESSAGE },
	{ "MESSAGE", NAME_MESSAGE },
	{ "@message", NAME_MESSAGE },
	{ "@m", NAME_MESSAGE },
	{ "@mt", NAME_MESSAGE },
	{ "short_message", NAME_MESSAGE },
	{ "body", NAME_MESSAGE },
	{ "displayMessage", NAME_MESSAGE },
	{ "description", NAME_MESSAGE },
	{ "error", NAME_ERROR },
	{ "err", NAME_ERROR },
	{ "error.message", NAME_ERROR },
	{ "stack_trace", NAME_STACK },
	{ "stacktrace", NAME_STACK },
	{ "stackTrace", NAME_STACK },
	{ "traceback", NAME_STACK },
	{ "exception", NAME_STACK },
	{ "exc_info", NAME_STACK },
	{ "exc_text", NAME_STACK },
	{ "stack", NAME_STACK },
	{ "error.stack", NAME_STACK },
	{ "error.stack_trace", NAME_STACK },
	{ "exception.stacktrace", NAME_STACK },
	{ "full_message", NAME_STACK },
	{ "backtrace", NAME_STACK },
	{ "errorVerbose", NAME_STACK },
	{ "@x", NAME_STACK },
	{ "service_name", NAME_SERVICE },
	{ "service.name", NAME_SERVICE },
	{ "container_name", NAME_SERVICE },
	{ "job_name", NAME_SERVICE },
	{ "configuration_name", NAME_SERVICE },
	{ "function_name", NAME_SERVICE },
	{ "module_id", NAME_SERVICE },
	{ "service", NAME_SERVICE },
	{ "revision_name", NAME_REVISION },
	{ "version_id", NAME_REVISION },
	{ "instanceId", NAME_INSTANCE },
	{ "instance_id", NAME_INSTANCE },
	{ "pod_name", NAME_POD },
	{ "pod", NAME_POD },
	{ "thread", NAME_THREAD },
	{ "thread_name", NAME_THREAD },
	{ "threadName", NAME_THREAD },
	{ "stream", NAME_STREAM },
	{ "kubernetes", NAME_KUBERNETES },
	{ "status", NAME_STATUS },
	{ "methodName", NAME_METHOD_NAME },
	{ "method_name", NAME_METHOD_NAME },
	{ "requestMethod", NAME_REQUEST_METHOD },
	{ "request_method", NAME_REQUEST_METHOD },
	{ "requestUrl", NAME_REQUEST_URL },
	{ "request_url", NAME_REQUEST_URL },
};

#define NAMES (sizeof(table) / sizeof(table[0]))

struct names {
	unsigned char first[BUCKETS]; /* numbers in the table plus one; 0: none */
	unsigned char next[NAMES]; /* of the same bucket, in the order of the table */
	unsigned char length[NAMES];
};

static size_t bucket_of(const char *key, size_t length)
{
	return ((unsigned char)key[0] * 37U + (unsigned char)key[length - 1] * 11U +
		       length * 101U) %
	       BUCKETS;
}

struct names *names_new(TALLOC_CTX *mem)
{
	struct names *names = mem_new(mem, struct names);

	for (size_t i = NAMES; i-- > 0;) {
		size_t length = strlen(table[i].text);
		unsigned char *first = &names->first[bucket_of(table[i].text, length)];

		names->length[i] = (unsigned char)length;
		names->next[i] = *first;
		*first = (unsigned char)(i + 1);
	}
	return names;
}

/* Not memcmp(): to call it takes longer than to compare, and here is where most time would go. */
static inline bool is_same(const char *one, const char *other, size_t length)
{
	uint64_t left, right;

	if (length < 8) {
		for (size_t i = 0; i < length; i++)
			if (one[i] != other[i])
				return false;
		return true;
	}
	/* the last eight may overlap those before them */
	for (size_t i = 0;; i = length - i > 16 ? i + 8 : length - 8) {
		memcpy(&left, one + i, 8);
		memcpy(&right, other + i, 8);
		if (left != right || i + 8 == length)
			return left == right;
	}
}

enum name names_find(const struct names *names, const char *key, size_t length, unsigned *rank)
{
	if (length == 0 || length >= LONGEST)
		return NAME_NONE;
	for (unsigned i = names->first[bucket_of(key, length)]; i != 0; i = names->next[i - 1]) {
		if (names->length[i - 1] != length || !is_same(table[i - 1].text, key, length))
			continue;
		if (rank != NULL)
			*rank = i;
		return table[i - 1].name;
	}
	return NAME_NONE;
}
