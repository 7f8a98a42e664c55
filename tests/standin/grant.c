/* RFC 6749 section 5.1, RFC 8693 section 2.2. */
#include "standin/grant.h"

#include "standin/reply.h"

void grant_add_expiry(const struct standin *standin, cJSON *body, const struct tokens_token *token)
{
	int64_t left = token->expires - clock_now(&standin->clock) + WHEN_SECOND - 1;
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)(left / WHEN_SECOND));
	if (standin->settings.expiry_is_text)
		cJSON_AddStringToObject(body, "expires_in", text);
	else
		cJSON_AddRawToObject(body, "expires_in", text);
}

void grant_answer(struct standin *standin, struct http_request *request, struct http_reply *reply,
	const struct grant *grant)
{
	const struct tokens_token *token =
		tokens_issue(standin->tokens, grant->holder, grant->scope,
			clock_now(&standin->clock) + standin->settings.token_seconds * WHEN_SECOND);
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "access_token", token->text);
	grant_add_expiry(standin, body, token);
	if (grant->tells_scope)
		cJSON_AddStringToObject(body, "scope", grant->scope);
	if (grant->issued_type != NULL)
		cJSON_AddStringToObject(body, "issued_token_type", grant->issued_type);
	if (grant->refresh_token != NULL)
		cJSON_AddStringToObject(body, "refresh_token", grant->refresh_token);
	cJSON_AddStringToObject(body, "token_type", "Bearer");
	reply_object(request, reply, 200, body);
}
