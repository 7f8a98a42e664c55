/* Faults: a table of what can happen, a list of what was ordered. */
#include "standin/faults.h"

#include <stdlib.h>
#include <string.h>

#include "standin/form.h"
#include "standin/generate.h"
#include "standin/quota.h"
#include "standin/reply.h"

struct faults_kind {
	const char *name;
	int status; /* 0: the usual answer */
	const char *message; /* NULL: a page of the front end */
	const char *oauth; /* what endpoints of OAuth call it; NULL: they have the page, too */
	enum http_harm harm;
	bool in_mix; /* a client should get over it */
};

static const struct faults_kind kinds[] = {
	{ "429", 429, "", "rate_limit_exceeded", HTTP_SOUND, true },
	{ "500", 500, "Internal error encountered.", "internal_failure", HTTP_SOUND, true },
	{ "502", 502, NULL, NULL, HTTP_SOUND, true },
	{ "503", 503, "The service is currently unavailable.", "temporarily_unavailable",
		HTTP_SOUND, true },
	{ "504", 504, "Deadline expired before operation could complete.", "server_error",
		HTTP_SOUND, true },
	{ "reset", 0, NULL, NULL, HTTP_RESET, true },
	{ "half", 0, NULL, NULL, HTTP_HALF, true },
	{ "half-chunked", 0, NULL, NULL, HTTP_HALF_CHUNKED, true },
	{ "stall", 0, NULL, NULL, HTTP_STALL, false },
	{ "slow", 0, NULL, NULL, HTTP_SLOW, false },
	{ "gzip", 0, NULL, NULL, HTTP_GZIP, false },
	{ "html", 200, NULL, NULL, HTTP_SOUND, false },
	{ "400", 400, "Request contains an invalid argument.", "invalid_request", HTTP_SOUND,
		false },
	{ "token", 400, "page_token is invalid.", "invalid_grant", HTTP_SOUND, false },
	{ "401", 401,
		"Request had invalid authentication credentials. Expected OAuth 2 access token, "
		"login cookie or other valid authentication credential. See "
		"https://developers.google.com/identity/sign-in/web/devconsole-project.",
		"invalid_client", HTTP_SOUND, false },
	{ "403", 403, "The caller does not have permission", "access_denied", HTTP_SOUND, false },
	{ "404", 404, NULL, NULL, HTTP_SOUND, false },
};

static const char *const targets[] = {
	[FAULTS_LIST] = "list",
	[FAULTS_TOKEN] = "token",
	[FAULTS_ANY] = "any",
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

struct faults {
	struct faults_fault *orders;
	size_t count;
	uint64_t mix_state;
	unsigned mix_percent;
	size_t mix_left; /* requests */
};

struct faults *faults_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct faults);
}

static const struct faults_kind *kind_of(const char *name, size_t length)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strlen(kinds[i].name) == length && memcmp(kinds[i].name, name, length) == 0)
			return &kinds[i];
	return NULL;
}

static int add(
	struct faults *faults, const struct faults_fault *fault, const char *name, struct err *err)
{
	if (fault->kind == NULL)
		return err_set(err, ERR_USAGE, "no such fault: %s", name);
	faults->orders = mem_grow(faults, faults->orders, faults->count, sizeof(*faults->orders));
	faults->orders[faults->count++] = *fault;
	return 0;
}

int faults_order(struct faults *faults, const char *text, struct err *err)
{
	size_t length = strcspn(text, "@");
	struct faults_fault fault = { kind_of(text, length), FAULTS_LIST, 0, 1, 2, -1 };
	const char *rest = text + length;
	char *end;

	if (*rest == '@') {
		fault.after = strtoul(rest + 1, &end, 10);
		rest = end;
		if (*rest == 'x') {
			fault.times = strtoul(rest + 1, &end, 10);
			rest = end;
		}
	}
	if (*rest != '\0')
		return err_set(err, ERR_USAGE, "fault %s: write KIND@AFTERxTIMES", text);
	return add(faults, &fault, text, err);
}

static double number(const cJSON *order, const char *name, double otherwise)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(order, name);

	return cJSON_IsNumber(item) && item->valuedouble >= 0 ? item->valuedouble : otherwise;
}

