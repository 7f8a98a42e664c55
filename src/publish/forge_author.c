/* Whose token it is: comments are ours only if they are of the same author. */
#include <string.h>

#include "publish/forge.h"
#include "publish/rest.h"

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
	if (rest_call(&rest, mem, "POST", forge->kind->graphql, query, &answer, &err) < 0)
		return NULL;
	data = cJSON_GetObjectItemCaseSensitive(answer.json, "data");
	return forge_login(cJSON_GetObjectItemCaseSensitive(data, "viewer"), "login");
}

/* Apps have names that no person can have: "name[bot]". */
static bool is_app(const char *login)
{
	size_t length = strlen(login);

	return length > 5 && strcmp(login + length - 5, "[bot]") == 0;
}

/* Whether no app but JOB wrote any of COMMENTS: a person has a token that tells its name. */
static bool has_no_other_app(const struct forge_comments *comments, const char *job)
{
	for (size_t i = 0; i < comments->count; i++)
		if (comments->items[i].author != NULL && is_app(comments->items[i].author) &&
			strcmp(comments->items[i].author, job) != 0)
			return false;
	return true;
}

/* The name behind a token that may not ask for it; NULL: it cannot be known. */
static const char *name_of_app(
	struct forge *forge, TALLOC_CTX *mem, const struct forge_comments *comments)
{
	const char *login = NULL;

	if (!forge->is_job || !has_no_other_app(comments, forge->kind->job))
		login = viewer(forge, mem);
	if (login == NULL && forge->is_job)
		login = forge->kind->job;
	return login;
}

/* 1: *LOGIN is the answer. 0: there is none for a token like this. */
static int ask_name(struct forge *forge, TALLOC_CTX *mem, const char **login, struct err *err)
{
	struct rest_answer answer;

	if (rest_call(forge->rest, mem, "GET", "/user", NULL, &answer, err) == 0) {
		*login = forge_login(answer.json, forge->kind->login);
		return *login != NULL;
	}
	if (forge->kind->graphql != NULL && answer.status >= 400 && answer.status < 500 &&
		!answer.is_limited && !answer.passing)
		return 0;
	return forge_refused(forge, &answer, err);
}

int forge_author(struct forge *forge, const struct forge_comments *comments, const char **out,
	struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	int result = forge->author != NULL;

	if (result == 0) {
		const char *login = NULL;

		result = ask_name(forge, mem, &login, err);
		if (result == 0 && forge->kind->graphql != NULL)
			login = name_of_app(forge, mem, comments);
		forge->author = mem_strdup(forge, login);
	}
	if (result >= 0 && forge->author == NULL)
		result = err_set(
			err, ERR_NET, "%s does not say whose the token is", forge->kind->name);
	*out = forge->author;
	talloc_free(mem);
	return result < 0 ? -1 : 0;
}
