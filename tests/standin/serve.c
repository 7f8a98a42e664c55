/* Who answers what. */
#include <string.h>

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
};

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
	if (route == NULL)
		reply_html(request, reply, 404);
	else if (!is_faulty || !faults_answer(&fault, request, reply))
		route->handler(standin, request, reply);
	record_keep(standin->record, request, reply, is_faulty ? faults_name(&fault) : NULL);
}
