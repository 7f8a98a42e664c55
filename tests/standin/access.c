/* 401 and 403 of entries.list, with the texts and reasons of the service. */
#include "standin/access.h"

#include <stdlib.h>
#include <string.h>

#include "standin/form.h"
#include "standin/identity.h"
#include "standin/jwt.h"
#include "standin/quota.h"
#include "standin/reply.h"

#define SIGN_IN "https://developers.google.com/identity/sign-in/web/devconsole-project."
#define EXPECTED                                                                                   \
	"Expected OAuth 2 access token, login cookie or other valid authentication credential. "   \
	"See " SIGN_IN

static const char *const reading_scopes[] = { SCOPE("logging.read"), SCOPE("logging.admin"),
	SCOPE("cloud-platform.read-only"), SCOPE("cloud-platform"), NULL };
static const char *const method[] = { "method", "google.logging.v2.LoggingServiceV2.ListLogEntries",
	"service", "logging.googleapis.com", NULL };

static int unauthenticated(
	struct http_request *request, struct http_reply *reply, const char *reason)
{
	bool is_missing = strcmp(reason, "CREDENTIALS_MISSING") == 0;

	http_add(request, &reply->headers, "WWW-Authenticate",
		is_missing
			? "Bearer realm=\"https://accounts.google.com/\""
			: "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"");
	reply_error(request, reply, 401,
		is_missing ? "Request is missing required authentication credential. " EXPECTED
			   : "Request had invalid authentication credentials. " EXPECTED,
		reply_details(reply_error_info(reason, "googleapis.com", method)));
	return -1;
}

static int out_of_scope(struct http_request *request, struct http_reply *reply)
{
	reply_error(request, reply, 403, "Request had insufficient authentication scopes.",
		reply_details(reply_error_info(
			"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com", method)));
	return -1;
}

static double claim_number(const cJSON *claims, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(claims, name);

	return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

static const char *claim_text(const cJSON *claims, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, name));

	return text == NULL ? "" : text;
}

/* Source: AIP-4111. One of aud and scope, never both; an hour at most. NULL: it is good. */
static const char *claims_fault(const cJSON *claims, int64_t now)
{
	const char *audience = claim_text(claims, "aud"), *scope = claim_text(claims, "scope");
	double issued = claim_number(claims, "iat"), expires = claim_number(claims, "exp");

	if (strcmp(claim_text(claims, "iss"), IDENTITY_EMAIL) != 0 ||
		strcmp(claim_text(claims, "sub"), IDENTITY_EMAIL) != 0)
		return "ACCESS_TOKEN_TYPE_UNSUPPORTED";
	if ((audience[0] == '\0') == (scope[0] == '\0') || expires - issued > 3600 ||
		expires <= issued || issued > (double)(now / WHEN_SECOND) + 300)
		return "ACCESS_TOKEN_TYPE_UNSUPPORTED";
	if (audience[0] != '\0' && strcmp(audience, "https://logging.googleapis.com/") != 0)
		return "ACCESS_TOKEN_TYPE_UNSUPPORTED";
	return expires <= (double)(now / WHEN_SECOND) ? "ACCESS_TOKEN_EXPIRED" : NULL;
}

/* A token that the client signed itself. */
static int check_signed(struct standin *standin, struct http_request *request,
	struct http_reply *reply, const char *text)
{
	const char *scope, *fault;
	cJSON *claims = NULL;
	struct err err;
	bool is_in_scope;

	if (standin->key == NULL || jwt_read(text, standin->key, &claims, &err) < 0)
		return unauthenticated(request, reply, "ACCESS_TOKEN_TYPE_UNSUPPORTED");
	fault = claims_fault(claims, clock_now(&standin->clock));
	scope = claim_text(claims, "scope");
	is_in_scope = scope[0] == '\0' || tokens_allow(scope, reading_scopes);
	cJSON_Delete(claims);
	if (fault != NULL)
		return unauthenticated(request, reply, fault);
	return is_in_scope ? 0 : out_of_scope(request, reply);
}

static int check_token(struct standin *standin, struct http_request *request,
	struct http_reply *reply, bool *is_user)
{
	const char *text = form_bearer(request);
	const struct tokens_token *token = text == NULL ? NULL : tokens_find(standin->tokens, text);

