/* Which CI this is, and what its variables say: a table, for what all of them have. */
#include "publish/build.h"

#include <string.h>

#include "publish/provider.h"
#include "publish/reading.h"

#define JOB_LENGTH 8 /* characters of a digest: the jobs of one build are few */
#define NAMES 3 /* of variables for one thing; the first that says something is taken */

/*
 * Sources: "Variables reference" (GitHub Actions), "Predefined CI/CD variables" (GitLab), "Using a
 * Jenkinsfile" and the variables of the branch API plugin, "Environment variables" (Buildkite),
 * "Project values and variables" (CircleCI), "Use predefined variables" (Azure Pipelines).
 */
static const struct provider {
	const char *name;
	enum build_kind kind;
	const char *variable; /* by which it is known; NAME=VALUE, VALUE NULL: anything */
	const char *value;
	const char *workflow[NAMES], *number[NAMES];
	const char *commit[NAMES], *branch[NAMES], *tag[NAMES], *url[NAMES];
	const char *run, *attempt, *pull;
	const char *job[NAMES]; /* that together tell the jobs of a build from each other */
	provider_fill *fill;
} providers[] = {
	{ .name = "GitHub Actions",
		.kind = BUILD_GITHUB,
		.variable = "GITHUB_ACTIONS",
		.value = "true",
		.workflow = { "GITHUB_WORKFLOW" },
		.number = { "GITHUB_RUN_NUMBER" },
		.commit = { "GITHUB_SHA" },
		.branch = { "GITHUB_HEAD_REF" },
		.run = "GITHUB_RUN_ID",
		.attempt = "GITHUB_RUN_ATTEMPT",
		.job = { "GITHUB_JOB", "RUNNER_NAME", "RUNNER_TRACKING_ID" },
		.fill = provider_github },
	{ .name = "GitLab CI",
		.kind = BUILD_GITLAB,
		.variable = "GITLAB_CI",
		.value = "true",
		.workflow = { "CI_JOB_NAME" },
		.number = { "CI_PIPELINE_IID", "CI_PIPELINE_ID" },
		.commit = { "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA" },
		.branch = { "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH" },
		.tag = { "CI_COMMIT_TAG" },
		.url = { "CI_JOB_URL", "CI_PIPELINE_URL" },
		.run = "CI_PIPELINE_ID",
		.attempt = "CI_JOB_ID", /* of a job that is run again it is greater */
		.pull = "CI_MERGE_REQUEST_IID",
		.fill = provider_gitlab },
	{ .name = "Buildkite",
		.kind = BUILD_BUILDKITE,
		.variable = "BUILDKITE",
		.value = "true",
		.workflow = { "BUILDKITE_PIPELINE_SLUG" },
		.number = { "BUILDKITE_BUILD_NUMBER" },
		.commit = { "BUILDKITE_COMMIT" },
		.branch = { "BUILDKITE_BRANCH" },
		.tag = { "BUILDKITE_TAG" },
		.url = { "BUILDKITE_BUILD_URL" },
		.run = "BUILDKITE_BUILD_NUMBER",
		.pull = "BUILDKITE_PULL_REQUEST",
		.job = { "BUILDKITE_JOB_ID" },
		.fill = provider_buildkite },
	{ .name = "CircleCI",
		.kind = BUILD_CIRCLECI,
		.variable = "CIRCLECI",
		.value = "true",
		.workflow = { "CIRCLE_JOB" },
		.number = { "CIRCLE_BUILD_NUM" },
		.commit = { "CIRCLE_SHA1" },
		.branch = { "CIRCLE_BRANCH" },
		.tag = { "CIRCLE_TAG" },
		.url = { "CIRCLE_BUILD_URL" },
		.run = "CIRCLE_BUILD_NUM",
		.pull = "CIRCLE_PR_NUMBER",
		.job = { "CIRCLE_NODE_INDEX" },
		.fill = provider_circleci },
	{ .name = "Azure Pipelines",
		.kind = BUILD_AZURE,
		.variable = "TF_BUILD",
		.value = "true",
		.workflow = { "BUILD_DEFINITIONNAME" },
		.number = { "BUILD_BUILDNUMBER" },
		.commit = { "SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION" },
		.branch = { "SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH" },
		.run = "BUILD_BUILDID",
		.attempt = "SYSTEM_JOBATTEMPT",
		.pull = "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER",
		.job = { "SYSTEM_JOBID" },
		.fill = provider_azure },
	{ .name = "Jenkins",
		.kind = BUILD_JENKINS,
		.variable = "JENKINS_URL",
		.workflow = { "JOB_NAME" },
		.number = { "BUILD_NUMBER" },
		.commit = { "GIT_COMMIT" },
		.branch = { "CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH" },
		.tag = { "TAG_NAME" },
		.url = { "BUILD_URL" },
		.run = "BUILD_NUMBER",
		.pull = "CHANGE_ID",
		.job = { "STAGE_NAME", "NODE_NAME", "EXECUTOR_NUMBER" },
		.fill = provider_jenkins },
	{ .name = "CI", .kind = BUILD_OTHER, .variable = "CI", .value = "true" },
	{ .name = "CI", .kind = BUILD_OTHER, .variable = "CI", .value = "1" },
};

