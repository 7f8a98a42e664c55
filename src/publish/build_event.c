/* The event behind a build of GitHub Actions. Its texts are as foreign as those of variables. */
#include <cjson/cJSON.h>
#include <string.h>

#include "publish/build.h"
#include "publish/reading.h"

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(member(object, name));
}

static uint64_t number_of(const cJSON *object, const char *name)
{
	const cJSON *item = member(object, name);

	if (!cJSON_IsNumber(item) || item->valuedouble < 1 || item->valuedouble > 1e15)
		return 0;
	return (uint64_t)item->valuedouble;
}

/* The branch REF of the repository HEAD; with its owner where that is not the one of the build. */
static const char *branch_of(
	TALLOC_CTX *mem, const struct build *build, const cJSON *head, const char *ref)
{
	const char *name = text_of(head, "full_name");
	const char *owner = text_of(member(head, "owner"), "login");

	if (ref == NULL || name == NULL || owner == NULL || build->repository == NULL ||
		strcasecmp(name, build->repository) == 0)
		return reading_clean(mem, ref);
	return reading_clean(mem, mem_printf(mem, "%.100s:%.150s", owner, ref));
}

static void take(
	TALLOC_CTX *mem, struct build *build, const char *commit, const char *branch, uint64_t pull)
{
	commit = reading_commit(mem, commit);
	if (commit != NULL)
		build->commit = commit;
	if (branch != NULL)
		build->branch = branch;
	if (pull > 0)
		build->pull = pull;
}

/* Events of pull requests: the commit that was pushed, not its merge with the target. */
static void take_pull(TALLOC_CTX *mem, struct build *build, const cJSON *pull)
{
	const cJSON *head = member(pull, "head");

	take(mem, build, text_of(head, "sha"),
		branch_of(mem, build, member(head, "repo"), text_of(head, "ref")),
		number_of(pull, "number"));
}

/* A list of pull requests has those of other repositories, too, into which the same branch may go. */
static uint64_t pull_here(const cJSON *pulls, const cJSON *event)
{
	uint64_t here = number_of(member(event, "repository"), "id");
	const cJSON *pull;

	cJSON_ArrayForEach(pull, pulls)
	{
		uint64_t base = number_of(member(member(pull, "base"), "repo"), "id");

		if (here == 0 || base == 0 || base == here)
			return number_of(pull, "number");
	}
	return 0;
}

/* "workflow_run": this build is about another one, which may have been that of a pull request. */
static void take_run(TALLOC_CTX *mem, struct build *build, const cJSON *event)
{
	const cJSON *run = member(event, "workflow_run");

	take(mem, build, text_of(run, "head_sha"),
		branch_of(mem, build, member(run, "head_repository"), text_of(run, "head_branch")),
		pull_here(member(run, "pull_requests"), event));
}

void build_event(TALLOC_CTX *mem, struct build *build, const char *text, size_t length)
{
	cJSON *event = cJSON_ParseWithLength(text, length);
	const cJSON *issue = member(event, "issue");

	if (cJSON_IsObject(member(event, "pull_request")))
		take_pull(mem, build, member(event, "pull_request"));
	else if (cJSON_IsObject(member(event, "workflow_run")))
		take_run(mem, build, event);
	else if (cJSON_IsObject(member(issue, "pull_request")))
		take(mem, build, NULL, NULL, number_of(issue, "number"));
	cJSON_Delete(event);
}
