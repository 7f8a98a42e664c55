/* Inside the room: what a comment says. */
#ifndef PUBLISH_BODY_H
#define PUBLISH_BODY_H

#include "publish/marker.h"
#include "publish/publish.h"

enum body_news {
	BODY_RED, /* something failed */
	BODY_GREEN, /* nothing did, and tests passed */
	BODY_UNPROVEN, /* nothing did, but nothing shows that all is well */
};

/* What DIAGNOSIS is for who waits for a green build. */
enum body_news body_news(const struct diagnosis *diagnosis);
/* The marker of a comment that says so. Owned by MEM. */
struct marker body_marker(
	TALLOC_CTX *mem, const struct diagnosis *diagnosis, const struct publish_options *options);

#endif
