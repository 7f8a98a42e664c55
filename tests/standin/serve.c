/* Who answers what. */
#include <string.h>

#include "standin/quota.h"
#include "standin/record.h"
#include "standin/reply.h"
#include "standin/standin.h"

/* "*" in a path stands for anything. */
static const struct route {
	const char *method, *path;
	standin_handler *handler;
	enum faults_target target;
} routes[] = {
	{ "POST", "/v2/entries:list", list_entries, FAULTS_LIST },
	{ "POST", "/token", oauth_token, FAULTS_TOKEN },
	{ "POST", "/v1/oauth/token", oauth_workforce, FAULTS_TOKEN },
	{ "POST", "/v1/token", federate_exchange, FAULTS_TOKEN },
	{ "POST", "/v1/projects/-/serviceAccounts/*:generateAccessToken", federate_impersonate,
		FAULTS_TOKEN },
	{ "GET", "/idtoken/*", federate_identity, FAULTS_TOKEN },
	{ "GET", "/computeMetadata/v1/instance/service-accounts/default/token", metadata_token,
		FAULTS_TOKEN },
	{ "GET", "/computeMetadata/v1/*", metadata_text, FAULTS_TOKEN },
	{ "GET", "/", metadata_text, FAULTS_TOKEN },
};

/* What only tests ask for; it never fails on purpose, and is not recorded. */
static const struct route controls[] = {
	{ "GET", "/standin/counters", control_counters, FAULTS_ANY },
	{ "GET", "/standin/entries", control_listed, FAULTS_ANY },
	{ "POST", "/standin/entries", control_entries, FAULTS_ANY },
	{ "DELETE", "/standin/faults", control_no_faults, FAULTS_ANY },
	{ "POST", "/standin/faults", control_faults, FAULTS_ANY },
	{ "DELETE", "/standin/requests", control_forget, FAULTS_ANY },
	{ "GET", "/standin/requests", control_requests, FAULTS_ANY },
	{ "POST", "/standin/settings", control_settings, FAULTS_ANY },
	{ "POST", "/standin/stop", control_stop, FAULTS_ANY },
	{ "POST", "/standin/tokens", control_tokens, FAULTS_ANY },
};

struct standin *standin_new(TALLOC_CTX *mem)
{
	struct standin *standin = mem_new(mem, struct standin);

	standin->settings.token_seconds = 3599; /* as the service rounds an hour */
	standin->clock.still = TIME_NONE;
	standin->logs = logs_new(standin);
	standin->pages = pages_new(standin);
	standin->faults = faults_new(standin);
	standin->quota = quota_new(standin);
	standin->record = record_new(standin);
	standin->tokens = tokens_new(standin);
	standin->last_request = clock_monotonic();
	return standin;
}

static bool is_path(const char *pattern, const char *path)
{
	const char *star = strchr(pattern, '*');
	size_t before, behind, length = strlen(path);

	if (star == NULL)
		return strcmp(pattern, path) == 0;
	before = (size_t)(star - pattern);
	behind = strlen(star + 1);
	return length > before + behind && strncmp(pattern, path, before) == 0 &&
	       strcmp(star + 1, path + length - behind) == 0;
}

static const struct route *route_of(
	const struct route *table, size_t count, const struct http_request *request)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].method, request->method) == 0 &&
			is_path(table[i].path, request->path))
			return &table[i];
	return NULL;
}

void standin_serve(void *context, struct http_request *request, struct http_reply *reply)
{
	struct standin *standin = context;
	const struct route *route =
		route_of(controls, sizeof(controls) / sizeof(controls[0]), request);
	struct faults_fault fault;
	bool is_faulty;

	standin->last_request = clock_monotonic();
	if (route != NULL) {
		route->handler(standin, request, reply);
		return;
	}
	route = route_of(routes, sizeof(routes) / sizeof(routes[0]), request);
	is_faulty = route != NULL && faults_next(standin->faults, route->target, &fault);
	if (request->is_too_long || route == NULL)
		reply_html(request, reply, request->is_too_long ? 413 : 404);
	else if (!is_faulty || !faults_answer(&fault, request, reply))
		route->handler(standin, request, reply);
	record_keep(standin->record, request, reply, is_faulty ? faults_name(&fault) : NULL);
}