	if (text == NULL)
		return unauthenticated(request, reply, "CREDENTIALS_MISSING");
	if (token == NULL)
		return check_signed(standin, request, reply, text);
	if (token->is_revoked || token->expires <= clock_now(&standin->clock))
		return unauthenticated(request, reply, "ACCESS_TOKEN_EXPIRED");
	*is_user = token->holder == TOKENS_USER;
	return tokens_allow(token->scope, reading_scopes) ? 0 : out_of_scope(request, reply);
}

static int refuse_user_project(
	struct http_request *request, struct http_reply *reply, const char *project)
{
	const char *const metadata[] = { "consumer", reply_text(request, "projects/%s", project),
		"service", "logging.googleapis.com", NULL };

	reply_error(request, reply, 403,
		reply_text(request,
			"Caller does not have required permission to use project %s. Grant the "
			"caller "
			"the roles/serviceusage.serviceUsageConsumer role, or a custom role with "
			"the "
			"serviceusage.services.use permission, by visiting "
			"https://console.developers.google.com/iam-admin/iam/project?project=%s "
			"and "
			"then retry. Propagation of the new permission may take a few minutes.",
			project, project),
		reply_details(reply_error_info("USER_PROJECT_DENIED", "googleapis.com", metadata)));
	return -1;
}

static int refuse_disabled(
	struct http_request *request, struct http_reply *reply, const char *project)
{
	char number[QUOTA_NUMBER];
	const char *url = reply_text(request,
		"https://console.developers.google.com/apis/api/logging.googleapis.com/overview"
		"?project=%s",
		quota_number(project, number));
	const char *const metadata[] = { "activationUrl", url, "consumer",
		reply_text(request, "projects/%s", number), "containerInfo", number, "service",
		"logging.googleapis.com", "serviceTitle", "Cloud Logging API", NULL };

	reply_error(request, reply, 403,
		reply_text(request,
			"Cloud Logging API has not been used in project %s before or it is "
			"disabled. "
			"Enable it by visiting %s then retry. If you enabled this API recently, "
			"wait a "
			"few minutes for the action to propagate to our systems and retry.",
			number, url),
		reply_details(reply_error_info("SERVICE_DISABLED", "googleapis.com", metadata)));
	return -1;
}

int access_check(struct standin *standin, struct http_request *request, struct http_reply *reply,
	bool *is_user)
{
	const char *project = http_header(request, "x-goog-user-project");
	const struct standin_settings *settings = &standin->settings;

	*is_user = false;
	if (!settings->is_open && check_token(standin, request, reply, is_user) < 0)
		return -1;
	if (project != NULL && settings->denied != NULL && strcmp(project, settings->denied) == 0)
		return refuse_user_project(request, reply, project);
	return 0;
}

static int refuse_parent(struct http_request *request, struct http_reply *reply, const char *parent)
{
	const char *const metadata[] = { "permission", "logging.logEntries.list", "resource",
		parent, NULL };

	reply_error(request, reply, 403,
		"Permission 'logging.logEntries.list' denied on resource (or it may not exist).",
		reply_details(
			reply_error_info("IAM_PERMISSION_DENIED", "iam.googleapis.com", metadata)));
	return -1;
}

static bool exists(const struct standin *standin, const char *parent)
{
	const struct logs *logs = standin->logs;
	size_t length = strlen(parent);

	if (strncmp(parent, "projects/", 9) == 0 && strcmp(parent + 9, standin->project) == 0)
		return true;
	for (size_t i = 0; i < logs->count; i++)
		if (logs->entries[i].project_length == length &&
			memcmp(logs->entries[i].log_name, parent, length) == 0)
			return true;
	return false;
}

int access_parents(struct standin *standin, struct http_request *request, struct http_reply *reply,
	const char *const *parents, size_t count)
{
	const struct standin_settings *settings = &standin->settings;

	for (size_t i = 0; i < count; i++) {
		const char *project = strchr(parents[i], '/') + 1;

		if (settings->disabled != NULL && strcmp(project, settings->disabled) == 0)
			return refuse_disabled(request, reply, project);
		if (settings->is_forbidden || !exists(standin, parents[i]))
			return refuse_parent(request, reply, parents[i]);
	}
	return 0;
}
