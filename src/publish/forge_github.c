/*
 * Comments on pull requests of GitHub: they are those of issues.
 * Source: "REST API endpoints for issue comments", version 2022-11-28.
 */
#include <string.h>

#include "publish/forge.h"
#include "publish/reading.h"

/* "owner/name", each of letters, digits and "-._" */
static bool is_repository(const char *text)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
	size_t owner = strspn(text, allowed);
	const char *name = text + owner + 1;

	return owner > 0 && text[owner] == '/' && text[0] != '.' && name[0] != '\0' &&
	       name[strspn(name, allowed)] == '\0' && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

static int find(struct forge *forge, const struct publish_options *options, struct err *err)
{
	const struct build *build = options->build;

	if (!is_repository(build->repository))
		return err_set(err, ERR_USAGE, "\"%s\" is no repository of GitHub: owner/name",
			build->repository);
	forge->comments = mem_printf(forge, "/repos/%s/issues/%llu/comments", build->repository,
		(unsigned long long)build->pull);
	forge->comment = mem_printf(forge, "/repos/%s/issues/comments/", build->repository);
	forge->is_job = build->kind == BUILD_GITHUB;
	return 0;
}

static const struct forge_advice advices[] = {
	{ 401, "the token is not good, or not one of this host" },
	{ 403, "the token may not write comments: \"permissions: pull-requests: write\" gives it "
	       "the "
	       "right; what builds of forks get can only read" },
	{ 404, "there is no such pull request, or the token may not see it" },
	{ 410, "comments are switched off here" },
	{ 422, "it does not take this text" },
	{ 0 },
};

const struct forge_kind forge_github = {
	.name = "GitHub",
	.tokens = { "FIVEWHYS_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN" },
	.hint = " (in a workflow: GITHUB_TOKEN: ${{ github.token }})",
	.api = "GITHUB_API_URL",
	.host = "github.com",
	.base = "https://api.github.com",
	.header = "Authorization: Bearer ",
	.more = { "Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28" },
	.silence = 60 * WHEN_SECOND, /* "Rate limits for the REST API" */
	.order = "", /* is that of their ids */
	.update = "PATCH",
	.author = "user",
	.login = "login",
	.graphql = "/graphql",
	.job = "github-actions[bot]",
	.advices = advices,
	.find = find,
};
