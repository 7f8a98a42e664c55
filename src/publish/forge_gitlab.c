/*
 * Comments on merge requests of GitLab: notes. CI_JOB_TOKEN may not write them.
 * Source: "Notes API" and "GitLab CI/CD job token".
 */
#include "publish/forge.h"
#include "publish/reading.h"

static int find(struct forge *forge, const struct publish_options *options, struct err *err)
{
	const struct build *build = options->build;

	(void)err;
	forge->comments = mem_printf(forge, "/projects/%s/merge_requests/%llu/notes",
		reading_escape(forge, build->repository, "-_~"), (unsigned long long)build->pull);
	forge->comment = mem_printf(forge, "%s/", forge->comments);
	return 0;
}

static const struct forge_advice advices[] = {
	{ 401, "the token is not good, or not one of this host" },
	{ 403, "the token may not write comments: it takes the scope \"api\", and at least the "
	       "role "
	       "Reporter" },
	{ 404, "there is no such merge request, or the token may not see it" },
	{ 0 },
};

const struct forge_kind forge_gitlab = {
	.name = "GitLab",
	.tokens = { "FIVEWHYS_GITLAB_TOKEN", "GITLAB_TOKEN" },
	.hint = " (CI_JOB_TOKEN may not write comments: it takes a project access token with the "
		"scope \"api\")",
	.hinted = "CI_JOB_TOKEN",
	.api = "CI_API_V4_URL",
	.host = "gitlab.com",
	.base = "https://gitlab.com/api/v4",
	.header = "PRIVATE-TOKEN: ",
	.more = { "Accept: application/json" },
	.silence = TIME_NONE,
	.order = "&sort=asc&order_by=created_at",
	.update = "PUT",
	.author = "author",
	.login = "username",
	.advices = advices,
	.find = find,
};
