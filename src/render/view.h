/* Inside the room: a diagnosis as the JSON contract shows it. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include <cjson/cJSON.h>

#include "model/model.h"

#define VIEW_SCHEMA 1
#define VIEW_TEXT_MAX 4000 /* bytes of a quoted text */

/* To be freed with cJSON_Delete. Keys are only ever added, behind those that are there. */
cJSON *view_of(const struct diagnosis *diagnosis);

#endif
