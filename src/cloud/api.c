/* The token goes to the endpoint, and nowhere else. */
#include "cloud/api.h"

#include <string.h>

#include "cloud/secret.h"

static int post_once(struct cloud *cloud, TALLOC_CTX *mem, const struct api_request *request,
	struct http_response *out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(mem);
	const char *headers[4] = { "Content-Type: application/json" };
	struct cloud_identity identity;
	int result;

	cloud_identify(cloud, &identity);
	headers[1] = secret_printf(scratch, "Authorization: Bearer %s", cloud->token.text);
	if (identity.quota_project != NULL)
		headers[2] = mem_printf(scratch, "x-goog-user-project: %s", identity.quota_project);
	result = http_exchange(cloud->session.http, mem,
		&(struct http_request){ .method = "POST",
			.url = mem_printf(scratch, "%s%s", cloud->endpoint, request->path),
			.headers = headers,
			.body = request->body,
			.body_length = request->body_length,
			.limit = request->limit,
			.timeout = cloud->timeout },
		out, err);
	talloc_free(scratch);
	return result;
}

int api_post(struct cloud *cloud, TALLOC_CTX *mem, const struct api_request *request,
	struct http_response *out, struct err *err)
{
	char *before;
	int result;

	*out = (struct http_response){ .retry_after = TIME_NONE, .date = TIME_NONE };
	if (cloud_authorise(cloud, err) < 0)
		return -1;
	result = post_once(cloud, mem, request, out, err);
	if (result < 0 || out->status != 401)
		return result;
	/* revoked, or the clock is wrong: another token may do; the same one would not */
	before = secret_strdup(cloud, cloud->token.text);
	talloc_free((char *)cloud->token.text);
	cloud->token.text = NULL;
	result = cloud_authorise(cloud, err);
	if (result == 0 && strcmp(before, cloud->token.text) != 0)
		result = post_once(cloud, mem, request, out, err);
	talloc_free(before);
	return result;
}
