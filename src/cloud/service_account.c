/* Keys of service accounts: a signed statement, for a token or instead of one. */
#include <string.h>
#include <strings.h>

#include "cloud/credentials.h"
#include "cloud/document.h"
#include "cloud/form.h"
#include "cloud/jwt.h"
#include "cloud/secret.h"

#define TOKEN_URL "https://oauth2.googleapis.com/token"
#define GRANT "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define LIFETIME 3600 /* seconds; the service allows no more */
#define SKEW 10 /* seconds by which this clock may be fast */

struct account {
	const char *email, *key_id, *token_url;
	struct jwt_key *key;
	bool signs_itself; /* no token endpoint: the statement is the token */
};

static const struct token_advice advices[] = {
	{ "invalid_grant", "Signature",
		"the key was deleted, or is of another account: make a new one" },
	{ "invalid_grant", "timeframe", "the clock of this machine is wrong" },
	{ "invalid_grant", "",
		"the account or its key does not exist any more, or this clock is wrong" },
	{ NULL, NULL, NULL },
};

static char *print(TALLOC_CTX *mem, cJSON *claims)
{
	char *text = mem_check(cJSON_PrintUnformatted(claims)), *copy = mem_strdup(mem, text);

	cJSON_free(text);
	cJSON_Delete(claims);
	return copy;
}

/* Where AUDIENCE is NULL, the statement itself is the token, and says who it is about. */
static char *make_claims(TALLOC_CTX *mem, const struct account *account, const char *scope,
	const char *audience, int64_t issued)
{
	cJSON *claims = mem_check(cJSON_CreateObject());

	cJSON_AddStringToObject(claims, "iss", account->email);
	if (audience == NULL)
		cJSON_AddStringToObject(claims, "sub", account->email);
	else
		cJSON_AddStringToObject(claims, "aud", audience);
	cJSON_AddStringToObject(claims, "scope", scope);
	cJSON_AddNumberToObject(claims, "iat", (double)issued);
	cJSON_AddNumberToObject(claims, "exp", (double)(issued + LIFETIME));
	return print(mem, claims);
}

static int sign_itself(const struct account *account, const char *scope, int64_t now,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	char *claims = make_claims(NULL, account, scope, NULL, now - SKEW), *text = NULL;
	int result = jwt_sign(mem, account->key, account->key_id, claims, &text, err);

	talloc_free(claims);
	*out = (struct token){ text, (now - SKEW + LIFETIME) * WHEN_SECOND };
	return result;
}

static int ask(TALLOC_CTX *scratch, const struct account *account, const struct session *session,
	const char *scope, TALLOC_CTX *mem, struct token *out, struct err *err)
{
	int64_t now = session->clock->now(session->clock->context) / WHEN_SECOND;
	const char *const headers[] = { token_form_type, NULL };
	struct form *form = form_new(scratch);
	char *claims = make_claims(scratch, account, scope, account->token_url, now - SKEW);
	const cJSON *answer;
	char *statement;

	if (jwt_sign(scratch, account->key, account->key_id, claims, &statement, err) < 0)
		return -1;
	form_add(form, "grant_type", GRANT);
	form_add(form, "assertion", statement);
	if (token_post(scratch, session,
		    &(struct token_request){ account->token_url, headers, form->text,
			    (const char *const[]){ statement, NULL }, advices },
		    &answer, err) < 0)
		return -1;
	return token_read(mem, session, answer, out, err);
}

static int fetch(struct credentials *credentials, const struct session *session, const char *scope,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	const struct account *account = credentials->details;
	int64_t now = session->clock->now(session->clock->context) / WHEN_SECOND;
	TALLOC_CTX *scratch = talloc_new(NULL);
	int result;

	if (account->signs_itself)
		result = sign_itself(account, scope, now, mem, out, err);
	else
		result = ask(scratch, account, session, scope, mem, out, err);
	talloc_free(scratch);
	return result;
}

/* In other universes there may be no token endpoint; gcloud's own setting asks for the same here. */
static bool wants_no_endpoint(const struct credentials *credentials)
{
	const char *value =
		credentials_variable("CLOUDSDK_AUTH_SERVICE_ACCOUNT_USE_SELF_SIGNED_JWT");

	return strcmp(credentials->universe, UNIVERSE_DEFAULT) != 0 ||
	       (value != NULL && (strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0));
}

static int take(struct account *account, TALLOC_CTX *scratch, const cJSON *object, struct err *err)
{
	const char *pem = credentials_need(scratch, object, "private_key", err);

	if (pem == NULL ||
		(account->email = credentials_need(account, object, "client_email", err)) == NULL ||
		(account->token_url = credentials_need_url(
			 account, object, "token_uri", TOKEN_URL, err)) == NULL)
		return -1;
	account->key_id = mem_strdup(account, document_text(object, "private_key_id"));
	if (jwt_key_parse(account, pem, &account->key, err) < 0)
		return err_wrap(err, "private_key");
	return 0;
}

int service_account_parse(struct credentials *credentials, const cJSON *object, struct err *err)
{
	struct account *account = mem_new(credentials, struct account);
	TALLOC_CTX *scratch = talloc_new(NULL);
	int result = take(account, scratch, object, err);

	account->signs_itself = wants_no_endpoint(credentials);
	credentials->account = account->email;
	credentials->project = mem_strdup(credentials, document_text(object, "project_id"));
	credentials->details = account;
	credentials->fetch = fetch;
	talloc_free(scratch);
	return result;
}
