/* Workload identity federation: CI's tokens, their exchange, and acting as a service account. */
#include <stdlib.h>
#include <string.h>

#include "standin/form.h"
#include "standin/grant.h"
#include "standin/identity.h"
#include "standin/jwt.h"
#include "standin/reply.h"

#define SUBJECT_SECONDS 300

char *federate_subject(TALLOC_CTX *mem, const struct standin *standin, const char *audience)
{
	int64_t now = clock_now(&standin->clock) / WHEN_SECOND;
	cJSON *claims = cJSON_CreateObject();
	char *token;

	cJSON_AddStringToObject(claims, "iss", "https://ci.example.com");
	cJSON_AddStringToObject(claims, "sub", IDENTITY_SUBJECT);
	cJSON_AddStringToObject(claims, "aud", audience);
	cJSON_AddNumberToObject(claims, "iat", (double)now);
	cJSON_AddNumberToObject(claims, "nbf", (double)now);
	cJSON_AddNumberToObject(claims, "exp", (double)now + SUBJECT_SECONDS);
	token = jwt_make(mem, standin->issuer, claims);
	cJSON_Delete(claims);
	return token;
}

/* GET, as a job of CI asks for a token of its own. */
void federate_identity(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const char *bearer = form_bearer(request), *audience = http_argument(request, "audience");
	cJSON *body;

	if (standin->issuer == NULL || bearer == NULL || strcmp(bearer, IDENTITY_REQUEST) != 0) {
		http_answer(reply, 401, "text/plain", "unauthorized\n");
		return;
	}
	body = cJSON_CreateObject();
	cJSON_AddNumberToObject(body, "count", 1);
	cJSON_AddStringToObject(body, "value",
		federate_subject(
			request, standin, audience == NULL ? "https://ci.example.com" : audience));
	reply_object(request, reply, 200, body);
}

static const char *subject_fault(const struct standin *standin, const char *token)
{
	const cJSON *audience, *expires;
	const char *fault = NULL;
	cJSON *claims = NULL;
	struct err err;

	if (standin->issuer == NULL || jwt_read(token, standin->issuer, &claims, &err) < 0)
		return "Invalid value for \"subject_token\": its signature cannot be verified.";
	audience = cJSON_GetObjectItemCaseSensitive(claims, "aud");
	expires = cJSON_GetObjectItemCaseSensitive(claims, "exp");
	if (!cJSON_IsString(audience) ||
		(strcmp(audience->valuestring, "https:" IDENTITY_POOL) != 0 &&
			strcmp(audience->valuestring, IDENTITY_POOL) != 0))
		fault = "The audience in ID Token does not match the expected audience.";
	else if (!cJSON_IsNumber(expires) ||
		 expires->valuedouble * 1e9 <= (double)clock_now(&standin->clock))
		fault = "ID Token in assertion is expired.";
	cJSON_Delete(claims);
	return fault;
}

/* The fields that have one value only. */
static const struct {
	const char *name, *value, *error;
} exchange_fields[] = {
	{ "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
		"unsupported_grant_type" },
	{ "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
		"invalid_request" },
	{ "subject_token_type", "urn:ietf:params:oauth:token-type:jwt", "invalid_request" },
	{ "audience", IDENTITY_POOL, "invalid_target" },
};

static bool is_exchange(
	struct http_request *request, struct http_reply *reply, const struct http_pairs *form)
{
	for (size_t i = 0; i < sizeof(exchange_fields) / sizeof(exchange_fields[0]); i++) {
		const char *name = exchange_fields[i].name;

		if (strcmp(form_value(form, name), exchange_fields[i].value) != 0) {
			form_refuse(request, reply, 400, exchange_fields[i].error,
				reply_text(request, "Invalid value for \"%s\".", name), NULL);
			return false;
		}
	}
	return true;
}

