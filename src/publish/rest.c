/* Asking GitHub and GitLab: what to make of each answer, when to ask again, when to give up. */
#include "publish/rest.h"

#include <string.h>

#include "publish/page.h"

#define BODY_MAX                                                                                   \
	((size_t)64 << 20) /* bytes of an answer: a hundred comments of GitLab can be long */
#define MESSAGE_MAX 300 /* bytes of a message that are shown */
#define HOPS_MAX 3

static const struct retry_policy fault_policy = {
	.tries = 5,
	.first = WHEN_SECOND,
	.longest = 20 * WHEN_SECOND,
	.jitter = 50,
	.patience = 60 * WHEN_SECOND,
};

/* A build does not wait for an hour to say that it failed. */
static const struct retry_policy rate_policy = {
	.tries = 4,
	.first = 5 * WHEN_SECOND,
	.longest = 60 * WHEN_SECOND,
	.jitter = 20,
	.patience = 120 * WHEN_SECOND,
};

#define PATIENCE (120 * WHEN_SECOND) /* of all requests together */
#define FAULT_PATIENCE (60 * WHEN_SECOND) /* of one, with a service that is not well */

struct call {
	struct rest *rest;
	TALLOC_CTX *mem;
	const char *method, *url, *text;
	struct retry fault, rate;
	int64_t begun;
	unsigned hops;
	struct http_response response;
	const char *message; /* of the service, as it may be shown */
};

enum next {
	DONE,
	REFUSED, /* ERR tells */
	AGAIN,
};

static int cjson_free(cJSON **json)
{
	cJSON_Delete(*json);
	return 0;
}

static cJSON *parse(TALLOC_CTX *mem, const struct http_response *response)
{
	cJSON **owner = mem_new(mem, cJSON *);

	*owner = cJSON_ParseWithLength(response->body, response->length);
	talloc_set_destructor(owner, cjson_free);
	return *owner;
}

/* GitHub has "message", GitLab that or "error"; both may hold objects. */
static const char *message_of(const struct call *call, const cJSON *json)
{
	static const char *const names[] = { "message", "error_description", "error" };
	const char *const secrets[] = { call->rest->token, NULL };
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && text == NULL; i++)
		text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, names[i]));
	return told_text(call->mem, text, MESSAGE_MAX, secrets);
}

static bool is_rate(const struct call *call)
{
	const struct http_response *response = &call->response;

	if (response->status == 429)
		return true;
	return response->status == 403 &&
	       (response->rate_left == 0 || response->retry_after != TIME_NONE ||
		       strcasestr(call->message, "rate limit") != NULL ||
		       strcasestr(call->message, "abuse detection") != NULL);
}

static bool is_passing(long status)
{
	return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
}

/* How long the service wants us to be silent. */
static int64_t asked_for(const struct call *call)
{
	const struct http_response *response = &call->response;
	const struct cloud_clock *clock = call->rest->clock;
	int64_t left;

	if (response->retry_after != TIME_NONE)
		return response->retry_after;
	if (response->rate_left != 0 || response->rate_reset == TIME_NONE)
		return call->rest->silence;
	left = response->rate_reset - clock->now(clock->context);
	return left > 0 ? left + WHEN_SECOND : WHEN_SECOND;
}

/* Pause before the next try, unless that would be later than UNTIL. */
static bool wait_until(const struct call *call, struct retry *retry, int64_t asked, int64_t until)
{
	const struct cloud_clock *clock = call->rest->clock;
	int64_t pause;

	if (!retry_next(retry, asked, &pause) || clock->now(clock->context) + pause > until)
		return false;
	clock->sleep(pause, clock->context);
	return true;
}

static enum next wait_rate(struct call *call, struct err *err)
{
	char text[WHEN_TEXT];
	int64_t asked = asked_for(call);

	if (wait_until(call, &call->rate, asked, call->rest->until))
		return AGAIN;
	err_fill(err, ERR_NET, "%s: status %ld: too many requests%s%s%s%s", call->rest->name,
		call->response.status, asked != TIME_NONE ? "; it asks for a pause of " : "",
		asked != TIME_NONE ? when_format_duration(asked, text) : "",
		call->message[0] != '\0' ? ": " : "", call->message);
	return REFUSED;
}

