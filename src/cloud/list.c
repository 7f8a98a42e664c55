/* Asking for pages: what to make of each answer, when to ask again, when to give up. */
#include "cloud/list.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "cloud/api.h"
#include "cloud/pace.h"
#include "cloud/retry.h"

#define BODY_MAX ((size_t)32 << 20) /* bytes of a page */

struct cloud_list {
	struct cloud *cloud;
	struct cloud_list_options options;
	struct pace pace;
	uint64_t requests;
};

/* Internal, beside the answers of cloud_list_page. */
#define AGAIN (CLOUD_LIST_PAGE + 1)

/* Pauses after what may pass by itself. */
static const struct retry_policy fault_policy = {
	.tries = 8,
	.first = WHEN_SECOND,
	.longest = 60 * WHEN_SECOND,
	.jitter = 50,
	.patience = 300 * WHEN_SECOND,
};

/* A quota is by the minute, and nothing says when it began. */
static const struct retry_policy quota_policy = {
	.tries = 12,
	.first = 10 * WHEN_SECOND,
	.longest = 60 * WHEN_SECOND,
	.jitter = 20,
	.patience = 600 * WHEN_SECOND,
};

/* One page, until it is there. */
struct asking {
	struct cloud_list *list;
	struct retry fault, quota;
	const struct cloud_list_request *request;
	char *body; /* of the request */
};

static int64_t now_of(const struct cloud_list *list)
{
	const struct cloud_clock *clock = list->cloud->session.clock;

	return clock->now(clock->context);
}

struct cloud_list *cloud_list_new(
	TALLOC_CTX *mem, struct cloud *cloud, const struct cloud_list_options *options)
{
	struct cloud_list *list = mem_new(mem, struct cloud_list);

	list->cloud = cloud;
	list->options = *options;
	if (list->options.per_minute == 0)
		list->options.per_minute = CLOUD_LIST_RATE;
	pace_begin(&list->pace, list->options.per_minute, now_of(list));
	return list;
}

uint64_t cloud_list_requests(const struct cloud_list *list)
{
	return list->requests;
}

int cloud_list_resource(TALLOC_CTX *mem, const char *project, char **out, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:";

	if (project[0] == '\0' || project[strspn(project, allowed)] != '\0')
		return err_set(err, ERR_USAGE,
			"--project is the id of a project: letters, digits and \"-\"");
	*out = mem_printf(mem, "projects/%s", project);
	return 0;
}

/* The same bytes for every page, but for the token. */
static char *body_of(TALLOC_CTX *mem, const struct cloud_list_request *request, bool whole)
{
	cJSON *body = mem_check(cJSON_CreateObject());
	const char *const names[] = { request->resource };
	char *text, *copy;

	cJSON_AddItemToObject(body, "resourceNames", mem_check(cJSON_CreateStringArray(names, 1)));
	mem_check(cJSON_AddStringToObject(body, "filter", request->filter));
	mem_check(cJSON_AddStringToObject(body, "orderBy", "timestamp asc"));
	mem_check(cJSON_AddNumberToObject(body, "pageSize", request->size));
	if (whole && request->token != NULL)
		mem_check(cJSON_AddStringToObject(body, "pageToken", request->token));
	text = mem_check(cJSON_PrintUnformatted(body));
	copy = mem_strdup(mem, text);
	cJSON_free(text);
	cJSON_Delete(body);
	return copy;
}

void cloud_list_digest(const struct cloud_list_request *request, char out[DIGEST_TEXT])
{
	char *body = body_of(NULL, request, false);

	digest_of(body, strlen(body), out);
	talloc_free(body);
}

static void wait_for(struct cloud_list *list, int64_t duration, const char *why)
{
	const struct cloud_clock *clock = list->cloud->session.clock;

	if (list->options.waiting != NULL)
		list->options.waiting(list->options.context, duration, why);
	clock->sleep(duration, clock->context);
}

