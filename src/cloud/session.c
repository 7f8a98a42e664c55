/* Requests for tokens, tried again as Google's own libraries do. */
#include "cloud/session.h"

#include <string.h>

#include "cloud/document.h"
#include "cloud/retry.h"

static const struct retry_policy policy = {
	.tries = 3,
	.first = WHEN_SECOND,
	.longest = 8 * WHEN_SECOND,
	.jitter = 10,
	.patience = 30 * WHEN_SECOND,
};

static const long statuses[] = { 408, 429, 500, 502, 503, 504 };
static const char *const words[] = { "internal_failure", "server_error",
	"temporarily_unavailable" };

static bool is_word(const char *text)
{
	for (size_t i = 0; text != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], text) == 0)
			return true;
	return false;
}

static bool may_pass(TALLOC_CTX *mem, const struct http_response *response)
{
	const cJSON *body;

	if (response->status == 200)
		return false;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i] == response->status)
			return true;
	body = document_parse(mem, response->body, response->length);
	return is_word(document_text(body, "error")) ||
	       is_word(document_text(body, "error_description"));
}

int session_exchange(const struct session *session, TALLOC_CTX *mem,
	const struct http_request *request, struct http_response *out, struct err *err)
{
	struct retry retry;
	int result;
	bool again;

	retry_begin(&retry, &policy, session->seed);
	do {
		result = http_exchange(session->http, mem, request, out, err);
		again = result < 0 ? http_fault_passes(out->fault) : may_pass(mem, out);
	} while (again && retry_wait(&retry, session->clock, out->retry_after));
	return result;
}
