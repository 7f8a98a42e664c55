/* Which fields a LogEntry has and what they hold; a filter that names another is refused. */
#include <string.h>

#include "standin/lql_node.h"

/*
 * Parts of a path with dots between them; "*" stands for any number of further parts.
 * Source: the "Field path identifiers" of the query language, and LogEntry.
 */
static const struct {
	const char *path;
	enum lql_type type;
	bool is_proto;
} fields[] = {
	{ "httpRequest.cacheFillBytes", LQL_NUMBER, false },
	{ "httpRequest.cacheHit", LQL_BOOL, false },
	{ "httpRequest.cacheLookup", LQL_BOOL, false },
	{ "httpRequest.cacheValidatedWithOriginServer", LQL_BOOL, false },
	{ "httpRequest.latency", LQL_DURATION, false },
	{ "httpRequest.protocol", LQL_STRING, false },
	{ "httpRequest.referer", LQL_STRING, false },
	{ "httpRequest.remoteIp", LQL_STRING, false },
	{ "httpRequest.requestMethod", LQL_STRING, false },
	{ "httpRequest.requestSize", LQL_NUMBER, false },
	{ "httpRequest.requestUrl", LQL_STRING, false },
	{ "httpRequest.responseSize", LQL_NUMBER, false },
	{ "httpRequest.serverIp", LQL_STRING, false },
	{ "httpRequest.status", LQL_NUMBER, false },
	{ "httpRequest.userAgent", LQL_STRING, false },
	{ "httpRequest", LQL_MESSAGE, false },
	{ "insertId", LQL_STRING, false },
	{ "jsonPayload.*", LQL_DYNAMIC, false },
	{ "labels.*", LQL_DYNAMIC, false },
	{ "logName", LQL_STRING, false },
	{ "metadata.*", LQL_DYNAMIC, false },
	{ "operation.first", LQL_BOOL, false },
	{ "operation.id", LQL_STRING, false },
	{ "operation.last", LQL_BOOL, false },
	{ "operation.producer", LQL_STRING, false },
	{ "operation", LQL_MESSAGE, false },
	{ "protoPayload.*", LQL_DYNAMIC, true },
	{ "receiveTimestamp", LQL_TIMESTAMP, false },
	{ "resource.labels.*", LQL_DYNAMIC, false },
	{ "resource.type", LQL_STRING, false },
	{ "resource", LQL_MESSAGE, false },
	{ "severity", LQL_SEVERITY, false },
	{ "sourceLocation.file", LQL_STRING, false },
	{ "sourceLocation.function", LQL_STRING, false },
	{ "sourceLocation.line", LQL_NUMBER, false },
	{ "sourceLocation", LQL_MESSAGE, false },
	{ "spanId", LQL_STRING, false },
	{ "split.index", LQL_NUMBER, false },
	{ "split.totalSplits", LQL_NUMBER, false },
	{ "split.uid", LQL_STRING, false },
	{ "errorGroups.id", LQL_DYNAMIC, false },
	{ "textPayload", LQL_STRING, false },
	{ "timestamp", LQL_TIMESTAMP, false },
	{ "trace", LQL_STRING, false },
};

/* How many names of PATH the field FIELD covers, all of them or its own up to "*"; 0: not meant. */
static size_t covers(const struct lql_path *path, const char *field)
{
	for (size_t i = 0; i < path->count; i++) {
		size_t length = strcspn(field, ".");

		if (field[0] == '*')
			return i;
		if (strlen(path->names[i]) != length ||
			strncasecmp(path->names[i], field, length) != 0)
			return 0;
		field += length + (field[length] == '.');
	}
	return field[0] == '\0' || field[0] == '*' ? path->count : 0;
}

int lql_path_set(struct lql_path *path, struct err *err)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		size_t covered = covers(path, fields[i].path);

		if (covered == 0)
			continue;
		path->type = fields[i].type;
		path->is_proto = fields[i].is_proto;
		path->exact = covered;
		return 0;
	}
	return err_set(err, ERR_FORMAT, "Field not found: '%s%s%s'.", path->names[0],
		path->count > 1 ? "." : "", path->count > 1 ? path->names[1] : "");
}
