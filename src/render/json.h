/* Inside the room: trees to JSON text. */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include <cjson/cJSON.h>

#include "base/base.h"

/*
 * Indented by two blanks, with a newline at the end. Everything that a terminal, an editor or an
 * old script engine could stumble over is written as \uXXXX, and so is what a CI runner could take
 * for a command; the values stay what they are.
 */
void json_write(FILE *out, const cJSON *tree);
/* A string with its quotes; with PLAIN nothing but letters, digits and harmless marks is bare. */
void json_write_string(FILE *out, const char *text, bool plain);

#endif
