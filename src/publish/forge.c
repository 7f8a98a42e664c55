/* What both services do alike: pages of comments, making, changing and removing one. */
#include "publish/forge.h"

#include <stdlib.h>
#include <string.h>

#include "publish/reading.h"
#include "publish/rest.h"

#define PAGES_MAX 100 /* of comments on one request */
#define ACTIONS_LOGIN "github-actions[bot]"

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

/* The token, without what an editor left behind it. It goes into a header: one word of ASCII. */
static int take_token(const struct forge_kind *kind, const struct publish_options *options,
	TALLOC_CTX *mem, const char **out, struct err *err)
{
	const char *token = NULL;
	size_t length, i = 0;

	for (; kind->tokens[i] != NULL && (token == NULL || token[0] == '\0'); i++)
		token = options->lookup(options->context, kind->tokens[i]);
	if (token == NULL || token[0] == '\0')
		return err_set(err, ERR_USAGE, "there is no token: %s is not set%s",
			kind->tokens[1],
			kind != &forge_gitlab
				? " (in a workflow: GITHUB_TOKEN: ${{ github.token }})"
			: options->lookup(options->context, "CI_JOB_TOKEN") != NULL
				? " (CI_JOB_TOKEN may not write comments: it takes a project "
				  "access "
				  "token with the scope \"api\")"
				: "");
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
	rest->clock = options->clock;
	rest->seed = options->seed;
	rest->timeout = options->timeout;
	rest->http = http_new(rest);
	*out = forge;
	return 0;
}

const char *forge_place(const struct forge *forge)
{
	return mem_printf((void *)(uintptr_t)forge, "%s%s", forge->rest->base, forge->comments);
}

/* What a person can do about a refusal. */
static const struct {
	const struct forge_kind *kind;
	long status;
	const char *advice;
} advices[] = {
	{ &forge_github, 401, "the token is not good, or not one of this host" },
	{ &forge_github, 403,
		"the token may not write comments: \"permissions: pull-requests: write\" gives it "
		"the "
		"right; what builds of forks get can only read" },
	{ &forge_github, 404, "there is no such pull request, or the token may not see it" },
	{ &forge_github, 410, "comments are switched off here" },
	{ &forge_github, 422, "it does not take this text" },
	{ &forge_gitlab, 401, "the token is not good, or not one of this host" },
	{ &forge_gitlab, 403,
		"the token may not write comments: it takes the scope \"api\", and at least the "
		"role "
		"Reporter" },
	{ &forge_gitlab, 404, "there is no such merge request, or the token may not see it" },
};

static int refused(const struct forge *forge, const struct rest_answer *answer, struct err *err)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (advices[i].kind == forge->kind && advices[i].status == answer->status &&
			!answer->is_limited) {
			struct err told = *err;

			return err_set(err, told.code, "%s; %s", told.text, advices[i].advice);
		}
	return -1;
}

static const char *login_of(const cJSON *person, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(person, name));
}

/*
 * Tokens of apps, that of a job of GitHub Actions among them, may not ask GET /user; "viewer" of the
 * GraphQL API answers them. On an own server it stands beside the version of the REST API.
 */
static const char *viewer(struct forge *forge, TALLOC_CTX *mem)
{
	static const char query[] = "{\"query\":\"query{viewer{login}}\"}";
	struct rest rest = *forge->rest;
	size_t length = strlen(rest.base);
	struct rest_answer answer;
	struct err err;
	const cJSON *data;

	if (length > 3 && strcmp(rest.base + length - 3, "/v3") == 0)
		rest.base = mem_strndup(mem, rest.base, length - 3);
	if (rest_call(&rest, mem, "POST", "/graphql", query, &answer, &err) < 0)
		return NULL;
	data = cJSON_GetObjectItemCaseSensitive(answer.json, "data");
	return login_of(cJSON_GetObjectItemCaseSensitive(data, "viewer"), "login");
}

int forge_author(struct forge *forge, const char **out, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(forge));
	struct rest_answer answer;
	const char *login = NULL;
	bool is_app;

	if (rest_call(forge->rest, mem, "GET", "/user", NULL, &answer, err) == 0)
		login = login_of(answer.json, forge->kind->login);
	else if (forge->kind != &forge_github || answer.status != 403 || answer.is_limited)
		return refused(forge, &answer, err);
	is_app = login == NULL && forge->kind == &forge_github;
	if (is_app)
		login = viewer(forge, mem);
	if (login == NULL && is_app && forge->is_actions)
		login = ACTIONS_LOGIN;
	if (login == NULL)
		return err_set(
			err, ERR_NET, "%s does not say whose the token is", forge->kind->name);
	*out = mem_strdup(forge, login);
	talloc_free(mem);
	return 0;
}

