/* Which CI this is: tables of variables, and what must come of them. */
#include "publish/build.h"

#include <string.h>

#include "unit/test.h"

#define SHA "0123456789abcdef0123456789abcdef01234567"
#define MERGE "ffffffffffffffffffffffffffffffffffffffff"

struct variable {
	const char *name, *value;
};

static const char *look_up(void *context, const char *name)
{
	const struct variable *variable = context;

	while (variable->name != NULL && strcmp(variable->name, name) != 0)
		variable++;
	return variable->value;
}

static bool detect(TALLOC_CTX *mem, const struct variable *variables, struct build *out)
{
	return build_detect(mem, look_up, (void *)(uintptr_t)variables, out);
}

static void assert_text(const char *text, const char *expected)
{
	if (expected == NULL)
		assert_null(text);
	else
		assert_string_equal(text != NULL ? text : "(null)", expected);
}

static void assert_build(const struct variable *variables, const struct build *expected)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	assert_true(detect(mem, variables, &build));
	assert_int_equal(build.kind, expected->kind);
	assert_text(build.label, expected->label);
	assert_text(build.commit, expected->commit);
	assert_text(build.branch, expected->branch);
	assert_text(build.tag, expected->tag);
	assert_text(build.url, expected->url);
	assert_text(build.host, expected->host);
	assert_text(build.repository, expected->repository);
	assert_text(build.scope, expected->scope);
	assert_int_equal(build.forge, expected->forge);
	assert_int_equal(build.pull, expected->pull);
	assert_int_equal(build.run, expected->run);
	assert_int_equal(build.attempt, expected->attempt);
	assert_text(build.job, expected->job);
	talloc_free(mem);
}

static void github_pull_request_second_attempt(void **state)
{
	static const struct variable variables[] = { { "CI", "true" }, { "GITHUB_ACTIONS", "true" },
		{ "GITHUB_WORKFLOW", "tests" }, { "GITHUB_RUN_NUMBER", "42" },
		{ "GITHUB_RUN_ID", "9001" }, { "GITHUB_RUN_ATTEMPT", "2" },
		{ "GITHUB_REPOSITORY", "octo/hello" }, { "GITHUB_REF", "refs/pull/12/merge" },
		{ "GITHUB_HEAD_REF", "topic" }, { "GITHUB_SHA", MERGE },
		{ "GITHUB_SERVER_URL", "https://github.example.com" }, { NULL, NULL } };

	(void)state;
	assert_build(variables,
		&(struct build){ .kind = BUILD_GITHUB,
			.label = "tests #42.2",
			.commit = MERGE,
			.branch = "topic",
			.url = "https://github.example.com/octo/hello/actions/runs/9001/attempts/2",
			.forge = BUILD_FORGE_GITHUB,
			.host = "github.example.com",
			.repository = "octo/hello",
			.scope = "octo/hello/tests",
			.pull = 12,
			.run = 9001,
			.attempt = 2 });
}

static void github_tag(void **state)
{
	static const struct variable variables[] = { { "GITHUB_ACTIONS", "true" },
		{ "GITHUB_WORKFLOW", "release" }, { "GITHUB_RUN_NUMBER", "3" },
		{ "GITHUB_RUN_ID", "5" }, { "GITHUB_RUN_ATTEMPT", "1" },
		{ "GITHUB_REPOSITORY", "octo/hello" }, { "GITHUB_REF", "refs/tags/v1.0" },
		{ "GITHUB_HEAD_REF", "" }, { "GITHUB_SHA", SHA }, { NULL, NULL } };

	(void)state;
	assert_build(
		variables, &(struct build){ .kind = BUILD_GITHUB,
				   .label = "release #3 (v1.0)",
				   .commit = SHA,
				   .tag = "v1.0",
				   .url = "https://github.com/octo/hello/actions/runs/5/attempts/1",
				   .forge = BUILD_FORGE_GITHUB,
				   .repository = "octo/hello",
				   .scope = "octo/hello/release",
				   .run = 5,
				   .attempt = 1 });
}