/* After a failure that may pass: AGAIN after a pause; -1 where it was the last one. */
static int pause_after(
	struct asking *asking, struct retry *retry, int64_t asked, const char *why, struct err *err)
{
	char text[WHEN_TEXT];
	int64_t pause;

	if (!retry_next(retry, asked, &pause)) {
		if (asked != TIME_NONE && asked > retry->policy->patience)
			return err_wrap(err, "the service asks for a pause of %s",
				when_format_duration(asked, text));
		return err_wrap(err, "asked %u times", retry->tries);
	}
	log_info("%s; asking again in %s", err->text,
		when_format_duration(pause / 1000000 * 1000000, text));
	wait_for(asking->list, pause, why);
	return AGAIN;
}

/* Whether the service said that there were too many requests, in whatever way. */
static bool is_quota(long status, const struct api_fault *fault)
{
	return status == 429 || strcmp(fault->status, "RESOURCE_EXHAUSTED") == 0 ||
	       strcmp(fault->reason, "RATE_LIMIT_EXCEEDED") == 0;
}

static bool is_passing(long status)
{
	return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
}

/* An answer that is no page: as cloud_list_page, or AGAIN. */
static int take_refusal(
	struct asking *asking, const struct http_response *response, struct err *err)
{
	struct cloud *cloud = asking->list->cloud;
	TALLOC_CTX *scratch = talloc_new(NULL);
	struct api_fault fault;
	int result = -1;

	api_fault_parse(scratch, cloud, response, &fault);
	api_refused(cloud, response, err);
	if (is_quota(response->status, &fault))
		result = pause_after(asking, &asking->quota, fault.retry_after, "quota", err);
	else if (is_passing(response->status))
		result = pause_after(asking, &asking->fault, fault.retry_after, "fault", err);
	else if (response->status == 400 && asking->request->token != NULL)
		result = CLOUD_LIST_STALE;
	talloc_free(scratch);
	return result;
}

/* Ask once: as cloud_list_page, or AGAIN. */
static int ask(
	struct asking *asking, struct pages *pages, TALLOC_CTX *mem, char **token, struct err *err)
{
	struct cloud_list *list = asking->list;
	struct api_request request = { "v2/entries:list", asking->body, strlen(asking->body),
		BODY_MAX };
	struct http_response response;
	int64_t wait = pace_take(&list->pace, now_of(list));

	if (wait > 0)
		wait_for(list, wait, "quota");
	list->requests++;
	if (api_post(list->cloud, mem, &request, &response, err) < 0) {
		if (response.fault == HTTP_FAULT_LIMIT)
			return CLOUD_LIST_LARGE;
		if (!http_fault_passes(response.fault))
			return -1;
		return pause_after(asking, &asking->fault, TIME_NONE, "fault", err);
	}
	if (response.status != 200)
		return take_refusal(asking, &response, err);
	/* a page of a front-end that says 200 and is in HTML, or half of one, may pass, too */
	if (source_pages_add(pages, response.body, response.length, mem, token, err) < 0) {
		err_prefix(err, "%s", list->cloud->endpoint);
		err->code = ERR_NET;
		return pause_after(asking, &asking->fault, response.retry_after, "fault", err);
	}
	return CLOUD_LIST_PAGE;
}

int cloud_list_page(struct cloud_list *list, const struct cloud_list_request *request,
	struct pages *pages, TALLOC_CTX *mem, char **token, struct err *err)
{
	struct asking asking = { .list = list, .request = request };
	uint64_t seed = list->cloud->session.seed + list->requests;
	TALLOC_CTX *page = NULL;
	int result;

	asking.body = body_of(NULL, request, true);
	retry_begin(&asking.fault, &fault_policy, seed);
	retry_begin(&asking.quota, &quota_policy, seed);
	do {
		talloc_free(page);
		page = talloc_new(mem);
		result = ask(&asking, pages, page, token, err);
	} while (result == AGAIN);
	talloc_free(asking.body);
	return result;
}
