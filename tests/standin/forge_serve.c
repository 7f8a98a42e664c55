/* Who asks, for what, and what becomes of it. */
#include <string.h>

#include "standin/clock.h"
#include "standin/forge.h"
#include "standin/reply.h"

static const struct forge_account accounts[] = {
	{ "user-token-0123456789", "ci-user", false, false },
	{ "read-token-0123456789", "ci-user", false, true },
	{ "app-token-0123456789", "demo-app[bot]", true, false },
	{ "job-token-0123456789", "github-actions[bot]", true, false },
	{ "fork-token-0123456789", "github-actions[bot]", true, true },
};

const struct forge_account *forge_account(
	const struct forge_standin *forge, const struct http_request *request)
{
	static const char bearer[] = "Bearer ";
	const char *token =
		http_header(request, forge->is_gitlab ? "PRIVATE-TOKEN" : "Authorization");

	if (token == NULL)
		return NULL;
	if (!forge->is_gitlab) {
		if (strncmp(token, bearer, strlen(bearer)) != 0)
			return NULL;
		token += strlen(bearer);
	}
	for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++)
		if (strcmp(accounts[i].token, token) == 0)
			return &accounts[i];
	return NULL;
}

static void tell_user(const struct forge_standin *forge, const struct forge_account *account,
	struct http_request *request, struct http_reply *reply)
{
	cJSON *user;

	if (account->is_app && !forge->is_gitlab) {
		forge_refuse(request, reply, 403, "Resource not accessible by integration");
		return;
	}
	user = cJSON_CreateObject();
	cJSON_AddStringToObject(user, forge->is_gitlab ? "username" : "login", account->login);
	reply_object(request, reply, 200, user);
}

static void tell_viewer(
	const struct forge_account *account, struct http_request *request, struct http_reply *reply)
{
	cJSON *answer = cJSON_CreateObject();
	cJSON *data = cJSON_AddObjectToObject(answer, "data");

	cJSON_AddStringToObject(cJSON_AddObjectToObject(data, "viewer"), "login", account->login);
	reply_object(request, reply, 200, answer);
}

/* On an own server "graphql" stands where "v3" does. */
static bool is_graphql(const struct forge_standin *forge, const struct http_request *request)
{
	const char *path = strcmp(forge->base, "/api/v3") == 0 ? "/api/graphql" : "/graphql";

	return forge->has_viewer && strcmp(request->method, "POST") == 0 &&
	       strcmp(request->path, path) == 0;
}

static void answer(
	struct forge_standin *forge, struct http_request *request, struct http_reply *reply)
{
	const struct forge_account *account = forge_account(forge, request);

	if (account == NULL)
		forge_refuse(request, reply, 401,
			forge->is_gitlab ? "401 Unauthorized" : "Bad credentials");
	else if (strcmp(request->path, reply_text(request, "%s/user", forge->base)) == 0)
		tell_user(forge, account, request, reply);
	else if (is_graphql(forge, request))
		tell_viewer(account, request, reply);
	else if (!forge_notes(forge, account, request, reply))
		forge_refuse(request, reply, 404, "Not Found");
}

void forge_serve(void *context, struct http_request *request, struct http_reply *reply)
{
	struct forge_standin *forge = context;
	const struct forge_order *order;

	forge->last_request = clock_monotonic();
	if (forge_control(forge, request, reply))
		return;
	order = forge_due(forge, request);
	if (order == NULL || order->status == 0 || order->is_done)
		answer(forge, request, reply);
	if (order != NULL && order->status != 0) {
		http_answer(reply, order->status, "application/json", order->body);
		reply->headers = order->headers;
	}
	if (order != NULL) {
		reply->harm = order->harm;
		reply->seconds = order->seconds;
	}
	record_keep(forge->record, request, reply, order != NULL ? "order" : NULL);
}
