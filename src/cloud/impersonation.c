/* Impersonation. */
#include "cloud/impersonation.h"

#include <string.h>

#include "cloud/document.h"
#include "cloud/secret.h"

#define URL_MEMBER "service_account_impersonation_url"
#define LIFETIME 3600 /* seconds, unless the file says otherwise */
#define LIFETIME_LEAST 600
#define LIFETIME_MOST 43200

static const struct token_advice advices[] = {
	{ "PERMISSION_DENIED", "",
		"grant roles/iam.serviceAccountTokenCreator (of a workload identity: "
		"roles/iam.workloadIdentityUser) on the service account to who asks" },
	{ "NOT_FOUND", "", "there is no such service account" },
	{ NULL, NULL, NULL },
};

/* EMAIL out of ".../serviceAccounts/EMAIL:generateAccessToken"; NULL where it is not there. */
static char *account_of(TALLOC_CTX *mem, const char *url)
{
	static const char before[] = "/serviceAccounts/";
	const char *begin = strstr(url, before), *end = strrchr(url, ':');

	if (begin == NULL || end == NULL || end < begin + sizeof(before))
		return NULL;
	begin += sizeof(before) - 1;
	return mem_strndup(mem, begin, (size_t)(end - begin));
}

int impersonation_parse(struct credentials *credentials, const cJSON *object,
	const cJSON *lifetime_of, struct impersonation *out, struct err *err)
{
	out->url = credentials_need_url(credentials, object, URL_MEMBER, NULL, err);
	if (out->url == NULL)
		return -1;
	if (document_number(lifetime_of, "token_lifetime_seconds", &out->lifetime) < 0)
		out->lifetime = LIFETIME;
	if (out->lifetime < LIFETIME_LEAST || out->lifetime > LIFETIME_MOST)
		return err_set(err, ERR_FORMAT, "token_lifetime_seconds is not from %d to %d",
			LIFETIME_LEAST, LIFETIME_MOST);
	credentials->account = account_of(credentials, out->url);
	return 0;
}

static char *make_body(
	TALLOC_CTX *mem, const struct impersonation *impersonation, const char *scope)
{
	cJSON *body = mem_check(cJSON_CreateObject());
	cJSON *scopes = mem_check(cJSON_AddArrayToObject(body, "scope"));
	char lifetime[32], *text, *copy;

	cJSON_AddItemToArray(scopes, mem_check(cJSON_CreateString(scope)));
	snprintf(lifetime, sizeof(lifetime), "%llds", (long long)impersonation->lifetime);
	cJSON_AddStringToObject(body, "lifetime", lifetime);
	if (impersonation->delegates != NULL)
		cJSON_AddItemToObject(body, "delegates",
			mem_check(cJSON_Duplicate(impersonation->delegates, true)));
	text = mem_check(cJSON_PrintUnformatted(body));
	copy = mem_strdup(mem, text);
	cJSON_free(text);
	cJSON_Delete(body);
	return copy;
}

static int read_answer(TALLOC_CTX *mem, const cJSON *answer, struct token *out, struct err *err)
{
	const char *text = document_text(answer, "accessToken");
	const char *when = document_text(answer, "expireTime");
	int64_t expiry = TIME_NONE;

	if (when != NULL && when_parse(when, strlen(when), &expiry, NULL) != strlen(when))
		return err_set(err, ERR_FORMAT, "the answer holds no expireTime");
	if (text == NULL || !token_take(mem, text, strlen(text), expiry, out))
		return err_set(err, ERR_FORMAT, "the answer holds no token");
	return 0;
}

int impersonation_fetch(const struct impersonation *impersonation, const struct session *session,
	const struct token *source, const char *scope, TALLOC_CTX *mem, struct token *out,
	struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	const char *const headers[] = { "Content-Type: application/json",
		secret_printf(scratch, "Authorization: Bearer %s", source->text), NULL };
	const char *const secrets[] = { NULL };
	const cJSON *answer;
	int result;

	result = token_post(scratch, session,
		&(struct token_request){ impersonation->url, headers,
			make_body(scratch, impersonation, scope), secrets, advices },
		&answer, err);
	if (result == 0)
		result = read_answer(mem, answer, out, err);
	talloc_free(scratch);
	return result < 0 ? err_wrap(err, "impersonation") : 0;
}