static bool is_here(const struct reading *reading, const struct provider *provider)
{
	if (provider->value != NULL)
		return reading_is(reading, provider->variable, provider->value);
	return reading_text(reading, provider->variable) != NULL;
}

/* The first of NAMES that is set. */
static const char *first_of(const struct reading *reading, const char *const names[NAMES])
{
	const char *text = NULL;

	for (size_t i = 0; i < NAMES && names[i] != NULL && text == NULL; i++)
		text = reading_text(reading, names[i]);
	return text;
}

static const char *commit_of(const struct reading *reading, const char *const names[NAMES])
{
	const char *commit = NULL;

	for (size_t i = 0; i < NAMES && names[i] != NULL && commit == NULL; i++)
		commit = reading_commit(reading->mem, reading->lookup(reading->context, names[i]));
	return commit;
}

static const char *url_of(const struct reading *reading, const char *const names[NAMES])
{
	const char *url = NULL;

	for (size_t i = 0; i < NAMES && names[i] != NULL && url == NULL; i++)
		url = reading_url(reading->mem, reading->lookup(reading->context, names[i]));
	return url;
}

static uint64_t number_of(const struct reading *reading, const char *name)
{
	return name != NULL ? reading_number(reading->lookup(reading->context, name)) : 0;
}

/* Names of machines are nobody's business: a digest of them is enough. */
static const char *job_of(const struct reading *reading, const char *const names[NAMES])
{
	char digest[DIGEST_TEXT], *text = NULL;

	for (size_t i = 0; i < NAMES && names[i] != NULL; i++) {
		const char *value = reading_text(reading, names[i]);

		if (value != NULL)
			text = mem_printf(reading->mem, "%s%s=%s\n", text != NULL ? text : "",
				names[i], value);
	}
	if (text == NULL)
		return NULL;
	digest_of(text, strlen(text), digest);
	return mem_strndup(reading->mem, digest, JOB_LENGTH);
}

/* Attempts of GitLab are ids of jobs: they say nothing to people. */
static const char *label_of(
	TALLOC_CTX *mem, const struct build *build, const char *workflow, const char *number)
{
	bool again = build->kind != BUILD_GITLAB && build->attempt > 1;
	char attempt[24] = "";

	if (workflow == NULL || number == NULL)
		return workflow;
	if (again)
		snprintf(attempt, sizeof(attempt), ".%llu", (unsigned long long)build->attempt);
	return reading_clean(
		mem, mem_printf(mem, "%s #%s%s%s%s%s", workflow, number, attempt,
			     build->tag != NULL ? " (" : "", build->tag != NULL ? build->tag : "",
			     build->tag != NULL ? ")" : ""));
}

static void fill(const struct reading *reading, const struct provider *provider, struct build *out)
{
	const char *workflow = first_of(reading, provider->workflow);

	*out = (struct build){ .kind = provider->kind,
		.name = provider->name,
		.commit = commit_of(reading, provider->commit),
		.branch = first_of(reading, provider->branch),
		.tag = first_of(reading, provider->tag),
		.url = url_of(reading, provider->url),
		.pull = number_of(reading, provider->pull),
		.run = number_of(reading, provider->run),
		.attempt = number_of(reading, provider->attempt),
		.job = job_of(reading, provider->job) };
	if (provider->fill != NULL)
		provider->fill(reading, out);
	out->label = label_of(reading->mem, out, workflow, first_of(reading, provider->number));
	if (out->scope == NULL)
		out->scope = out->repository;
	if (out->scope != NULL && workflow != NULL)
		out->scope = mem_printf(reading->mem, "%s/%s", out->scope, workflow);
}

bool build_detect(TALLOC_CTX *mem, build_lookup *lookup, void *context, struct build *out)
{
	const struct reading reading = { mem, lookup, context };

	*out = (struct build){ .kind = BUILD_OTHER };
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++)
		if (is_here(&reading, &providers[i])) {
			fill(&reading, &providers[i], out);
			return true;
		}
	return false;
}