/* What failed may have been done: only what may be done twice is asked for again. */
static enum next wait_fault(struct call *call, const struct err *err)
{
	int64_t until = call->begun + FAULT_PATIENCE;

	if (strcmp(call->method, "POST") == 0 ||
		!wait_until(call, &call->fault, call->response.retry_after,
			until < call->rest->until ? until : call->rest->until))
		return REFUSED;
	log_info("%s; asking again", err->text);
	return AGAIN;
}

/* The scheme, host and port of the base: what follows is of the same owner, or it is not. */
static size_t origin_length(const char *base)
{
	const char *host = strstr(base, "://");

	host = host != NULL ? host + 3 : base;
	return (size_t)(host - base) + strcspn(host, "/");
}

static enum next follow(struct call *call, struct err *err)
{
	const char *to = call->response.redirect;
	size_t origin = origin_length(call->rest->base);

	if (strncmp(to, call->rest->base, origin) == 0 && to[origin] == '/' &&
		call->hops++ < HOPS_MAX) {
		call->url = to;
		return AGAIN;
	}
	err_fill(err, ERR_NET,
		"%s: status %ld: it leads to another place, and the token is for this one only; "
		"set "
		"%s to where the API is",
		call->rest->name, call->response.status, call->rest->variable);
	return REFUSED;
}

static enum next take(struct call *call, struct rest_answer *out, struct err *err)
{
	const struct http_response *response = &call->response;

	out->next = page_next(call->mem, response->link, call->rest->base);
	out->has_more = out->next != NULL || response->next_page[0] != '\0' ||
			strstr(response->link, "rel=\"next\"") != NULL;
	if (out->json != NULL || strcmp(call->method, "GET") != 0)
		return DONE;
	out->passing = true;
	err_fill(err, ERR_NET, "%s: status %ld: the answer is no JSON, or cut", call->rest->name,
		response->status);
	return wait_fault(call, err);
}

static enum next judge(struct call *call, struct rest_answer *out, struct err *err)
{
	const struct http_response *response = &call->response;

	out->status = response->status;
	out->json = parse(call->mem, response);
	if (response->status >= 200 && response->status < 300)
		return take(call, out, err);
	if (response->redirect[0] != '\0')
		return follow(call, err);
	call->message = message_of(call, out->json);
	out->is_limited = is_rate(call);
	if (out->is_limited)
		return wait_rate(call, err);
	err_fill(err, ERR_NET, "%s: status %ld%s%s", call->rest->name, response->status,
		call->message[0] != '\0' ? ": " : "", call->message);
	if (!is_passing(response->status))
		return REFUSED;
	out->passing = true;
	return wait_fault(call, err);
}

static enum next ask(struct call *call, struct rest_answer *out, struct err *err)
{
	const struct rest *rest = call->rest;
	const struct http_request request = { .method = call->method,
		.url = call->url,
		.headers = rest->headers,
		.body = call->text != NULL ? call->text : "",
		.body_length = call->text != NULL ? strlen(call->text) : 0,
		.limit = BODY_MAX,
		.timeout = rest->timeout };

	*out = (struct rest_answer){ 0 };
	call->message = "";
	if (http_exchange(rest->http, call->mem, &request, &call->response, err) == 0)
		return judge(call, out, err);
	out->passing = http_fault_passes(call->response.fault);
	return out->passing ? wait_fault(call, err) : REFUSED;
}

int rest_call(struct rest *rest, TALLOC_CTX *mem, const char *method, const char *path,
	const char *text, struct rest_answer *out, struct err *err)
{
	struct call call = { .rest = rest,
		.mem = mem,
		.method = method,
		.url = mem_printf(mem, "%s%s", rest->base, path),
		.text = text,
		.begun = rest->clock->now(rest->clock->context) };
	enum next next;

	if (rest->until == 0)
		rest->until = call.begun + PATIENCE;
	retry_begin(&call.fault, &fault_policy, rest->seed);
	retry_begin(&call.rate, &rate_policy, rest->seed);
	do
		next = ask(&call, out, err);
	while (next == AGAIN);
	return next == DONE ? 0 : -1;
}
