/* Who is asked, with which token, and what to make of a refusal. */
#include "publish/forge.h"

#include <string.h>

#include "publish/reading.h"
#include "publish/rest.h"

static const struct forge_kind *kind_of(const struct build *build)
{
	if (build->forge == BUILD_FORGE_GITHUB)
		return &forge_github;
	return build->forge == BUILD_FORGE_GITLAB ? &forge_gitlab : NULL;
}

static int check(const struct build *build, struct err *err)
{
	if (build->pull == 0)
		return err_set(err, ERR_USAGE,
			"this build belongs to no pull or merge request (--pull says which)");
	if (build->repository == NULL)
		return err_set(err, ERR_USAGE,
			"it is not known which repository the request belongs to (--repository "
			"says "
			"which)");
	if (kind_of(build) == NULL)
		return err_set(err, ERR_USAGE,
			"it is not known whether the request is one of GitHub or GitLab "
			"(--repository "
			"takes an address, too)");
	return 0;
}

static int no_token(
	const struct forge_kind *kind, const struct publish_options *options, struct err *err)
{
	bool hinted =
		kind->hinted == NULL || options->lookup(options->context, kind->hinted) != NULL;

	return err_set(err, ERR_USAGE, "there is no token: %s is not set%s", kind->tokens[1],
		hinted ? kind->hint : "");
}

/* The token, without what an editor left behind it. It goes into a header: one word of ASCII. */
static int take_token(const struct forge_kind *kind, const struct publish_options *options,
	TALLOC_CTX *mem, const char **out, struct err *err)
{
	const char *token = NULL;
	size_t length, i = 0;

	for (; kind->tokens[i] != NULL && (token == NULL || token[0] == '\0'); i++)
		token = options->lookup(options->context, kind->tokens[i]);
	if (token == NULL || token[0] == '\0')
		return no_token(kind, options, err);
	length = strcspn(token, "\r\n");
	if (token[length + strspn(token + length, "\r\n")] != '\0')
		length = 0;
	for (i = 0; i < length; i++)
		if (token[i] <= ' ' || token[i] > '~')
			length = 0;
	if (length == 0)
		return err_set(err, ERR_USAGE, "the token has characters that no token has");
	*out = secret_strndup(mem, token, length);
	return 0;
}

/* Where nobody says where the API is, it is only known of the host that everybody knows. */
static int take_base(const struct forge_kind *kind, const struct publish_options *options,
	struct rest *rest, struct err *err)
{
	const char *base = options->lookup(options->context, kind->api);
	const char *host = options->build->host;
	size_t length;

	if (base == NULL || base[0] == '\0') {
		if (host != NULL && strcasecmp(host, kind->host) != 0)
			return err_set(err, ERR_USAGE,
				"the request is on %s, and %s does not say where its API is", host,
				kind->api);
		base = kind->base;
	}
	for (length = strlen(base); length > 0 && base[length - 1] == '/';)
		length--;
	rest->base = mem_strndup(rest, base, length);
	return 0;
}

static const char **headers_of(struct rest *rest, const struct forge_kind *kind)
{
	const char **headers = mem_array(rest, const char *, 6);
	size_t count = 0;

	headers[count++] = secret_printf(headers, "%s%s", kind->header, rest->token);
	headers[count++] = "Content-Type: application/json";
	for (size_t i = 0; i < 3 && kind->more[i] != NULL; i++)
		headers[count++] = kind->more[i];
	return headers;
}

int forge_new(
	TALLOC_CTX *mem, const struct publish_options *options, struct forge **out, struct err *err)
{
	const struct forge_kind *kind = kind_of(options->build);
	struct forge *forge = mem_new(mem, struct forge);
	struct rest *rest = forge->rest = mem_new(forge, struct rest);

	forge->kind = kind;
	if (check(options->build, err) < 0 || take_base(kind, options, rest, err) < 0 ||
		kind->find(forge, options, err) < 0 ||
		take_token(kind, options, rest, &rest->token, err) < 0) {
		talloc_free(forge);
		return -1;
	}
	rest->name = kind->name;
	rest->variable = kind->api;
	rest->headers = headers_of(rest, kind);
	rest->silence = kind->silence;
	rest->clock = options->clock;
	rest->seed = options->seed;
	rest->timeout = options->timeout;
	rest->http = http_new(rest);
	forge->place = mem_printf(forge, "%s%s", rest->base, forge->comments);
	*out = forge;
	return 0;
}

const char *forge_place(const struct forge *forge)
{
	return forge->place;
}

int forge_refused(const struct forge *forge, const struct rest_answer *answer, struct err *err)
{
	for (const struct forge_advice *advice = forge->kind->advices; advice->status != 0;
		advice++)
		if (advice->status == answer->status && !answer->is_limited) {
			struct err told = *err;

			return err_set(err, told.code, "%s; %s", told.text, advice->text);
		}
	return -1;
}
