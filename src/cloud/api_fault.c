/* Refusals: what the API says, and what a person can do about it. */
#include <string.h>

#include "cloud/api.h"
#include "cloud/document.h"
#include "cloud/told.h"

#define MESSAGE_MAX 400 /* bytes of a message that are shown */

/* "3.5s" */
static int64_t delay_of(const cJSON *detail)
{
	const char *text = document_text(detail, "retryDelay");
	int64_t delay;

	if (text == NULL || when_parse_duration(text, &delay) < 0 || delay < 0)
		return TIME_NONE;
	return delay;
}

static bool is_kind(const cJSON *detail, const char *kind)
{
	const char *type = document_text(detail, "@type");
	const char *dot = type != NULL ? strrchr(type, '.') : NULL;

	return dot != NULL && strcmp(dot + 1, kind) == 0;
}

void api_fault_parse(TALLOC_CTX *mem, const struct cloud *cloud,
	const struct http_response *response, struct api_fault *out)
{
	TALLOC_CTX *scratch = talloc_new(mem);
	const cJSON *body = document_parse(scratch, response->body, response->length);
	const cJSON *error = document_object(body, "error"), *detail;
	const char *const secrets[] = { cloud->token.text, NULL };
	const char *reason = NULL;

	out->retry_after = response->retry_after;
	cJSON_ArrayForEach(detail, document_array(error, "details"))
	{
		if (is_kind(detail, "ErrorInfo"))
			reason = document_text(detail, "reason");
		if (is_kind(detail, "RetryInfo") && out->retry_after == TIME_NONE)
			out->retry_after = delay_of(detail);
	}
	out->status = told_text(mem, document_text(error, "status"), 64, secrets);
	out->reason = told_text(mem, reason, 64, secrets);
	out->message = told_text(mem, document_text(error, "message"), MESSAGE_MAX, secrets);
	talloc_free(scratch);
}

/* The first line that fits decides: an empty reason or message fits all, and so does status 0. */
static const struct {
	long status;
	const char *reason, *message, *advice;
} advices[] = {
	{ 401, "", "",
		"the token was refused: it may have expired or been revoked, or this clock is "
		"wrong" },
	{ 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "",
		"the token is good, but not for reading logs: on a VM, stop it and set its scopes "
		"(gcloud compute instances set-service-account --scopes=logging-read); for a "
		"login, "
		"repeat it with the scope cloud-platform" },
	{ 403, "", "insufficient authentication scopes",
		"the token is good, but not for reading logs: on a VM, stop it and set its scopes "
		"(gcloud compute instances set-service-account --scopes=logging-read); for a "
		"login, "
		"repeat it with the scope cloud-platform" },
	{ 403, "SERVICE_DISABLED", "",
		"enable the API: gcloud services enable logging.googleapis.com" },
	{ 403, "USER_PROJECT_DENIED", "",
		"who asks may not use the quota project: grant "
		"roles/serviceusage.serviceUsageConsumer "
		"there, or name another in GOOGLE_CLOUD_QUOTA_PROJECT" },
	{ 403, "", "permission to use project",
		"who asks may not use the quota project: grant "
		"roles/serviceusage.serviceUsageConsumer "
		"there, or name another in GOOGLE_CLOUD_QUOTA_PROJECT" },
	{ 403, "", "",
		"grant roles/logging.viewer on the project, and see that its name is right: a "
		"project "
		"that does not exist is refused in the same way" },
	{ 404, "", "", "there is no such thing: look at the project and at the endpoint" },
	{ 429, "", "",
		"too many requests a minute: wait, or ask for a higher quota of read requests" },
	{ 0, "", "", NULL },
};

static const char *advice_for(long status, const struct api_fault *fault)
{
	size_t i = 0;

	while (advices[i].status != 0 &&
		(advices[i].status != status ||
			(advices[i].reason[0] != '\0' &&
				strcmp(advices[i].reason, fault->reason) != 0) ||
			strstr(fault->message, advices[i].message) == NULL))
		i++;
	return advices[i].advice;
}

int api_refused(struct cloud *cloud, const struct http_response *response, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(cloud);
	struct api_fault fault;
	const char *advice;

	api_fault_parse(scratch, cloud, response, &fault);
	advice = advice_for(response->status, &fault);
	err_fill(err, ERR_NET, "%s: status %ld%s%s%s%s%s%s", cloud->endpoint, response->status,
		fault.status[0] != '\0' ? " " : "", fault.status,
		fault.message[0] != '\0' ? ": " : "", fault.message, advice != NULL ? "; " : "",
		advice != NULL ? advice : "");
	talloc_free(scratch);
	return -1;
}
