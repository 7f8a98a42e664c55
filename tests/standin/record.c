/* Requests are kept as JSON, the first of them; counters go on. */
#include "standin/record.h"

#include <ctype.h>
#include <string.h>

#define KEPT_MAX 20000 /* requests */
#define BODY_MAX 65536 /* bytes of each */

struct record {
	cJSON *requests, *paths, *statuses, *faults;
	size_t count;
};

static int record_free(struct record *record)
{
	cJSON_Delete(record->requests);
	cJSON_Delete(record->paths);
	cJSON_Delete(record->statuses);
	cJSON_Delete(record->faults);
	return 0;
}

static void begin(struct record *record)
{
	record->requests = cJSON_CreateArray();
	record->paths = cJSON_CreateObject();
	record->statuses = cJSON_CreateObject();
	record->faults = cJSON_CreateObject();
	record->count = 0;
}

struct record *record_new(TALLOC_CTX *mem)
{
	struct record *record = mem_new(mem, struct record);

	begin(record);
	talloc_set_destructor(record, record_free);
	return record;
}

void record_clear(struct record *record)
{
	record_free(record);
	begin(record);
}

static void count(cJSON *counters, const char *name)
{
	cJSON *counter = cJSON_GetObjectItemCaseSensitive(counters, name);

	if (counter == NULL)
		counter = cJSON_AddNumberToObject(counters, name, 0);
	cJSON_SetNumberValue(counter, counter->valuedouble + 1);
}

static void add_pairs(cJSON *object, const char *name, const struct http_pairs *pairs, bool lower)
{
	cJSON *member = cJSON_AddObjectToObject(object, name);

	for (size_t i = 0; i < pairs->count; i++) {
		char *key = mem_strdup(NULL, pairs->pairs[i].name);
		const char *value = pairs->pairs[i].value;

		for (char *c = key; lower && *c != '\0'; c++)
			*c = (char)tolower((unsigned char)*c);
		cJSON_AddStringToObject(member, key, value == NULL ? "" : value);
		talloc_free(key);
	}
}

void record_keep(struct record *record, const struct http_request *request,
	const struct http_reply *reply, const char *fault)
{
	char status[16];
	cJSON *kept;

	snprintf(status, sizeof(status), "%d", reply->status);
	count(record->paths, request->path);
	count(record->statuses, status);
	if (fault != NULL)
		count(record->faults, fault);
	if (record->count++ >= KEPT_MAX)
		return;
	kept = cJSON_CreateObject();
	cJSON_AddStringToObject(kept, "method", request->method);
	cJSON_AddStringToObject(kept, "path", request->path);
	add_pairs(kept, "arguments", &request->arguments, false);
	add_pairs(kept, "headers", &request->headers, true);
	cJSON_AddStringToObject(kept, "body", request->length > BODY_MAX ? "" : request->body);
	cJSON_AddNumberToObject(kept, "status", reply->status);
	if (fault != NULL)
		cJSON_AddStringToObject(kept, "fault", fault);
	cJSON_AddItemToArray(record->requests, kept);
}

cJSON *record_counters(const struct record *record)
{
	cJSON *counters = cJSON_CreateObject();

	cJSON_AddNumberToObject(counters, "requests", (double)record->count);
	cJSON_AddItemToObject(counters, "paths", cJSON_Duplicate(record->paths, true));
	cJSON_AddItemToObject(counters, "statuses", cJSON_Duplicate(record->statuses, true));
	cJSON_AddItemToObject(counters, "faults", cJSON_Duplicate(record->faults, true));
	return counters;
}

cJSON *record_requests(const struct record *record, const char *path)
{
	cJSON *requests = cJSON_CreateArray();
	const cJSON *kept;

	cJSON_ArrayForEach(kept, record->requests)
	{
		const char *own =
			cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(kept, "path"));

		if (path == NULL || strcmp(path, own) == 0)
			cJSON_AddItemToArray(requests, cJSON_Duplicate(kept, true));
	}
	return requests;
}
