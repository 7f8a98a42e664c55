/* Part of publish.h: the build that a run belongs to, as its CI tells it. */
#ifndef PUBLISH_BUILD_H
#define PUBLISH_BUILD_H

#include "base/base.h"

enum build_kind {
	BUILD_GITHUB,
	BUILD_GITLAB,
	BUILD_JENKINS,
	BUILD_BUILDKITE,
	BUILD_CIRCLECI,
	BUILD_AZURE,
	BUILD_OTHER, /* CI=true, and nothing more is known */
};

/* Who has the pull or merge request. */
enum build_forge {
	BUILD_FORGE_NONE,
	BUILD_FORGE_GITHUB,
	BUILD_FORGE_GITLAB,
};

/*
 * Texts are one line of UTF-8, of 255 bytes at most (addresses: 2000), without controls, and else
 * what somebody typed: names of branches are anybody's. NULL: not told, or not what it should be.
 */
struct build {
	enum build_kind kind;
	const char *name; /* of the CI: "GitHub Actions" */
	const char
		*label; /* "tests #42", "tests #42.2" of the second attempt, "tests #42 (v1.0)" */
	const char *commit; /* hexadecimal; of a pull request its head, not the merge of it */
	const char *branch; /* of a pull request the one it comes from: "fork:branch" from a fork */
	const char *tag;
	const char *url; /* of the run or job; fit for a link in Markdown as it is */
	enum build_forge forge;
	const char *host; /* where it is; NULL: where the API is told to be */
	const char *repository; /* of the pull request: "owner/name", "group/project", or an id */
	const char *scope; /* what one comment is about: "owner/name/workflow" */
	uint64_t pull; /* the number of the pull or merge request; 0: none */
	uint64_t run, attempt; /* grow from build to build of the same scope; 0: not told */
	const char *job; /* one word, another one for each job of a build; NULL: not told */
};

/* The value of the variable NAME; NULL where it is not set. */
typedef const char *build_lookup(void *context, const char *name);

/* *OUT, owned by MEM, is what the variables say. False: there is no CI in them, *OUT is zero. */
bool build_detect(TALLOC_CTX *mem, build_lookup *lookup, void *context, struct build *out);

/*
 * What the event that started a build of GitHub Actions says beyond its variables: TEXT is the file
 * of $GITHUB_EVENT_PATH. What is no JSON, or not of the expected form, changes nothing.
 * Source: "Webhook events and payloads" of GitHub's documentation.
 */
void build_event(TALLOC_CTX *mem, struct build *build, const char *text, size_t length);

/*
 * Take REMOTE apart, the address of a repository or of one of its pull or merge requests: "https://
 * github.com/owner/name/pull/12", "git@gitlab.com:group/name.git". Sets host, repository, pull and,
 * where the path says it, forge. False: it is no such address, and BUILD is left alone.
 */
bool build_remote(TALLOC_CTX *mem, struct build *build, const char *remote);

#endif
