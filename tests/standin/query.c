/* What a request of entries.list may say; anything else is refused as the service does. */
#include "standin/query.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "standin/reply.h"

struct reading {
	struct http_request *request;
	struct http_reply *reply;
	struct query *query;
	cJSON *body;
};

static int refuse(struct reading *reading, const char *message)
{
	reply_error(reading->request, reading->reply, 400, message, NULL);
	return -1;
}

/* Every REST method of the service takes these; none changes what is listed. */
static int check_arguments(struct reading *reading)
{
	static const char *const known[] = { "alt", "$alt", "fields", "$fields", "prettyPrint",
		"$prettyPrint", "key", "$key", "quotaUser", "$.xgafv", "access_token",
		"oauth_token", "callback", "$callback", "uploadType", "upload_protocol", NULL };
	const struct http_pairs *arguments = &reading->request->arguments;

	for (size_t i = 0; i < arguments->count; i++) {
		const char *name = arguments->pairs[i].name;
		size_t k = 0;

		while (known[k] != NULL && strcmp(known[k], name) != 0)
			k++;
		if (known[k] == NULL)
			return refuse(reading,
				reply_text(reading->request,
					"Invalid JSON payload received. Unknown name \"%s\": "
					"Cannot "
					"bind query parameter. Field '%s' could not be found in "
					"request message.",
					name, name));
	}
	return 0;
}

static const cJSON *member(const struct reading *reading, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(reading->body, name);
}

static int check_members(struct reading *reading)
{
	static const char *const known[] = { "resourceNames", "projectIds", "filter", "orderBy",
		"pageSize", "pageToken", NULL };
	const cJSON *item;

	cJSON_ArrayForEach(item, reading->body)
	{
		size_t k = 0;

		while (known[k] != NULL && strcmp(known[k], item->string) != 0)
			k++;
		if (known[k] == NULL)
			return refuse(reading, reply_text(reading->request,
						       "Invalid JSON payload received. Unknown "
						       "name \"%s\": Cannot "
						       "find field.",
						       item->string));
	}
	return 0;
}

/* "projects/P" of "projects/P" or of a view in it; NULL: it is neither. */
static const char *parent_of(struct http_request *request, const char *name)
{
	static const char *const kinds[] = { "projects/", "organizations/", "billingAccounts/",
		"folders/" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t kind = strlen(kinds[i]), id;

		if (strncmp(name, kinds[i], kind) != 0)
			continue;
		id = strcspn(name + kind, "/");
		if (id == 0 || (name[kind + id] == '/' && strstr(name, "/views/") == NULL))
			return NULL;
		return mem_strndup(request, name, kind + id);
	}
	return NULL;
}

static int read_names(struct reading *reading)
{
	struct query *query = reading->query;
	const cJSON *item, *ids = member(reading, "projectIds");

	cJSON_ArrayForEach(item, member(reading, "resourceNames"))
	{
		const char *name = cJSON_GetStringValue(item);

		if (query->parent_count == QUERY_NAMES)
			return refuse(reading, "Too many resource names.");
		name = name == NULL ? NULL : parent_of(reading->request, name);
		if (name == NULL)
			return refuse(reading, "Invalid resource name.");
		query->parents[query->parent_count++] = name;
	}
	cJSON_ArrayForEach(item, ids)
	{
		if (query->parent_count < QUERY_NAMES && cJSON_IsString(item))
			query->parents[query->parent_count++] =
				reply_text(reading->request, "projects/%s", item->valuestring);
	}
	if (query->parent_count == 0)
		return refuse(reading, "At least one resource name must be specified.");
	return 0;
}

static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static int read_filter(struct reading *reading)
{
	const char *filter = cJSON_GetStringValue(member(reading, "filter"));
	struct err err;

	if (filter == NULL)
		filter = "";
	if (characters(filter) > LQL_LIMIT)
		return refuse(reading, "Filter is too long: it has more than 20000 characters.");
	if (lql_parse(reading->request, filter, &reading->query->filter, &err) < 0)
		return refuse(reading, err.text);
	return 0;
}

static int read_order(struct reading *reading)
{
	const char *order = cJSON_GetStringValue(member(reading, "orderBy"));

	if (order == NULL || order[0] == '\0' || strcmp(order, "timestamp asc") == 0 ||
		strcmp(order, "timestamp") == 0)
		return 0;
	reading->query->is_descending = true;
	if (strcmp(order, "timestamp desc") != 0)
		return refuse(reading, "order_by is invalid.");
	return 0;
}

/* A number may also come as a string, as in all of proto3's JSON. */
static int read_size(struct reading *reading)
{
	const cJSON *item = member(reading, "pageSize");
	const char *text = cJSON_GetStringValue(item);
	double size = text != NULL ? strtod(text, NULL) : item != NULL ? item->valuedouble : 0;

	if (size < 0)
		return refuse(reading, "page_size must not be negative.");
	if (size > 1000)
		return refuse(reading, "page_size must not be greater than 1000.");
	reading->query->page_size = size < 1 ? 50 : (size_t)size;
	return 0;
}

/* The body without its token, and printed anew, so that blanks make no difference. */
static int read_token(struct reading *reading)
{
	const char *token = cJSON_GetStringValue(member(reading, "pageToken"));
	char *printed;

	reading->query->page_token = mem_strdup(reading->request, token == NULL ? "" : token);
	cJSON_DeleteItemFromObjectCaseSensitive(reading->body, "pageToken");
	printed = mem_check(cJSON_PrintUnformatted(reading->body));
	reading->query->identity = mem_strdup(reading->request, printed);
	cJSON_free(printed);
	return 0;
}

int query_read(struct http_request *request, struct http_reply *reply, struct query **out)
{
	static int (*const steps[])(struct reading *) = { check_arguments, check_members,
		read_names, read_size, read_order, read_filter, read_token };
	struct reading reading = { request, reply, mem_new(request, struct query),
		cJSON_ParseWithLength(request->body, request->length) };
	int result = 0;

	if (!cJSON_IsObject(reading.body))
		result = refuse(&reading, "Invalid JSON payload received.");
	for (size_t i = 0; result == 0 && i < sizeof(steps) / sizeof(steps[0]); i++)
		result = steps[i](&reading);
	cJSON_Delete(reading.body);
	*out = reading.query;
	return result;
}

bool query_names(const struct query *query, const struct logs_entry *entry)
{
	for (size_t i = 0; i < query->parent_count; i++)
		if (strlen(query->parents[i]) == entry->project_length &&
			memcmp(query->parents[i], entry->log_name, entry->project_length) == 0)
			return true;
	return false;
}

bool query_wants_numbers(const struct http_request *request)
{
	const char *alt = http_argument(request, "$alt");

	if (alt == NULL)
		alt = http_argument(request, "alt");
	return alt != NULL && strstr(alt, "enum-encoding=int") != NULL;
}

int query_severity(const char *text, size_t length)
{
	int number = length < 2 || text[0] != '"' ? atoi(text) : lql_severity(text + 1, length - 2);

	return number < 0 ? 0 : number;
}
