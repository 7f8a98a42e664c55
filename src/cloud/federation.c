/* Workload identity federation: the token of another issuer for one of Google's, RFC 8693. */
#include <string.h>

#include "cloud/document.h"
#include "cloud/form.h"
#include "cloud/impersonation.h"
#include "cloud/secret.h"
#include "cloud/subject.h"

#define GRANT "urn:ietf:params:oauth:grant-type:token-exchange"
#define ACCESS_TOKEN "urn:ietf:params:oauth:token-type:access_token"

struct federation {
	const char *audience, *subject_type, *token_url;
	const char *client_id, *client_secret; /* NULL: there is no client */
	const char *user_project; /* of a workforce pool; NULL: none */
	struct subject *subject;
	struct impersonation impersonation; /* its URL is NULL: the token is used as it is */
};

static const struct token_advice advices[] = {
	{ "invalid_target", "",
		"look at the audience: the pool or its provider does not exist, or is disabled" },
	{ "invalid_grant", "",
		"the token of the workload has expired, or is not what the provider wants" },
	{ "unauthorized_client", "", "a condition of the provider refuses this workload" },
	{ NULL, NULL, NULL },
};

/* The scope that the exchange is asked for: the wanted one, or one that may impersonate. */
static struct form *make_form(TALLOC_CTX *mem, const struct federation *federation,
	const char *scope, const char *subject)
{
	struct form *form = form_new(mem);

	form_add(form, "grant_type", GRANT);
	form_add(form, "audience", federation->audience);
	form_add(form, "scope", federation->impersonation.url != NULL ? SCOPE_PLATFORM : scope);
	form_add(form, "requested_token_type", ACCESS_TOKEN);
	form_add(form, "subject_token", subject);
	form_add(form, "subject_token_type", federation->subject_type);
	if (federation->user_project != NULL && federation->client_id == NULL)
		form_add(form, "options",
			mem_printf(form, "{\"userProject\":\"%s\"}", federation->user_project));
	return form;
}

static int exchange(TALLOC_CTX *scratch, const struct federation *federation,
	const struct session *session, const char *scope, TALLOC_CTX *mem, struct token *out,
	struct err *err)
{
	const char *headers[] = { token_form_type, NULL, NULL };
	const char *secrets[] = { NULL, federation->client_secret, NULL };
	const cJSON *answer;
	char *subject;

	if (subject_fetch(federation->subject, session, scratch, &subject, err) < 0)
		return -1;
	secrets[0] = subject;
	if (federation->client_id != NULL)
		headers[1] = token_basic(scratch, federation->client_id, federation->client_secret);
	if (token_post(scratch, session,
		    &(struct token_request){ federation->token_url, headers,
			    make_form(scratch, federation, scope, subject)->text, secrets,
			    advices },
		    &answer, err) < 0)
		return -1;
	return token_read(mem, session, answer, out, err);
}

static int fetch(struct credentials *credentials, const struct session *session, const char *scope,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	const struct federation *federation = credentials->details;
	TALLOC_CTX *scratch = talloc_new(NULL);
	struct token source;
	int result;

	if (federation->impersonation.url == NULL) {
		result = exchange(scratch, federation, session, scope, mem, out, err);
	} else {
		result = exchange(scratch, federation, session, scope, scratch, &source, err);
		if (result == 0)
			result = impersonation_fetch(
				&federation->impersonation, session, &source, scope, mem, out, err);
	}
	talloc_free(scratch);
	return result;
}

static bool is_number(const char *text)
{
	return text[strspn(text, "0123456789")] == '\0';
}

static int take_options(struct federation *federation, const cJSON *object, struct err *err)
{
	federation->client_id = mem_strdup(federation, document_text(object, "client_id"));
	federation->client_secret =
		secret_strdup(federation, document_text(object, "client_secret"));
	federation->user_project =
		mem_strdup(federation, document_text(object, "workforce_pool_user_project"));
	if ((federation->client_id == NULL) != (federation->client_secret == NULL))
		return err_set(err, ERR_FORMAT, "client_id and client_secret want each other");
	if (federation->user_project != NULL && !is_number(federation->user_project))
		return err_set(err, ERR_FORMAT, "workforce_pool_user_project is not a number");
	return 0;
}

static int take(
	struct federation *federation, const cJSON *object, const char *token_url, struct err *err)
{
	const cJSON *source = document_object(object, "credential_source");

	federation->audience = credentials_need(federation, object, "audience", err);
	if (federation->audience == NULL ||
		(federation->subject_type = credentials_need(
			 federation, object, "subject_token_type", err)) == NULL ||
		(federation->token_url = credentials_need_url(
			 federation, object, "token_url", token_url, err)) == NULL ||
		take_options(federation, object, err) < 0)
		return -1;
	if (source == NULL)
		return err_set(err, ERR_FORMAT, "credential_source is missing");
	return subject_parse(federation, source, &federation->subject, err);
}

int federation_parse(struct credentials *credentials, const cJSON *object, struct err *err)
{
	struct federation *federation = mem_new(credentials, struct federation);
	char *token_url = mem_printf(federation, "https://sts.%s/v1/token", credentials->universe);

	credentials->details = federation;
	credentials->fetch = fetch;
	if (take(federation, object, token_url, err) < 0)
		return -1;
	if (document_text(object, "service_account_impersonation_url") == NULL)
		return 0;
	return impersonation_parse(credentials, object,
		document_object(object, "service_account_impersonation"),
		&federation->impersonation, err);
}