int faults_order_json(struct faults *faults, const cJSON *order, struct err *err)
{
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(order, "kind"));
	const char *on = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(order, "on"));
	struct faults_fault fault = { .target = FAULTS_LIST };

	if (name == NULL)
		return err_set(err, ERR_USAGE, "a fault wants a \"kind\"");
	fault.kind = kind_of(name, strlen(name));
	fault.after = (size_t)number(order, "after", 0);
	fault.times = (size_t)number(order, "times", 1);
	fault.seconds = number(order, "seconds", 2);
	fault.retry_after = (int)number(order, "retry_after", -1);
	for (size_t i = 0; on != NULL && i < sizeof(targets) / sizeof(targets[0]); i++)
		if (strcmp(targets[i], on) == 0)
			fault.target = (enum faults_target)i;
	if (on != NULL && strcmp(targets[fault.target], on) != 0)
		return err_set(err, ERR_USAGE, "no such target: %s", on);
	return add(faults, &fault, name, err);
}

void faults_mix(struct faults *faults, uint64_t seed, unsigned percent, size_t count)
{
	faults->mix_state = seed;
	faults->mix_percent = percent;
	faults->mix_left = count;
}

void faults_clear(struct faults *faults)
{
	faults->count = 0;
	faults->mix_left = 0;
}

static bool next_of_mix(struct faults *faults, struct faults_fault *out)
{
	size_t chosen;

	if (faults->mix_left == 0)
		return false;
	faults->mix_left--;
	if (generate_number(&faults->mix_state) % 100 >= faults->mix_percent)
		return false;
	do
		chosen = generate_number(&faults->mix_state) % KIND_COUNT;
	while (!kinds[chosen].in_mix);
	*out = (struct faults_fault){ &kinds[chosen], FAULTS_LIST, 0, 1, 0.2, -1 };
	return true;
}

/* The first order that is due happens; those before it come closer. */
bool faults_next(struct faults *faults, enum faults_target target, struct faults_fault *out)
{
	for (size_t i = 0; i < faults->count; i++) {
		struct faults_fault *fault = &faults->orders[i];

		if ((fault->target != target && fault->target != FAULTS_ANY) || fault->times == 0)
			continue;
		if (fault->after > 0) {
			fault->after--;
			continue;
		}
		fault->times--;
		*out = *fault;
		return true;
	}
	return target == FAULTS_LIST && next_of_mix(faults, out);
}

static cJSON *retry_info(int seconds)
{
	cJSON *info = cJSON_CreateObject();
	char text[24];

	snprintf(text, sizeof(text), "%ds", seconds);
	cJSON_AddStringToObject(info, "@type", "type.googleapis.com/google.rpc.RetryInfo");
	cJSON_AddStringToObject(info, "retryDelay", text);
	return info;
}

/* Where errors have the form of RFC 6749, and not that of AIP-193. */
static bool is_oauth(const struct http_request *request)
{
	static const char *const paths[] = { "/token", "/v1/token", "/v1/oauth/token" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (strcmp(paths[i], request->path) == 0)
			return true;
	return false;
}

static void answer_rpc(
	const struct faults_fault *fault, struct http_request *request, struct http_reply *reply)
{
	const struct faults_kind *kind = fault->kind;
	cJSON *info = fault->retry_after < 0 ? NULL : retry_info(fault->retry_after);

	if (kind->status == 429)
		quota_answer("demo-project", 60, info, request, reply);
	else
		reply_error(request, reply, kind->status, kind->message,
			info == NULL ? NULL : reply_details(info));
}

bool faults_answer(
	const struct faults_fault *fault, struct http_request *request, struct http_reply *reply)
{
	const struct faults_kind *kind = fault->kind;

	reply->harm = kind->harm;
	reply->seconds = fault->seconds;
	if (kind->status == 0)
		return false;
	if (fault->retry_after >= 0)
		http_add(request, &reply->headers, "Retry-After",
			reply_text(request, "%d", fault->retry_after));
	if (kind->message == NULL)
		reply_html(request, reply, kind->status);
	else if (is_oauth(request))
		form_refuse(request, reply, kind->status, kind->oauth, "Ordered by a test.", NULL);
	else
		answer_rpc(fault, request, reply);
	return true;
}

const char *faults_name(const struct faults_fault *fault)
{
	return fault->kind->name;
}
