/* Inside the room: what each CI has of its own, beyond the table of build.c. */
#ifndef PUBLISH_PROVIDER_H
#define PUBLISH_PROVIDER_H

#include "publish/build.h"

struct reading;

/* Add to BUILD, which has what the table says, what only the variables of this CI say. */
typedef void provider_fill(const struct reading *reading, struct build *build);
provider_fill provider_github, provider_gitlab, provider_jenkins, provider_buildkite,
	provider_circleci, provider_azure;

#endif
