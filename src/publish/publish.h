/* Pages to where the reader of a red build looks: GitHub, GitLab, and the logs of other CI. */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "cloud/cloud.h"
#include "model/model.h"
#include "publish/build.h"
#include "publish/fit.h"
#include "publish/outputs.h"
#include "render/render.h"

struct publish_options {
	const struct build *build; /* whose comment it is */
	const char *key; /* of several comments on one pull request; NULL: there is one */
	build_lookup *lookup; /* of tokens, and of where the APIs are */
	void *context;
	const struct cloud_clock *clock;
	uint64_t seed; /* of the jitter of pauses; 0: another one each time */
	int64_t timeout; /* of a request, nanoseconds; 0: a minute */
};

/*
 * The comment that says what DIAGNOSIS says, of FIT_COMMENT_MAX characters at most, with its marker in
 * front; or that nothing fails any more. Owned by MEM. Fails as render does.
 */
int publish_body(TALLOC_CTX *mem, const struct diagnosis *diagnosis,
	const struct publish_options *options, const struct render_options *render, char **out,
	struct err *err);
/*
 * Where the comment goes: the address of the API, without the token. ERR_USAGE where there is no
 * pull request, no token, or no such service: what is missing, and what to do, in words.
 */
int publish_place(
	TALLOC_CTX *mem, const struct publish_options *options, const char **out, struct err *err);

/* What became of the comment. */
enum publish_result {
	PUBLISH_CREATED,
	PUBLISH_UPDATED,
	PUBLISH_UNCHANGED, /* it says all this already: nothing was sent */
	PUBLISH_NEEDLESS, /* nothing failed, and nobody was told otherwise */
	PUBLISH_UNPROVEN, /* nothing failed, but no test passed either: what is told stays */
	PUBLISH_STALE, /* a newer build has had its say */
	PUBLISH_YIELDED, /* another job of this build was first: ours is gone again */
	PUBLISH_RESULT_COUNT,
};
const char *publish_words(enum publish_result result); /* for a message */

/*
 * Keep the one comment on the pull or merge request up to date. Comments are ours that have our
 * marker and our author; the oldest is the one, later ones of ours are removed, all others are left
 * alone. A green run changes a comment, and makes none. Connects, and sends the token, to the API of
 * the service only. ERR_USAGE as publish_place, ERR_NET, and those of render; the comment is then
 * as it was, or as it should be.
 */
int publish_comment(TALLOC_CTX *mem, const struct diagnosis *diagnosis,
	const struct publish_options *options, const struct render_options *render,
	enum publish_result *out, struct err *err);

#endif
