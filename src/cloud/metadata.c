/* The metadata server of virtual machines, of GKE, Cloud Run and the like. */
#include <ctype.h>
#include <string.h>

#include "cloud/credentials.h"
#include "cloud/document.h"
#include "cloud/form.h"
#include "cloud/secret.h"

#define HOST "metadata.google.internal"
#define ADDRESS "169.254.169.254" /* asked first, as there may be no name server for the name */
#define BASE "computeMetadata/v1/"
#define ACCOUNT "instance/service-accounts/default/"
#define DETECT_TRIES 3
#define DETECT_TIMEOUT (3 * WHEN_SECOND)
#define TIMEOUT (10 * WHEN_SECOND)
#define SHORT_MAX 4096 /* bytes of the name of a project or an account */
#define PRODUCT_FILE "/sys/class/dmi/id/product_name"

struct metadata {
	const char *host; /* name or address, perhaps with a port */
	bool is_known; /* it is there: asked or told */
	bool has_told; /* project, account and universe were asked for */
};

static const char *const headers[] = { "Metadata-Flavor: Google", NULL };

static struct http_request make_request(const char *url, int64_t timeout, size_t limit)
{
	return (struct http_request){ .method = "GET",
		.url = url,
		.headers = headers,
		.limit = limit,
		.timeout = timeout,
		.is_metadata = true };
}

/* Some routers of hotels answer for every address: only the header makes it a metadata server. */
static bool is_genuine(const struct http_response *response)
{
	return strcmp(response->flavour, "Google") == 0;
}

static bool answers(TALLOC_CTX *scratch, const struct session *session)
{
	const char *address = credentials_variable("GCE_METADATA_IP");
	char *url = mem_printf(scratch, "http://%s/", address != NULL ? address : ADDRESS);
	struct http_request request = make_request(url, DETECT_TIMEOUT, SHORT_MAX);
	struct http_response response;
	struct err ignored;

	for (int i = 0; i < DETECT_TRIES; i++)
		if (http_exchange(session->http, scratch, &request, &response, &ignored) == 0)
			return response.status == 200 && is_genuine(&response);
	return false;
}

static bool is_product_of_google(TALLOC_CTX *scratch)
{
	struct err ignored;
	size_t length;
	char *text;

	return path_read(scratch, PRODUCT_FILE, SHORT_MAX, &text, &length, &ignored) == 0 &&
	       strncmp(text, "Google", 6) == 0;
}

static int detect(TALLOC_CTX *scratch, struct metadata *metadata, const struct session *session,
	struct err *err)
{
	if (!metadata->is_known)
		metadata->is_known = answers(scratch, session) || is_product_of_google(scratch);
	if (metadata->is_known)
		return 0;
	return err_set(err, ERR_NOT_FOUND,
		"none answers, and there are no other credentials: " CREDENTIALS_ADVICE);
}

/* With retries. An answer of any status, a genuine one if it is 200; or -1. */
static int ask(TALLOC_CTX *scratch, const struct metadata *metadata, const struct session *session,
	const char *path, struct http_response *out, struct err *err)
{
	struct http_request request;
	char *url = mem_printf(scratch, "http://%s/" BASE "%s", metadata->host, path);

	request = make_request(url, TIMEOUT, DOCUMENT_MAX);
	if (session_exchange(session, scratch, &request, out, err) < 0)
		return -1;
	if (out->status == 200 && !is_genuine(out))
		return err_set(err, ERR_FORMAT, "%s is not a metadata server", metadata->host);
	return 0;
}

/* A short text without blanks; NULL where there is none. */
static char *text_of(TALLOC_CTX *mem, const struct http_response *response)
{
	size_t length = response->length;

	while (length > 0 && isspace((unsigned char)response->body[length - 1]))
		length--;
	for (size_t i = 0; i < length; i++)
		if (response->body[i] <= ' ' || response->body[i] > '~')
			return NULL;
	return response->status == 200 && length > 0 && length < SHORT_MAX
		       ? mem_strndup(mem, response->body, length)
		       : NULL;
}

/* What else it knows. That it does not is no error, but for the universe. */
static int ask_rest(TALLOC_CTX *scratch, struct credentials *credentials,
	const struct session *session, struct err *err)
{
	struct metadata *metadata = credentials->details;
	struct http_response response;
	struct err ignored;

	if (metadata->has_told)
		return 0;
	if (ask(scratch, metadata, session, "universe/universe-domain", &response, err) < 0)
		return -1;
	credentials->universe = text_of(credentials, &response);
	if (credentials->universe == NULL && response.status != 404 && response.length > 0)
		return err_set(err, ERR_NET, "universe: status %ld", response.status);
	if (credentials->universe == NULL)
		credentials->universe = UNIVERSE_DEFAULT;
	if (ask(scratch, metadata, session, "project/project-id", &response, &ignored) == 0)
		credentials->project = text_of(credentials, &response);
	if (ask(scratch, metadata, session, ACCOUNT "email", &response, &ignored) == 0)
		credentials->account = text_of(credentials, &response);
	metadata->has_told = true;
	return 0;
}

static int ask_token(TALLOC_CTX *scratch, const struct metadata *metadata,
	const struct session *session, const char *scope, TALLOC_CTX *mem, struct token *out,
	struct err *err)
{
	struct form *form = form_new(scratch);
	struct http_response response;
	const cJSON *answer;

	form_add(form, "scopes", scope);
	if (ask(scratch, metadata, session, mem_printf(scratch, ACCOUNT "token?%s", form->text),
		    &response, err) < 0)
		return -1;
	if (response.status == 404)
		return err_set(
			err, ERR_NET, "status 404; no service account is attached to this machine");
	if (response.status != 200)
		return err_set(err, ERR_NET, "status %ld", response.status);
	answer = document_parse(scratch, response.body, response.length);
	if (answer == NULL)
		return err_set(err, ERR_FORMAT, "the answer with the token is not JSON");
	return token_read(mem, session, answer, out, err);
}

static int fetch(struct credentials *credentials, const struct session *session, const char *scope,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	int result = -1;

	if (detect(scratch, credentials->details, session, err) == 0 &&
		ask_rest(scratch, credentials, session, err) == 0)
		result = ask_token(scratch, credentials->details, session, scope, mem, out, err);
	talloc_free(scratch);
	return result;
}

/* Who names an address, or a host that is trusted without looking for it, means all requests. */
static const char *choose_host(TALLOC_CTX *mem, const char **origin)
{
	static const char *const names[] = { "GCE_METADATA_HOST", "GCE_METADATA_IP" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*origin = names[i];
		if (credentials_variable(names[i]) != NULL)
			return mem_strdup(mem, credentials_variable(names[i]));
	}
	*origin = HOST;
	return HOST;
}

/* The last place: whether it is there is only known when it is asked. */
int metadata_find(TALLOC_CTX *mem, struct credentials **out, struct err *err)
{
	const char *host = credentials_variable("GCE_METADATA_HOST");
	const char *check = credentials_variable("NO_GCE_CHECK");
	struct metadata *metadata;
	const char *origin;

	(void)err;
	if (host == NULL && check != NULL && strcmp(check, "true") == 0)
		return 0;
	metadata = mem_new(mem, struct metadata);
	metadata->host = choose_host(metadata, &origin);
	metadata->is_known = host != NULL;
	*out = credentials_new(mem, "metadata server", origin);
	(*out)->details = talloc_steal(*out, metadata);
	(*out)->fetch = fetch;
	return 1;
}