static void add_comment(
	const struct forge *forge, TALLOC_CTX *mem, const cJSON *item, struct forge_comments *out)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");
	const cJSON *author = cJSON_GetObjectItemCaseSensitive(item, forge->kind->author);
	const char *body = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "body"));
	const char *login = login_of(author, forge->kind->login);

	if (!cJSON_IsNumber(id) || id->valuedouble < 1 || id->valuedouble > 9e15 || body == NULL ||
		cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(item, "system")))
		return;
	out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct forge_comment){ .id = (uint64_t)id->valuedouble,
		.author = mem_strdup(mem, login),
		.body = mem_strdup(mem, body) };
}

static int by_id(const void *left, const void *right)
{
	const struct forge_comment *a = left, *b = right;

	return a->id < b->id ? -1 : a->id > b->id;
}

/* 1: there may be more pages. */
static int list_page(struct forge *forge, TALLOC_CTX *mem, unsigned page,
	struct forge_comments *out, struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const char *path =
		mem_printf(scratch, "%s?per_page=%d&page=%u%s", forge->comments, FORGE_PER_PAGE,
			page, forge->kind == &forge_gitlab ? "&sort=asc&order_by=created_at" : "");
	struct rest_answer answer;
	const cJSON *item;
	int count = 0, result;

	result = rest_call(forge->rest, scratch, "GET", path, NULL, &answer, err);
	if (result < 0)
		result = refused(forge, &answer, err);
	else if (!cJSON_IsArray(answer.json))
		result = err_set(
			err, ERR_NET, "%s: the answer is no list of comments", forge->kind->name);
	if (result == 0) {
		cJSON_ArrayForEach(item, answer.json)
		{
			add_comment(forge, mem, item, out);
			count++;
		}
		result = count > 0 && (answer.has_more || count >= FORGE_PER_PAGE);
	}
	talloc_free(scratch);
	return result;
}

int forge_list(struct forge *forge, TALLOC_CTX *mem, struct forge_comments *out, struct err *err)
{
	unsigned page = 1;
	int more;

	*out = (struct forge_comments){ 0 };
	while ((more = list_page(forge, mem, page, out, err)) > 0)
		if (page++ == PAGES_MAX)
			return err_set(err, ERR_NET, "%s: there are more than %d comments",
				forge->kind->name, PAGES_MAX * FORGE_PER_PAGE);
	if (more == 0 && out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items), by_id);
	return more;
}

static char *body_of(TALLOC_CTX *mem, const char *text)
{
	cJSON *object = mem_check(cJSON_CreateObject());
	char *printed, *copy;

	mem_check(cJSON_AddStringToObject(object, "body", text));
	printed = mem_check(cJSON_PrintUnformatted(object));
	copy = mem_strdup(mem, printed);
	cJSON_free(printed);
	cJSON_Delete(object);
	return copy;
}

int forge_create(
	struct forge *forge, const char *body, uint64_t *id, enum forge_made *made, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct rest_answer answer;
	const cJSON *item;
	int result;

	result = rest_call(
		forge->rest, mem, "POST", forge->comments, body_of(mem, body), &answer, err);
	item = cJSON_GetObjectItemCaseSensitive(answer.json, "id");
	*made = FORGE_MADE;
	if (result == 0 && cJSON_IsNumber(item) && item->valuedouble > 0) {
		*id = (uint64_t)item->valuedouble;
	} else if (result == 0 || answer.passing) {
		*made = FORGE_UNSURE;
		result = 0;
	} else {
		result = refused(forge, &answer, err);
	}
	talloc_free(mem);
	return result;
}

static int change(
	struct forge *forge, const char *method, uint64_t id, const char *body, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	const char *path = mem_printf(mem, "%s%llu", forge->comment, (unsigned long long)id);
	struct rest_answer answer;
	int result = rest_call(forge->rest, mem, method, path,
		body != NULL ? body_of(mem, body) : NULL, &answer, err);

	if (result == 0)
		result = 1;
	else if (answer.status == 404 || answer.status == 410)
		result = 0;
	else
		result = refused(forge, &answer, err);
	talloc_free(mem);
	return result;
}

int forge_update(struct forge *forge, uint64_t id, const char *body, struct err *err)
{
	return change(forge, forge->kind->update, id, body, err);
}

int forge_delete(struct forge *forge, uint64_t id, struct err *err)
{
	return change(forge, "DELETE", id, NULL, err);
}
