/* 60 a minute, unless a test has less patience. The body is one that the service sent. */
#include "standin/quota.h"

#include <string.h>

#include "standin/reply.h"

struct usage {
	char *project;
	int64_t minute;
	unsigned used;
};

struct quota {
	unsigned limit;
	struct usage *usages;
	size_t count;
};

struct quota *quota_new(TALLOC_CTX *mem)
{
	struct quota *quota = mem_new(mem, struct quota);

	quota->limit = 60;
	return quota;
}

void quota_limit(struct quota *quota, unsigned limit)
{
	quota->limit = limit;
	quota->count = 0;
}

unsigned quota_limit_of(const struct quota *quota)
{
	return quota->limit;
}

static struct usage *usage_of(struct quota *quota, const char *project)
{
	for (size_t i = 0; i < quota->count; i++)
		if (strcmp(quota->usages[i].project, project) == 0)
			return &quota->usages[i];
	quota->usages = mem_grow(quota, quota->usages, quota->count, sizeof(*quota->usages));
	quota->usages[quota->count] = (struct usage){ mem_strdup(quota, project), 0, 0 };
	return &quota->usages[quota->count++];
}

bool quota_take(struct quota *quota, const char *project, int64_t now)
{
	struct usage *usage = usage_of(quota, project);
	int64_t minute = now / (60 * WHEN_SECOND);

	if (usage->minute != minute)
		usage->used = 0;
	usage->minute = minute;
	if (quota->limit > 0 && usage->used >= quota->limit)
		return false;
	usage->used++;
	return true;
}

const char *quota_number(const char *project, char buffer[QUOTA_NUMBER])
{
	uint64_t number = 0;

	if (strlen(project) == 12 && strspn(project, "0123456789") == 12)
		return strcpy(buffer, project);
	for (; *project != '\0'; project++)
		number = (number * 131 + (unsigned char)*project) % UINT64_C(900000000000);
	snprintf(buffer, QUOTA_NUMBER, "%llu",
		(unsigned long long)(number + UINT64_C(100000000000)));
	return buffer;
}

static cJSON *help(void)
{
	cJSON *help = cJSON_CreateObject(), *link = cJSON_CreateObject();

	cJSON_AddStringToObject(help, "@type", "type.googleapis.com/google.rpc.Help");
	cJSON_AddStringToObject(link, "description", "Request a higher quota limit.");
	cJSON_AddStringToObject(
		link, "url", "https://cloud.google.com/docs/quotas/help/request_increase");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(help, "links"), link);
	return help;
}

void quota_answer(const char *project, unsigned limit, cJSON *more, struct http_request *request,
	struct http_reply *reply)
{
	char number[QUOTA_NUMBER];
	const char *const metadata[] = { "consumer",
		reply_text(request, "projects/%s", quota_number(project, number)), "quota_limit",
		"ReadRequestsPerMinutePerProject", "quota_limit_value",
		reply_text(request, "%u", limit), "quota_location", "global", "quota_metric",
		"logging.googleapis.com/read_requests", "quota_unit", "1/min/{project}", "service",
		"logging.googleapis.com", NULL };
	const char *message = reply_text(request,
		"Quota exceeded for quota metric 'Read requests' and limit 'Read requests per "
		"minute' "
		"of service 'logging.googleapis.com' for consumer 'project_number:%s'.",
		number);
	cJSON *details =
		reply_details(reply_error_info("RATE_LIMIT_EXCEEDED", "googleapis.com", metadata));

	cJSON_AddItemToArray(details, help());
	if (more != NULL)
		cJSON_AddItemToArray(details, more);
	reply_error(request, reply, 429, message, details);
}
