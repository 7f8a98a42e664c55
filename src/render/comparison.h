/* Inside the room: what changed from one run to another, as trees. */
#ifndef RENDER_COMPARISON_H
#define RENDER_COMPARISON_H

#include <cjson/cJSON.h>

#include "render/render.h"

/* A test that changed, as a row. */
void comparison_test(cJSON *row, const struct test_change *test);

#endif
