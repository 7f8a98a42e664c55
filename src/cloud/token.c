/* Token endpoints: RFC 6749, RFC 8693, and Google's services that answer alike. */
#include "cloud/token.h"

#include <string.h>
#include <strings.h>

#include "cloud/base64.h"
#include "cloud/document.h"
#include "cloud/secret.h"
#include "cloud/told.h"
#include "cloud/url.h"

#define ANSWER_MAX DOCUMENT_MAX
#define DESCRIPTION_MAX 300 /* bytes of it that are shown */
#define LIFETIME_MAX 86400 /* seconds; nobody gives more than half a day */

const char token_form_type[] = "Content-Type: application/x-www-form-urlencoded";

bool token_take(TALLOC_CTX *mem, const char *text, size_t length, int64_t expiry, struct token *out)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	if (length == 0 || length > TOKEN_MAX)
		return false;
	*out = (struct token){ secret_strndup(mem, text, length), expiry };
	return true;
}

/* What was said, in either form; never NULL. */
struct refusal {
	const char *error, *description, *subtype;
};

static void read_refusal(TALLOC_CTX *mem, const struct http_response *response,
	const char *const *secrets, struct refusal *out)
{
	const cJSON *body = document_parse(mem, response->body, response->length);
	const cJSON *error = document_object(body, "error");

	out->error = told_text(mem,
		error != NULL ? document_text(error, "status") : document_text(body, "error"), 64,
		secrets);
	out->description = told_text(mem,
		error != NULL ? document_text(error, "message")
			      : document_text(body, "error_description"),
		DESCRIPTION_MAX, secrets);
	out->subtype = told_text(mem, document_text(body, "error_subtype"), 64, secrets);
}

static const char *advice_for(const struct token_advice *advices, const struct refusal *refusal)
{
	for (; advices->error != NULL; advices++)
		if ((advices->error[0] == '\0' || strcmp(advices->error, refusal->error) == 0 ||
			    strcmp(advices->error, refusal->subtype) == 0) &&
			strstr(refusal->description, advices->text) != NULL)
			return advices->advice;
	return NULL;
}

/* Those of the request, and what its headers authorise with. */
static const char *const *all_secrets(TALLOC_CTX *mem, const struct token_request *request)
{
	static const char name[] = "Authorization: ";
	const char **secrets;
	size_t count = 0, room = 1;

	for (size_t i = 0; request->secrets[i] != NULL; i++)
		room++;
	for (size_t i = 0; request->headers[i] != NULL; i++)
		room++;
	secrets = mem_array(mem, const char *, room);
	for (size_t i = 0; request->secrets[i] != NULL; i++)
		secrets[count++] = request->secrets[i];
	for (size_t i = 0; request->headers[i] != NULL; i++)
		if (strncmp(request->headers[i], name, strlen(name)) == 0)
			secrets[count++] = strrchr(request->headers[i], ' ') + 1;
	return secrets;
}

static int tell(TALLOC_CTX *mem, const struct token_request *request,
	const struct http_response *response, struct err *err)
{
	struct refusal refusal;
	const char *advice;
	struct url url;

	read_refusal(mem, response, all_secrets(mem, request), &refusal);
	advice = advice_for(request->advices, &refusal);
	if (url_parse(mem, request->url, false, &url, err) < 0)
		return -1;
	return err_set(err, ERR_NET, "%s: status %ld%s%s%s%s%s%s%s%s%s", url.origin,
		response->status, refusal.error[0] != '\0' ? " " : "", refusal.error,
		refusal.subtype[0] != '\0' ? " (" : "", refusal.subtype,
		refusal.subtype[0] != '\0' ? ")" : "", refusal.description[0] != '\0' ? ": " : "",
		refusal.description, advice != NULL ? "; " : "", advice != NULL ? advice : "");
}

int token_post(TALLOC_CTX *mem, const struct session *session, const struct token_request *request,
	const cJSON **answer, struct err *err)
{
	struct http_response response;

	if (session_exchange(session, mem,
		    &(struct http_request){ .method = "POST",
			    .url = request->url,
			    .headers = request->headers,
			    .body = request->body,
			    .body_length = strlen(request->body),
			    .limit = ANSWER_MAX },
		    &response, err) < 0)
		return -1;
	if (response.status != 200)
		return tell(mem, request, &response, err);
	*answer = document_parse(mem, response.body, response.length);
	if (*answer == NULL)
		return err_set(err, ERR_FORMAT, "the answer with the token is not JSON");
	return 0;
}

int token_read(TALLOC_CTX *mem, const struct session *session, const cJSON *answer,
	struct token *out, struct err *err)
{
	const char *text = document_text(answer, "access_token");
	const char *type = document_text(answer, "token_type");
	int64_t expiry = TIME_NONE, seconds;

	if (type != NULL && strcasecmp(type, "Bearer") != 0)
		return err_set(err, ERR_FORMAT, "the token is not a bearer token");
	if (document_number(answer, "expires_in", &seconds) == 0) {
		seconds = seconds < 0 ? 0 : seconds < LIFETIME_MAX ? seconds : LIFETIME_MAX;
		expiry = session->clock->now(session->clock->context) + seconds * WHEN_SECOND;
	}
	if (text == NULL || !token_take(mem, text, strlen(text), expiry, out))
		return err_set(err, ERR_FORMAT, "the answer holds no token");
	return 0;
}

const char *token_basic(TALLOC_CTX *mem, const char *id, const char *secret)
{
	TALLOC_CTX *scratch = talloc_new(mem);
	char *pair = secret_printf(scratch, "%s:%s", id, secret);
	char *text = base64_encode(scratch, pair, strlen(pair));
	char *header = secret_printf(mem, "Authorization: Basic %s", text);

	talloc_free(scratch);
	return header;
}
