/* Inside the room: the parts of a progress report that are about causes. */
#ifndef RENDER_PROGRESS_H
#define RENDER_PROGRESS_H

#include <cjson/cJSON.h>

#include "render/render.h"

/* What became of what the last turn does not have: lists "fixed", "replaced", "not_reached". */
void progress_add_past(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns, bool words);
/* What the last turn has: lists "issues", "undiagnosed" and "actions", deepest first. */
void progress_add_issues(TALLOC_CTX *mem, cJSON *tree, const struct diagnosis *turn, bool words);

#endif
