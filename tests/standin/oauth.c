/* POST /token and /v1/oauth/token: tokens for service accounts and for users. */
#include <stdlib.h>
#include <string.h>

#include "standin/form.h"
#include "standin/grant.h"
#include "standin/identity.h"
#include "standin/jwt.h"
#include "standin/reply.h"

static const char jwt_bearer[] = "urn:ietf:params:oauth:grant-type:jwt-bearer";

static const char *text_of(const cJSON *claims, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, name));

	return text == NULL ? "" : text;
}

static double number_of(const cJSON *claims, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(claims, name);

	return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

/* The service's own address, or the one at which this request came in. */
static bool is_audience(const struct http_request *request, const char *audience)
{
	const char *host = http_header(request, "Host");

	if (strcmp(audience, "https://oauth2.googleapis.com/token") == 0)
		return true;
	return host != NULL && strncmp(audience, "http://", 7) == 0 &&
	       strncmp(audience + 7, host, strlen(host)) == 0 &&
	       strcmp(audience + 7 + strlen(host), "/token") == 0;
}

/* Every word of SCOPE is the name of one. */
static bool is_scope(const char *scope)
{
	while (*scope != '\0') {
		if (strncmp(scope, SCOPE(""), strlen(SCOPE(""))) != 0)
			return false;
		scope += strcspn(scope, " ");
		scope += *scope == ' ';
	}
	return true;
}

/* What is wrong with an assertion; "" for its scope, NULL for nothing. */
static const char *claims_fault(
	const struct http_request *request, const cJSON *claims, int64_t now)
{
	double issued = number_of(claims, "iat"), expires = number_of(claims, "exp");
	double seconds = (double)(now / WHEN_SECOND);

	if (strcmp(text_of(claims, "iss"), IDENTITY_EMAIL) != 0)
		return "Invalid grant: account not found";
	if (!is_audience(request, text_of(claims, "aud")))
		return "Invalid JWT: Failed audience check.";
	if (issued > seconds + 300 || expires <= seconds || expires - issued > 3600)
		return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a "
		       "reasonable timeframe. Check your iat and exp values in the JWT claim.";
	return text_of(claims, "scope")[0] == '\0' || !is_scope(text_of(claims, "scope")) ? ""
											  : NULL;
}

static void grant_assertion(struct standin *standin, struct http_request *request,
	struct http_reply *reply, const struct http_pairs *form)
{
	struct grant grant = { .holder = TOKENS_SERVICE_ACCOUNT };
	const char *fault;
	cJSON *claims = NULL;
	struct err err;

	if (standin->key == NULL ||
		jwt_read(form_value(form, "assertion"), standin->key, &claims, &err) < 0) {
		form_refuse(request, reply, 400, "invalid_grant", "Invalid JWT Signature.", NULL);
		return;
	}
	fault = claims_fault(request, claims, clock_now(&standin->clock));
	grant.scope = reply_text(request, "%s", text_of(claims, "scope"));
	cJSON_Delete(claims);
	if (fault == NULL)
		grant_answer(standin, request, reply, &grant);
	else if (fault[0] == '\0')
		form_refuse(request, reply, 400, "invalid_scope",
			"Invalid OAuth scope or ID token audience provided.", NULL);
	else
		form_refuse(request, reply, 400, "invalid_grant", fault, NULL);
}

static void grant_refresh(struct standin *standin, struct http_request *request,
	struct http_reply *reply, const struct http_pairs *form)
{
	const char *scope = form_value(form, "scope"), *rapt = standin->settings.rapt;
	struct grant grant = { .holder = TOKENS_USER,
		.scope = scope[0] != '\0' ? scope : SCOPE("cloud-platform"),
		.tells_scope = true };

	if (strcmp(form_value(form, "refresh_token"), IDENTITY_REFRESH) != 0)
		form_refuse(request, reply, 400, "invalid_grant",
			"Token has been expired or revoked.", NULL);
	else if (rapt != NULL)
		form_refuse(request, reply, 400, "invalid_grant",
			reply_text(request, "reauth related error (%s)", rapt), rapt);
	else
		grant_answer(standin, request, reply, &grant);
}

void oauth_token(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct http_pairs *form = form_read(request);
	const char *type = form == NULL ? "" : form_value(form, "grant_type");

	if (strcmp(type, jwt_bearer) == 0)
		grant_assertion(standin, request, reply, form);
	else if (type[0] == '\0')
		form_refuse(request, reply, 400, "invalid_request",
			"Required parameter is missing: grant_type", NULL);
	else if (strcmp(type, "refresh_token") != 0)
		form_refuse(request, reply, 400, "unsupported_grant_type",
			reply_text(request, "Invalid grant_type: %s", type), NULL);
	else if (strcmp(form_value(form, "client_id"), IDENTITY_CLIENT) != 0)
		form_refuse(request, reply, 401, "invalid_client",
			"The OAuth client was not found.", NULL);
	else if (strcmp(form_value(form, "client_secret"), IDENTITY_SECRET) != 0)
		form_refuse(request, reply, 401, "invalid_client",
			"The provided client secret is invalid.", NULL);
	else
		grant_refresh(standin, request, reply, form);
}

/* The same for users of a workforce pool, whose client says who it is by HTTP Basic. */
void oauth_workforce(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct http_pairs *form = form_read(request);
	struct grant grant = { .holder = TOKENS_FEDERATED,
		.scope = SCOPE("cloud-platform"),
		.refresh_token = IDENTITY_REFRESH };
	bool has_client,
		is_client = form_basic(request, IDENTITY_CLIENT, IDENTITY_SECRET, &has_client);

	if (form == NULL || strcmp(form_value(form, "grant_type"), "refresh_token") != 0)
		form_refuse(request, reply, 400, "unsupported_grant_type",
			"grant_type must be refresh_token.", NULL);
	else if (!is_client)
		form_refuse(request, reply, 401, "invalid_client", "The OAuth client is not valid.",
			NULL);
	else if (strcmp(form_value(form, "refresh_token"), IDENTITY_REFRESH) != 0)
		form_refuse(request, reply, 400, "invalid_grant",
			"The refresh token is expired or revoked.", NULL);
	else
		grant_answer(standin, request, reply, &grant);
}
