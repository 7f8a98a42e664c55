/* /standin/ of the stand-in of GitHub and GitLab. */
#include <string.h>

#include "standin/forge.h"
#include "standin/reply.h"

static const struct {
	const char *name;
	enum http_harm harm;
} harms[] = {
	{ "reset", HTTP_RESET },
	{ "stall", HTTP_STALL },
	{ "half", HTTP_HALF },
	{ "slow", HTTP_SLOW },
};

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static char *text(TALLOC_CTX *mem, const cJSON *object, const char *name)
{
	return mem_strdup(mem, cJSON_GetStringValue(member(object, name)));
}

static double number(const cJSON *object, const char *name, double otherwise)
{
	const cJSON *item = member(object, name);

	return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

static void take_order(struct forge_standin *forge, const cJSON *json)
{
	const char *harm = cJSON_GetStringValue(member(json, "harm"));
	const cJSON *header, *comment = member(json, "comment");
	struct forge_order order = { .method = text(forge, json, "method"),
		.path = text(forge, json, "path"),
		.after = (size_t)number(json, "after", 0),
		.times = (size_t)number(json, "times", 1),
		.status = (int)number(json, "status", 0),
		.body = text(forge, json, "body"),
		.is_done = cJSON_IsTrue(member(json, "done")),
		.seconds = number(json, "seconds", 2),
		.author = text(forge, comment, "author"),
		.text = text(forge, comment, "body"),
		.removed = (uint64_t)number(json, "removed", 0) };

	order.body = order.body != NULL ? order.body : "{}";
	for (size_t i = 0; harm != NULL && i < sizeof(harms) / sizeof(harms[0]); i++)
		if (strcmp(harms[i].name, harm) == 0)
			order.harm = harms[i].harm;
	cJSON_ArrayForEach(header, member(json, "headers"))
	{
		http_add(forge, &order.headers, mem_strdup(forge, header->string),
			mem_strdup(forge, cJSON_GetStringValue(header)));
	}
	forge->orders = mem_grow(forge, forge->orders, forge->order_count, sizeof(order));
	forge->orders[forge->order_count++] = order;
}

static bool fits(const struct forge_order *order, const struct http_request *request)
{
	return order->times > 0 &&
	       (order->method == NULL || strcmp(order->method, request->method) == 0) &&
	       (order->path == NULL || strstr(request->path, order->path) != NULL);
}

const struct forge_order *forge_due(struct forge_standin *forge, const struct http_request *request)
{
	for (size_t i = 0; i < forge->order_count; i++) {
		struct forge_order *order = &forge->orders[i];

		if (!fits(order, request))
			continue;
		if (order->after > 0) {
			order->after--;
			continue;
		}
		order->times--;
		if (order->text != NULL)
			forge_add(forge, order->author, order->text, false);
		if (order->removed > 0)
			forge_remove(forge, order->removed);
		return order;
	}
	return NULL;
}

/* [{"author":A,"body":B,"system":true}]; "times" makes many of one. */
static void take_comment(struct forge_standin *forge, const cJSON *json)
{
	const char *author = cJSON_GetStringValue(member(json, "author"));
	const char *body = cJSON_GetStringValue(member(json, "body"));

	for (double i = 0; i < number(json, "times", 1); i++)
		forge_add(forge, author, body != NULL ? body : "",
			cJSON_IsTrue(member(json, "system")));
}

static void each(struct forge_standin *forge, struct http_request *request,
	struct http_reply *reply, void (*take)(struct forge_standin *forge, const cJSON *json))
{
	cJSON *list = cJSON_ParseWithLength(request->body, request->length);
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		take(forge, item);
	}
	if (cJSON_IsArray(list))
		http_answer(reply, 200, "application/json", "{}\n");
	else
		http_answer(reply, 400, "text/plain", "not a list of JSON\n");
	cJSON_Delete(list);
}

static void tell_comments(
	struct forge_standin *forge, struct http_request *request, struct http_reply *reply)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < forge->note_count; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddNumberToObject(item, "id", (double)forge->notes[i].id);
		cJSON_AddStringToObject(item, "author",
			forge->notes[i].author != NULL ? forge->notes[i].author : "");
		cJSON_AddStringToObject(item, "body", forge->notes[i].body);
		cJSON_AddItemToArray(list, item);
	}
	reply_object(request, reply, 200, list);
}

bool forge_control(
	struct forge_standin *forge, struct http_request *request, struct http_reply *reply)
{
	bool is_post = strcmp(request->method, "POST") == 0;

	if (strcmp(request->path, "/standin/comments") == 0 && is_post) {
		each(forge, request, reply, take_comment);
	} else if (strcmp(request->path, "/standin/comments") == 0) {
		tell_comments(forge, request, reply);
	} else if (strcmp(request->path, "/standin/orders") == 0 && is_post) {
		each(forge, request, reply, take_order);
	} else if (strcmp(request->path, "/standin/requests") == 0) {
		reply_object(request, reply, 200, record_requests(forge->record, NULL));
	} else if (strcmp(request->path, "/standin/forget") == 0 && is_post) {
		record_clear(forge->record);
		forge->order_count = 0;
		http_answer(reply, 200, "application/json", "{}\n");
	} else if (strcmp(request->path, "/standin/stop") == 0 && is_post) {
		forge->is_stopping = true;
		http_answer(reply, 200, "application/json", "{}\n");
	} else {
		return false;
	}
	return true;
}
