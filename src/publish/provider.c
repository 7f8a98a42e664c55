/* What each CI has of its own. */
#include "publish/provider.h"

#include <string.h>

#include "publish/reading.h"

/* What follows PREFIX; NULL where TEXT does not begin with it. */
static const char *behind(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	return text != NULL && strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

/* "refs/heads/x" is a branch, "refs/tags/x" a tag, and all else neither. */
static void take_ref(const struct reading *reading, const char *ref, struct build *build)
{
	const char *branch = behind(ref, "refs/heads/"), *tag = behind(ref, "refs/tags/");

	build->branch = reading_clean(reading->mem, branch);
	build->tag = reading_clean(reading->mem, tag);
}

/* "refs/pull/12/merge" */
static uint64_t pull_of(TALLOC_CTX *mem, const char *ref)
{
	const char *number = behind(ref, "refs/pull/");
	const char *slash = number != NULL ? strchr(number, '/') : NULL;

	return slash == NULL ? 0
			     : reading_number(mem_strndup(mem, number, (size_t)(slash - number)));
}

/* "git.example.com:8443" of "https://git.example.com:8443/path"; NULL: it is no address. */
static const char *host_of(TALLOC_CTX *mem, const char *url)
{
	const char *host = url != NULL ? strstr(url, "://") : NULL;

	if (host == NULL || host[3] == '\0')
		return NULL;
	return mem_strndup(mem, host + 3, strcspn(host + 3, "/"));
}

void provider_github(const struct reading *reading, struct build *build)
{
	const char *ref = reading_text(reading, "GITHUB_REF"), *head = build->branch;
	const char *server = reading_text(reading, "GITHUB_SERVER_URL");

	take_ref(reading, ref, build);
	if (head != NULL) /* of pull requests only */
		build->branch = head;
	build->pull = pull_of(reading->mem, ref);
	build->forge = BUILD_FORGE_GITHUB;
	build->host = host_of(reading->mem, server);
	build->repository = reading_text(reading, "GITHUB_REPOSITORY");
	if (build->repository == NULL || build->run == 0)
		return;
	build->url = reading_url(reading->mem,
		mem_printf(reading->mem, "%s/%s/actions/runs/%llu/attempts/%llu",
			server != NULL ? server : "https://github.com", build->repository,
			(unsigned long long)build->run,
			(unsigned long long)(build->attempt > 0 ? build->attempt : 1)));
}

/* "group/project!12,group/other!3": a branch that is built, and then asked to be merged. */
static void take_open_request(const struct reading *reading, struct build *build)
{
	const char *list = reading_text(reading, "CI_OPEN_MERGE_REQUESTS");
	const char *mark = list != NULL ? strchr(list, '!') : NULL;

	if (mark == NULL)
		return;
	build->repository = mem_strndup(reading->mem, list, (size_t)(mark - list));
	build->pull = reading_number(mem_strndup(reading->mem, mark + 1, strcspn(mark + 1, ",")));
}

void provider_gitlab(const struct reading *reading, struct build *build)
{
	const char *project = reading_text(reading, "CI_PROJECT_PATH");
	const char *target = reading_text(reading, "CI_MERGE_REQUEST_PROJECT_PATH");
	const char *source = reading_text(reading, "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH");

	build->forge = BUILD_FORGE_GITLAB;
	build->host = host_of(reading->mem, reading_text(reading, "CI_SERVER_URL"));
	build->scope = target != NULL ? target : project;
	build->repository = reading_text(reading, "CI_MERGE_REQUEST_PROJECT_ID");
	if (build->pull == 0 || build->repository == NULL)
		take_open_request(reading, build);
	if (build->repository == NULL)
		build->repository = reading_text(reading, "CI_PROJECT_ID");
	if (build->repository == NULL)
		build->repository = build->scope;
	if (source != NULL && target != NULL && strcmp(source, target) != 0 &&
		build->branch != NULL)
		build->branch = reading_clean(
			reading->mem, mem_printf(reading->mem, "%s:%s", source, build->branch));
}

void provider_jenkins(const struct reading *reading, struct build *build)
{
	const char *change = reading->lookup(reading->context, "CHANGE_URL");
	const char *remote = reading->lookup(reading->context, "GIT_URL");
	const char *fork = reading_text(reading, "CHANGE_FORK");
	const char *local = behind(build->branch, "origin/");
	uint64_t pull = build->pull;

	if (local != NULL)
		build->branch = local;
	if (fork != NULL && build->branch != NULL)
		build->branch = reading_clean(
			reading->mem, mem_printf(reading->mem, "%s:%s", fork, build->branch));
	if ((change == NULL || !build_remote(reading->mem, build, change)) && remote != NULL)
		build_remote(reading->mem, build, remote);
	if (pull > 0)
		build->pull = pull;
}

void provider_buildkite(const struct reading *reading, struct build *build)
{
	const char *remote = reading->lookup(reading->context, "BUILDKITE_REPO");
	const char *job = reading_text(reading, "BUILDKITE_JOB_ID");
	uint64_t pull = build->pull;

	if (remote != NULL && build_remote(reading->mem, build, remote))
		build->pull = pull;
	if (reading_is(reading, "BUILDKITE_PIPELINE_PROVIDER", "github_enterprise"))
		build->forge = BUILD_FORGE_GITHUB;
	build->attempt =
		1 + reading_number(reading->lookup(reading->context, "BUILDKITE_RETRY_COUNT"));
	if (build->url != NULL && job != NULL)
		build->url = reading_url(
			reading->mem, mem_printf(reading->mem, "%s#%s", build->url, job));
}

void provider_circleci(const struct reading *reading, struct build *build)
{
	const char *change = reading->lookup(reading->context, "CIRCLE_PULL_REQUEST");
	const char *remote = reading->lookup(reading->context, "CIRCLE_REPOSITORY_URL");
	uint64_t pull = build->pull;

	if ((change == NULL || !build_remote(reading->mem, build, change)) && remote != NULL)
		build_remote(reading->mem, build, remote);
	if (pull > 0)
		build->pull = pull;
	if (behind(build->branch, "pull/") != NULL) /* what forks are called here */
		build->branch = NULL;
}

void provider_azure(const struct reading *reading, struct build *build)
{
	const char *ref = build->branch, *branch;
	const char *server = reading_text(reading, "SYSTEM_COLLECTIONURI");
	const char *project = reading_text(reading, "SYSTEM_TEAMPROJECT");

	/* GitHub's branches come without "refs/heads/" where they are those of a request */
	branch = behind(ref, "refs/") != NULL ? NULL : ref;
	take_ref(reading, ref, build);
	if (branch != NULL)
		build->branch = branch;
	if (reading_is(reading, "BUILD_REPOSITORY_PROVIDER", "GitHub")) {
		build->forge = BUILD_FORGE_GITHUB;
		build->host = "github.com";
	} else if (reading_is(reading, "BUILD_REPOSITORY_PROVIDER", "GitHubEnterprise")) {
		build->forge = BUILD_FORGE_GITHUB;
	}
	build->repository = reading_text(reading, "BUILD_REPOSITORY_NAME");
	if (server == NULL || project == NULL || build->run == 0)
		return;
	build->url = reading_url(
		reading->mem, mem_printf(reading->mem, "%s%s/_build/results?buildId=%llu", server,
				      reading_escape(reading->mem, project, "-._~"),
				      (unsigned long long)build->run));
}
