/* Logins that gcloud left behind: a refresh token for access tokens, again and again. */
#include <string.h>

#include "cloud/credentials.h"
#include "cloud/document.h"
#include "cloud/form.h"
#include "cloud/secret.h"

#define TOKEN_URL "https://oauth2.googleapis.com/token"
#define FEDERATED_TOKEN_URL "https://sts.googleapis.com/v1/oauth/token"
#define LOG_IN_AGAIN "log in again: gcloud auth application-default login"

struct login {
	const char *token_url, *client_id, *client_secret;
	const char *refresh_token; /* a federated one may be replaced with each answer */
	bool is_federated;
};

static const struct token_advice advices[] = {
	{ "invalid_rapt", "", "the organisation wants a new login now and then; " LOG_IN_AGAIN },
	{ "rapt_required", "", "the organisation wants a new login now and then; " LOG_IN_AGAIN },
	{ "invalid_grant", "", "the login has expired or was revoked; " LOG_IN_AGAIN },
	{ "invalid_client", "", "the client of the login does not exist any more; " LOG_IN_AGAIN },
	{ NULL, NULL, NULL },
};

/* A person's client names itself in the form, a federated one in a header. */
static int ask(TALLOC_CTX *scratch, const struct login *login, const struct session *session,
	const cJSON **answer, struct err *err)
{
	const char *headers[] = { token_form_type, NULL, NULL };
	struct form *form = form_new(scratch);
	const char *const secrets[] = { login->refresh_token, login->client_secret, NULL };

	form_add(form, "grant_type", "refresh_token");
	form_add(form, "refresh_token", login->refresh_token);
	if (login->is_federated) {
		headers[1] = token_basic(scratch, login->client_id, login->client_secret);
	} else {
		form_add(form, "client_id", login->client_id);
		form_add(form, "client_secret", login->client_secret);
	}
	return token_post(scratch, session,
		&(struct token_request){ login->token_url, headers, form->text, secrets, advices },
		answer, err);
}

/* The scope is that of the login: to ask for another one would only be refused. */
static int fetch(struct credentials *credentials, const struct session *session, const char *scope,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	struct login *login = credentials->details;
	TALLOC_CTX *scratch = talloc_new(NULL);
	const cJSON *answer;
	int result = ask(scratch, login, session, &answer, err);

	(void)scope;
	if (result == 0)
		result = token_read(mem, session, answer, out, err);
	if (result == 0 && login->is_federated && document_text(answer, "refresh_token") != NULL) {
		talloc_free((char *)login->refresh_token);
		login->refresh_token = secret_strdup(login, document_text(answer, "refresh_token"));
	}
	talloc_free(scratch);
	return result;
}

static int take(struct login *login, const cJSON *object, struct err *err)
{
	const char *url_name = login->is_federated ? "token_url" : "token_uri";
	const char *url = login->is_federated ? FEDERATED_TOKEN_URL : TOKEN_URL;

	login->client_id = credentials_need(login, object, "client_id", err);
	if (login->client_id == NULL ||
		(login->client_secret = credentials_need(login, object, "client_secret", err)) ==
			NULL ||
		(login->refresh_token = credentials_need(login, object, "refresh_token", err)) ==
			NULL)
		return -1;
	login->token_url = credentials_need_url(login, object, url_name, url, err);
	return login->token_url != NULL ? 0 : -1;
}

static int parse(
	struct credentials *credentials, const cJSON *object, bool is_federated, struct err *err)
{
	struct login *login = mem_new(credentials, struct login);

	login->is_federated = is_federated;
	credentials->account = mem_strdup(credentials, document_text(object, "account"));
	credentials->shares_quota = !is_federated;
	credentials->details = login;
	credentials->fetch = fetch;
	return take(login, object, err);
}

int login_parse(struct credentials *credentials, const cJSON *object, struct err *err)
{
	return parse(credentials, object, false, err);
}

int login_parse_federated(struct credentials *credentials, const cJSON *object, struct err *err)
{
	return parse(credentials, object, true, err);
}
