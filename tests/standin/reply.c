/* The bodies of answers. Sources: AIP-193, google/rpc/code.proto, error_details.proto. */
#include "standin/reply.h"

#include <string.h>

#include "standin/pretty.h"

static const char json_type[] = "application/json; charset=UTF-8";

/* The first stands for all that are not here. */
static const struct status {
	int status;
	const char *code, *title;
} statuses[] = {
	{ 500, "INTERNAL", "Internal Server Error" },
	{ 200, "OK", "OK" },
	{ 400, "INVALID_ARGUMENT", "Bad Request" },
	{ 401, "UNAUTHENTICATED", "Unauthorized" },
	{ 403, "PERMISSION_DENIED", "Forbidden" },
	{ 404, "NOT_FOUND", "Not Found" },
	{ 413, "INVALID_ARGUMENT", "Request Entity Too Large" },
	{ 429, "RESOURCE_EXHAUSTED", "Too Many Requests" },
	{ 502, "UNAVAILABLE", "Bad Gateway" },
	{ 503, "UNAVAILABLE", "Service Unavailable" },
	{ 504, "DEADLINE_EXCEEDED", "Gateway Timeout" },
};

static const struct status *row_of(int status)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].status == status)
			return &statuses[i];
	return &statuses[0];
}

void reply_json(struct http_request *request, struct http_reply *reply, int status,
	const char *text, size_t length)
{
	const char *pretty = http_argument(request, "prettyPrint");

	reply->status = status;
	reply->type = json_type;
	reply->body = text;
	reply->length = length;
	if (pretty == NULL || (strcasecmp(pretty, "false") != 0 && strcmp(pretty, "0") != 0))
		reply->body = pretty_print(request, text, length, &reply->length);
}

void reply_object(struct http_request *request, struct http_reply *reply, int status, cJSON *object)
{
	char *printed = mem_check(cJSON_PrintUnformatted(object));

	reply_json(request, reply, status, mem_strdup(request, printed), strlen(printed));
	cJSON_free(printed);
	cJSON_Delete(object);
}

void reply_error(struct http_request *request, struct http_reply *reply, int status,
	const char *message, cJSON *details)
{
	cJSON *body = cJSON_CreateObject(), *error = cJSON_AddObjectToObject(body, "error");

	cJSON_AddNumberToObject(error, "code", status);
	cJSON_AddStringToObject(error, "message", message);
	cJSON_AddStringToObject(error, "status", row_of(status)->code);
	if (details != NULL)
		cJSON_AddItemToObject(error, "details", details);
	reply_object(request, reply, status, body);
}

void reply_html(struct http_request *request, struct http_reply *reply, int status)
{
	const char *title = row_of(status)->title;

	http_answer(reply, status, "text/html; charset=UTF-8",
		reply_text(request,
			"<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n"
			"<title>Error %d (%s)!!1</title>\n<p><b>%d.</b> <ins>That\xe2\x80\x99s an "
			"error.</ins>\n",
			status, title, status));
}

cJSON *reply_details(cJSON *detail)
{
	cJSON *details = cJSON_CreateArray();

	cJSON_AddItemToArray(details, detail);
	return details;
}

cJSON *reply_error_info(const char *reason, const char *domain, const char *const *metadata)
{
	cJSON *info = cJSON_CreateObject(), *object;

	cJSON_AddStringToObject(info, "@type", "type.googleapis.com/google.rpc.ErrorInfo");
	cJSON_AddStringToObject(info, "reason", reason);
	cJSON_AddStringToObject(info, "domain", domain);
	object = cJSON_AddObjectToObject(info, "metadata");
	for (; metadata != NULL && *metadata != NULL; metadata += 2)
		cJSON_AddStringToObject(object, metadata[0], metadata[1]);
	return info;
}

const char *reply_text(struct http_request *request, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(request, format, arguments));
	va_end(arguments);
	return text;
}
