/* Inside the room: what a comment says. */
#ifndef PUBLISH_TEXT_H
#define PUBLISH_TEXT_H

#include "publish/marker.h"
#include "publish/publish.h"

enum text_news {
	TEXT_RED, /* something failed */
	TEXT_GREEN, /* nothing did, and tests passed */
	TEXT_UNPROVEN, /* nothing did, but nothing shows that all is well */
};

/* What DIAGNOSIS is for who waits for a green build. */
enum text_news text_news(const struct diagnosis *diagnosis);
/* The marker of a comment that says so. Owned by MEM. */
struct marker text_marker(
	TALLOC_CTX *mem, const struct diagnosis *diagnosis, const struct publish_options *options);

#endif
