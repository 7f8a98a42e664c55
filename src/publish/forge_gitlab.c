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

const struct forge_kind forge_gitlab = {
	.name = "GitLab",
	.tokens = { "FIVEWHYS_GITLAB_TOKEN", "GITLAB_TOKEN" },
	.api = "CI_API_V4_URL",
	.host = "gitlab.com",
	.base = "https://gitlab.com/api/v4",
	.header = "PRIVATE-TOKEN: ",
	.more = { "Accept: application/json" },
	.update = "PUT",
	.author = "author",
	.login = "username",
	.find = find,
};
