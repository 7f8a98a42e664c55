/* The metadata server of a virtual machine. */
#include <stdlib.h>
#include <string.h>

#include "standin/grant.h"
#include "standin/identity.h"
#include "standin/reply.h"

#define KEPT_SECONDS 240 /* a token with less time left is replaced */

/* It answers only who knows that it is one, and nobody who was forwarded. */
static bool is_greeted(struct http_request *request, struct http_reply *reply)
{
	const char *flavor = http_header(request, "Metadata-Flavor");

	if (flavor == NULL || strcmp(flavor, "Google") != 0 ||
		http_header(request, "X-Forwarded-For") != NULL) {
		reply_html(request, reply, 403);
		return false;
	}
	return true;
}

static void answer(struct http_request *request, struct http_reply *reply, const char *text)
{
	http_answer(reply, 200, "application/text", text);
	http_add(request, &reply->headers, "Metadata-Flavor", "Google");
}

/* "a,b" as "a b": what a machine was started with, or of that what is asked for. */
static const char *scope_of(const struct standin *standin, struct http_request *request)
{
	const char *asked = http_argument(request, "scopes");
	char *scope = mem_strdup(request, standin->settings.vm_scopes != NULL
						  ? standin->settings.vm_scopes
					  : asked != NULL ? asked
							  : SCOPE("cloud-platform"));

	for (char *c = scope; *c != '\0'; c++)
		*c = *c == ',' ? ' ' : *c;
	return scope;
}

static const struct tokens_token *machine_token(
	struct standin *standin, struct http_request *request)
{
	const struct tokens_token *token = standin->machine_token;
	const char *scope = scope_of(standin, request);
	int64_t now = clock_now(&standin->clock);

	if (token != NULL && !token->is_revoked && strcmp(token->scope, scope) == 0 &&
		token->expires - now > KEPT_SECONDS * WHEN_SECOND)
		return token;
	standin->machine_token = tokens_issue(standin->tokens, TOKENS_SERVICE_ACCOUNT, scope,
		now + standin->settings.token_seconds * WHEN_SECOND);
	return standin->machine_token;
}

void metadata_token(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct tokens_token *token;
	cJSON *body;
	char *printed;

	if (!is_greeted(request, reply))
		return;
	token = machine_token(standin, request);
	body = cJSON_CreateObject();
	cJSON_AddStringToObject(body, "access_token", token->text);
	grant_add_expiry(standin, body, token);
	cJSON_AddStringToObject(body, "token_type", "Bearer");
	printed = cJSON_PrintUnformatted(body);
	answer(request, reply, mem_strdup(request, mem_check(printed)));
	reply->type = "application/json";
	cJSON_free(printed);
	cJSON_Delete(body);
}

/* What is asked for in plain text, by path. */
void metadata_text(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct {
		const char *path, *text;
	} texts[] = {
		{ "/", "computeMetadata/\n" },
		{ "/computeMetadata/v1/instance", "service-accounts/\n" },
		{ "/computeMetadata/v1/instance/service-accounts/default/email", IDENTITY_EMAIL },
		{ "/computeMetadata/v1/project/project-id", standin->project },
		{ "/computeMetadata/v1/universe/universe-domain", standin->settings.universe },
	};

	if (!is_greeted(request, reply))
		return;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].path, request->path) == 0 && texts[i].text != NULL) {
			answer(request, reply, texts[i].text);
			return;
		}
	reply_html(request, reply, 404);
}