/* POST /v1/token. Source: RFC 8693, and the service's own name for it, STS. */
void federate_exchange(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct http_pairs *form = form_read(request);
	struct grant grant = { .holder = TOKENS_FEDERATED,
		.issued_type = "urn:ietf:params:oauth:token-type:access_token" };
	bool has_client,
		is_client = form_basic(request, IDENTITY_CLIENT, IDENTITY_SECRET, &has_client);
	const char *fault;

	if (form == NULL) {
		form_refuse(request, reply, 400, "invalid_request", "The body is no form.", NULL);
		return;
	}
	if (has_client && !is_client) {
		form_refuse(request, reply, 401, "invalid_client", "The OAuth client is not valid.",
			NULL);
		return;
	}
	if (!is_exchange(request, reply, form))
		return;
	grant.scope = form_value(form, "scope");
	fault = subject_fault(standin, form_value(form, "subject_token"));
	if (fault != NULL)
		form_refuse(request, reply, 400, "invalid_grant", fault, NULL);
	else if (grant.scope[0] == '\0')
		form_refuse(request, reply, 400, "invalid_scope", "Scope is missing.", NULL);
	else
		grant_answer(standin, request, reply, &grant);
}

/* "3600s", up to an hour; 0 where it is none. */
static int64_t lifetime_of(const cJSON *body)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(body, "lifetime");
	int64_t lifetime;

	if (item == NULL)
		return 3600;
	if (!cJSON_IsString(item) || when_parse_duration(item->valuestring, &lifetime) < 0)
		return 0;
	return lifetime <= 3600 * WHEN_SECOND ? lifetime / WHEN_SECOND : 0;
}

/* "scope":["..."] as one text; NULL where there is none. */
static const char *scope_of(struct http_request *request, const cJSON *body)
{
	const cJSON *item;
	const char *scope = NULL;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(body, "scope"))
	{
		if (!cJSON_IsString(item))
			return NULL;
		scope = scope == NULL ? reply_text(request, "%s", item->valuestring)
				      : reply_text(request, "%s %s", scope, item->valuestring);
	}
	return scope;
}

/* Every delegate must be one that exists, written as the service wants it. */
static bool are_delegates(const cJSON *body)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(body, "delegates")) if (
		!cJSON_IsString(item) ||
		strcmp(item->valuestring, "projects/-/serviceAccounts/" IDENTITY_DELEGATE) !=
			0) return false;
	return true;
}

static void give_token(struct standin *standin, struct http_request *request,
	struct http_reply *reply, const cJSON *body)
{
	const char *scope = scope_of(request, body);
	int64_t lifetime = lifetime_of(body), expires;
	const struct tokens_token *token;
	char buffer[WHEN_TEXT];
	cJSON *answer;

	if (scope == NULL || lifetime <= 0) {
		reply_error(request, reply, 400, "Request contains an invalid argument.", NULL);
		return;
	}
	if (lifetime > (int64_t)standin->settings.token_seconds)
		lifetime = (int64_t)standin->settings.token_seconds;
	expires = (clock_now(&standin->clock) / WHEN_SECOND + lifetime) * WHEN_SECOND;
	token = tokens_issue(standin->tokens, TOKENS_SERVICE_ACCOUNT, scope, expires);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, "accessToken", token->text);
	cJSON_AddStringToObject(answer, "expireTime", when_format(expires, buffer));
	reply_object(request, reply, 200, answer);
}

/* POST /v1/projects/-/serviceAccounts/EMAIL:generateAccessToken */
void federate_impersonate(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	static const char *const scopes[] = { SCOPE("cloud-platform"), SCOPE("iam"), NULL };
	static const char *const metadata[] = { "permission", "iam.serviceAccounts.getAccessToken",
		NULL };
	const char *bearer = form_bearer(request);
	const struct tokens_token *token =
		bearer == NULL ? NULL : tokens_find(standin->tokens, bearer);
	cJSON *body = cJSON_ParseWithLength(request->body, request->length);

	if (token == NULL || token->is_revoked || token->expires <= clock_now(&standin->clock)) {
		reply_error(request, reply, 401, "Request had invalid authentication credentials.",
			NULL);
	} else if (!tokens_allow(token->scope, scopes)) {
		reply_error(request, reply, 403, "Request had insufficient authentication scopes.",
			NULL);
	} else if (strstr(request->path, "/serviceAccounts/" IDENTITY_EMAIL ":") == NULL ||
		   !are_delegates(body)) {
		reply_error(request, reply, 403,
			"Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it "
			"may not exist).",
			reply_details(reply_error_info(
				"IAM_PERMISSION_DENIED", "iam.googleapis.com", metadata)));
	} else {
		give_token(standin, request, reply, body);
	}
	cJSON_Delete(body);
}