static void gitlab_merge_request_of_a_fork_with_merged_results(void **state)
{
	static const struct variable variables[] = { { "GITLAB_CI", "true" }, { "CI", "true" },
		{ "CI_JOB_NAME", "e2e: [a, b]" }, { "CI_PIPELINE_IID", "7" },
		{ "CI_PIPELINE_ID", "70" }, { "CI_JOB_ID", "701" },
		{ "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", SHA }, { "CI_COMMIT_SHA", MERGE },
		{ "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "topic" },
		{ "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH", "eve/hello" },
		{ "CI_MERGE_REQUEST_PROJECT_PATH", "octo/hello" },
		{ "CI_MERGE_REQUEST_PROJECT_ID", "17" }, { "CI_MERGE_REQUEST_IID", "12" },
		{ "CI_PROJECT_PATH", "octo/hello" },
		{ "CI_JOB_URL", "https://gitlab.example.com/octo/hello/-/jobs/701" },
		{ NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_GITLAB,
					.label = "e2e: [a, b] #7",
					.commit = SHA,
					.branch = "eve/hello:topic",
					.url = "https://gitlab.example.com/octo/hello/-/jobs/701",
					.forge = BUILD_FORGE_GITLAB,
					.repository = "17",
					.scope = "octo/hello/e2e: [a, b]",
					.pull = 12,
					.run = 70,
					.attempt = 701 });
}

static void gitlab_branch_with_an_open_request(void **state)
{
	static const struct variable variables[] = { { "GITLAB_CI", "true" },
		{ "CI_JOB_NAME", "e2e" }, { "CI_PIPELINE_ID", "70" }, { "CI_JOB_ID", "701" },
		{ "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "" }, { "CI_COMMIT_SHA", SHA },
		{ "CI_COMMIT_BRANCH", "topic" }, { "CI_PROJECT_PATH", "octo/sub/hello" },
		{ "CI_PROJECT_ID", "17" },
		{ "CI_OPEN_MERGE_REQUESTS", "octo/sub/hello!12,octo/sub/hello!13" },
		{ NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_GITLAB,
					.label = "e2e #70",
					.commit = SHA,
					.branch = "topic",
					.forge = BUILD_FORGE_GITLAB,
					.repository = "octo/sub/hello",
					.scope = "octo/sub/hello/e2e",
					.pull = 12,
					.run = 70,
					.attempt = 701 });
}

static void a_project_without_a_number_is_known_by_its_path(void **state)
{
	static const struct variable variables[] = { { "GITLAB_CI", "true" },
		{ "CI_JOB_NAME", "e2e" }, { "CI_MERGE_REQUEST_IID", "12" },
		{ "CI_PROJECT_PATH", "octo/sub/hello" },
		{ "CI_SERVER_URL", "https://git.example.com:8443" }, { NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_GITLAB,
					.label = "e2e",
					.forge = BUILD_FORGE_GITLAB,
					.host = "git.example.com:8443",
					.repository = "octo/sub/hello",
					.scope = "octo/sub/hello/e2e",
					.pull = 12 });
}

static void jobs_of_one_build_are_told_from_each_other(void **state)
{
	static const struct variable one[] = { { "GITHUB_ACTIONS", "true" },
		{ "GITHUB_JOB", "e2e" }, { "RUNNER_NAME", "1" }, { NULL, NULL } };
	static const struct variable two[] = { { "GITHUB_ACTIONS", "true" },
		{ "GITHUB_JOB", "e2e" }, { "RUNNER_NAME", "2" }, { NULL, NULL } };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build left, right;

	(void)state;
	assert_true(detect(mem, one, &left) && detect(mem, two, &right));
	assert_int_equal(strlen(left.job), 8);
	assert_string_not_equal(left.job, right.job);
	assert_true(detect(mem, one, &right));
	assert_string_equal(left.job, right.job);
	talloc_free(mem);
}

static void jenkins_pull_request_of_github(void **state)
{
	static const struct variable variables[] = { { "JENKINS_URL", "https://ci.example.com/" },
		{ "JOB_NAME", "hello/PR-12" }, { "BUILD_NUMBER", "7" }, { "GIT_COMMIT", SHA },
		{ "CHANGE_ID", "12" }, { "CHANGE_URL", "https://github.com/octo/hello/pull/12" },
		{ "CHANGE_BRANCH", "topic" }, { "CHANGE_FORK", "eve" }, { "BRANCH_NAME", "PR-12" },
		{ "BUILD_URL", "https://ci.example.com/job/hello/job/PR-12/7/" }, { NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_JENKINS,
					.label = "hello/PR-12 #7",
					.commit = SHA,
					.branch = "eve:topic",
					.url = "https://ci.example.com/job/hello/job/PR-12/7/",
					.forge = BUILD_FORGE_GITHUB,
					.host = "github.com",
					.repository = "octo/hello",
					.scope = "octo/hello/hello/PR-12",
					.pull = 12,
					.run = 7 });
}

static void jenkins_branch(void **state)
{
	static const struct variable variables[] = { { "JENKINS_URL", "https://ci.example.com/" },
		{ "JOB_NAME", "nightly" }, { "BUILD_NUMBER", "7" }, { "GIT_COMMIT", SHA },
		{ "GIT_BRANCH", "origin/main" }, { "GIT_URL", "git@gitlab.com:octo/hello.git" },
		{ NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_JENKINS,
					.label = "nightly #7",
					.commit = SHA,
					.branch = "main",
					.forge = BUILD_FORGE_GITLAB,
					.host = "gitlab.com",
					.repository = "octo/hello",
					.scope = "octo/hello/nightly",
					.run = 7 });
}

static void buildkite_pull_request(void **state)
{
	static const struct variable variables[] = { { "CI", "true" }, { "BUILDKITE", "true" },
		{ "BUILDKITE_PIPELINE_SLUG", "hello" }, { "BUILDKITE_BUILD_NUMBER", "7" },
		{ "BUILDKITE_COMMIT", "HEAD" }, { "BUILDKITE_BRANCH", "topic" },
		{ "BUILDKITE_PULL_REQUEST", "12" }, { "BUILDKITE_RETRY_COUNT", "1" },
		{ "BUILDKITE_REPO", "git@github.com:octo/hello.git" },
		{ "BUILDKITE_BUILD_URL", "https://buildkite.example.com/octo/hello/builds/7" },
		{ "BUILDKITE_JOB_ID", "018f-aa" }, { NULL, NULL } };

	(void)state;
	assert_build(variables,
		&(struct build){ .kind = BUILD_BUILDKITE,
			.label = "hello #7.2",
			.branch = "topic",
			.url = "https://buildkite.example.com/octo/hello/builds/7#018f-aa",
			.forge = BUILD_FORGE_GITHUB,
			.host = "github.com",
			.repository = "octo/hello",
			.scope = "octo/hello/hello",
			.pull = 12,
			.run = 7,
			.attempt = 2,
			.job = "2d3fe391" });
}

static void circleci_pull_request_of_a_fork(void **state)
{
	static const struct variable variables[] = { { "CI", "true" }, { "CIRCLECI", "true" },
		{ "CIRCLE_JOB", "e2e" }, { "CIRCLE_BUILD_NUM", "7" }, { "CIRCLE_SHA1", SHA },
		{ "CIRCLE_BRANCH", "pull/12" },
		{ "CIRCLE_PULL_REQUEST", "https://github.com/octo/hello/pull/12" },
		{ "CIRCLE_BUILD_URL", "https://circleci.example.com/gh/octo/hello/7" },
		{ NULL, NULL } };

	(void)state;
	assert_build(variables, &(struct build){ .kind = BUILD_CIRCLECI,
					.label = "e2e #7",
					.commit = SHA,
					.url = "https://circleci.example.com/gh/octo/hello/7",
					.forge = BUILD_FORGE_GITHUB,
					.host = "github.com",
					.repository = "octo/hello",
					.scope = "octo/hello/e2e",
					.pull = 12,
					.run = 7 });
}

static void azure_pull_request_of_github(void **state)
{
	static const struct variable variables[] = { { "TF_BUILD", "True" },
		{ "BUILD_DEFINITIONNAME", "e2e" }, { "BUILD_BUILDNUMBER", "20260102.1" },
		{ "BUILD_BUILDID", "9" }, { "SYSTEM_JOBATTEMPT", "1" },
		{ "BUILD_SOURCEVERSION", MERGE }, { "SYSTEM_PULLREQUEST_SOURCECOMMITID", SHA },
		{ "SYSTEM_PULLREQUEST_SOURCEBRANCH", "topic" },
		{ "BUILD_SOURCEBRANCH", "refs/pull/12/merge" },
		{ "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "12" },
		{ "BUILD_REPOSITORY_PROVIDER", "GitHub" },
		{ "BUILD_REPOSITORY_NAME", "octo/hello" },
		{ "SYSTEM_COLLECTIONURI", "https://dev.example.com/octo/" },
		{ "SYSTEM_TEAMPROJECT", "My Shop" }, { NULL, NULL } };

	(void)state;
	assert_build(variables,
		&(struct build){ .kind = BUILD_AZURE,
			.label = "e2e #20260102.1",
			.commit = SHA,
			.branch = "topic",
			.url = "https://dev.example.com/octo/My%20Shop/_build/results?buildId=9",
			.forge = BUILD_FORGE_GITHUB,
			.host = "github.com",
			.repository = "octo/hello",
			.scope = "octo/hello/e2e",
			.pull = 12,
			.run = 9,
			.attempt = 1 });
}

static void plain_ci_is_a_ci_of_which_nothing_is_known(void **state)
{
	static const struct variable one[] = { { "CI", "true" }, { NULL, NULL } };
	static const struct variable other[] = { { "CI", "1" }, { NULL, NULL } };

	(void)state;
	assert_build(one, &(struct build){ .kind = BUILD_OTHER });
	assert_build(other, &(struct build){ .kind = BUILD_OTHER });
}

static void no_variables_and_false_ones_are_no_ci(void **state)
{
	static const struct variable none[] = { { NULL, NULL } };
	static const struct variable off[] = { { "CI", "false" }, { "GITHUB_ACTIONS", "" },
		{ "JENKINS_URL", "" }, { "TF_BUILD", "False" }, { NULL, NULL } };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	assert_false(detect(mem, none, &build));
	assert_false(detect(mem, off, &build));
	assert_null(build.name);
	talloc_free(mem);
}

static void hostile_values_are_one_line_of_text_or_nothing(void **state)
{
	static char many[5000];
	const struct variable variables[] = { { "GITHUB_ACTIONS", "true" },
		{ "GITHUB_WORKFLOW", "a\n::error::b\x1b[31m\xff" }, { "GITHUB_RUN_NUMBER", "1" },
		{ "GITHUB_RUN_ID", "99999999999999999999999" }, { "GITHUB_RUN_ATTEMPT", "-1" },
		{ "GITHUB_SHA", "../../etc/passwd" }, { "GITHUB_HEAD_REF", many },
		{ "GITHUB_REF", "refs/pull/12;rm/merge" }, { NULL, NULL } };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	memset(many, 'x', sizeof(many) - 1);
	assert_true(detect(mem, variables, &build));
	assert_string_equal(build.label, "a ::error::b [31m #1");
	assert_null(build.commit);
	assert_int_equal(strlen(build.branch), 255);
	assert_int_equal(build.pull, 0);
	assert_int_equal(build.run, 0);
	assert_int_equal(build.attempt, 0);
	assert_null(build.url);
	talloc_free(mem);
}

static void an_address_cannot_end_the_link_it_stands_in(void **state)
{
	static const struct variable variables[] = { { "GITLAB_CI", "true" },
		{ "CI_JOB_URL", "https://x.example.com/a) <b>](c" }, { NULL, NULL } };
	static const struct variable script[] = { { "GITLAB_CI", "true" },
		{ "CI_JOB_URL", "javascript:alert(1)" }, { NULL, NULL } };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	assert_true(detect(mem, variables, &build));
	assert_string_equal(build.url, "https://x.example.com/a%29%20%3Cb%3E%5D%28c");
	assert_true(detect(mem, script, &build));
	assert_null(build.url);
	talloc_free(mem);
}

static void take_event(TALLOC_CTX *mem, struct build *build, const char *text)
{
	*build = (struct build){
		.kind = BUILD_GITHUB, .commit = MERGE, .branch = "x", .repository = "octo/hello"
	};
	build_event(mem, build, text, strlen(text));
}

static void the_commit_of_a_pull_request_is_its_head(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	take_event(mem, &build,
		"{\"pull_request\":{\"number\":12,\"head\":{\"sha\":\"" SHA
		"\",\"ref\":\"main\",\"repo\":{\"full_name\":\"Octo/hello\",\"owner\":{\"login\":"
		"\"octo\"}}}}}");
	assert_string_equal(build.commit, SHA);
	assert_string_equal(build.branch, "main");
	assert_int_equal(build.pull, 12);
	talloc_free(mem);
}

static void the_branch_of_a_fork_bears_its_owner(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	take_event(mem, &build,
		"{\"workflow_run\":{\"head_sha\":\"" SHA
		"\",\"head_branch\":\"main\",\"head_repository\":{\"full_name\":\"eve/hello\","
		"\"owner\":{\"login\":\"eve\"}},\"pull_requests\":[{\"number\":3}]}}");
	assert_string_equal(build.commit, SHA);
	assert_string_equal(build.branch, "eve:main");
	assert_int_equal(build.pull, 3);
	take_event(mem, &build, "{\"issue\":{\"number\":4,\"pull_request\":{}}}");
	assert_int_equal(build.pull, 4);
	take_event(mem, &build, "{\"issue\":{\"number\":4}}");
	assert_int_equal(build.pull, 0);
	talloc_free(mem);
}

static void a_request_of_another_repository_is_not_ours(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	take_event(mem, &build,
		"{\"repository\":{\"id\":9},\"workflow_run\":{\"pull_requests\":["
		"{\"number\":3,\"base\":{\"repo\":{\"id\":8}}},"
		"{\"number\":4,\"base\":{\"repo\":{\"id\":9}}}]}}");
	assert_int_equal(build.pull, 4);
	take_event(mem, &build,
		"{\"repository\":{\"id\":9},\"workflow_run\":{\"pull_requests\":["
		"{\"number\":3,\"base\":{\"repo\":{\"id\":8}}}]}}");
	assert_int_equal(build.pull, 0);
	talloc_free(mem);
}

static void an_event_of_another_form_changes_nothing(void **state)
{
	static const char *const texts[] = { "", "{", "[]", "null", "{\"pull_request\":[]}",
		"{\"pull_request\":{\"number\":-1,\"head\":{\"sha\":7,\"ref\":[]}}}",
		"{\"pull_request\":{\"number\":1e300,\"head\":{\"sha\":\"zz\"}}}",
		"{\"workflow_run\":{\"pull_requests\":{}}}" };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		take_event(mem, &build, texts[i]);
		assert_string_equal(build.commit, MERGE);
		assert_string_equal(build.branch, "x");
		assert_int_equal(build.pull, 0);
	}
	talloc_free(mem);
}

static void addresses_of_repositories_are_taken_apart(void **state)
{
	static const struct {
		const char *remote, *host, *repository;
		enum build_forge forge;
		uint64_t pull;
	} rows[] = {
		{ "https://github.com/octo/hello.git", "github.com", "octo/hello",
			BUILD_FORGE_GITHUB, 0 },
		{ "https://me:secret@github.com/octo/hello", "github.com", "octo/hello",
			BUILD_FORGE_GITHUB, 0 },
		{ "git@gitlab.com:octo/sub/hello.git", "gitlab.com", "octo/sub/hello",
			BUILD_FORGE_GITLAB, 0 },
		{ "ssh://git@git.example.com:2222/octo/hello.git", "git.example.com", "octo/hello",
			BUILD_FORGE_NONE, 0 },
		{ "https://git.example.com:8443/octo/hello/pull/12/files?w=1",
			"git.example.com:8443", "octo/hello", BUILD_FORGE_GITHUB, 12 },
		{ "https://gitlab.example.com/octo/sub/hello/-/merge_requests/3/",
			"gitlab.example.com", "octo/sub/hello", BUILD_FORGE_GITLAB, 3 },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build build = { .pull = 0 };

		assert_true(build_remote(mem, &build, rows[i].remote));
		assert_string_equal(build.host, rows[i].host);
		assert_string_equal(build.repository, rows[i].repository);
		assert_int_equal(build.forge, rows[i].forge);
		assert_int_equal(build.pull, rows[i].pull);
	}
	talloc_free(mem);
}

static void what_is_no_address_leaves_the_build_alone(void **state)
{
	static const char *const remotes[] = { "", "/srv/git/hello", "hello", "https://",
		"https:///octo/hello", "https://ex ample.com/octo/hello", "https://github.com/",
		"https://github.com/hello", "git@github.com" };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct build build = { .repository = "mine" };

	(void)state;
	for (size_t i = 0; i < sizeof(remotes) / sizeof(remotes[0]); i++)
		assert_false(build_remote(mem, &build, remotes[i]));
	assert_string_equal(build.repository, "mine");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(github_pull_request_second_attempt),
		cmocka_unit_test(github_tag),
		cmocka_unit_test(gitlab_merge_request_of_a_fork_with_merged_results),
		cmocka_unit_test(gitlab_branch_with_an_open_request),
		cmocka_unit_test(a_project_without_a_number_is_known_by_its_path),
		cmocka_unit_test(jobs_of_one_build_are_told_from_each_other),
		cmocka_unit_test(jenkins_pull_request_of_github),
		cmocka_unit_test(jenkins_branch),
		cmocka_unit_test(buildkite_pull_request),
		cmocka_unit_test(circleci_pull_request_of_a_fork),
		cmocka_unit_test(azure_pull_request_of_github),
		cmocka_unit_test(plain_ci_is_a_ci_of_which_nothing_is_known),
		cmocka_unit_test(no_variables_and_false_ones_are_no_ci),
		cmocka_unit_test(hostile_values_are_one_line_of_text_or_nothing),
		cmocka_unit_test(an_address_cannot_end_the_link_it_stands_in),
		cmocka_unit_test(the_commit_of_a_pull_request_is_its_head),
		cmocka_unit_test(the_branch_of_a_fork_bears_its_owner),
		cmocka_unit_test(a_request_of_another_repository_is_not_ours),
		cmocka_unit_test(an_event_of_another_form_changes_nothing),
		cmocka_unit_test(addresses_of_repositories_are_taken_apart),
		cmocka_unit_test(what_is_no_address_leaves_the_build_alone),
	};

	return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
