/* Part of render.h: building trees of what pages show. Running out of memory ends the program. */
#ifndef RENDER_OBJECT_H
#define RENDER_OBJECT_H

#include <cjson/cJSON.h>

#include "base/base.h"

cJSON *object_new(void);
/* A NULL text is null. */
void object_text(cJSON *object, const char *key, const char *text);
void PRINTF_LIKE(3, 4) object_format(cJSON *object, const char *key, const char *format, ...);
void object_number(cJSON *object, const char *key, double number);
void object_flag(cJSON *object, const char *key, bool flag);
void object_time(cJSON *object, const char *key, int64_t time); /* TIME_NONE is null */
void object_null(cJSON *object, const char *key);
cJSON *object_child(cJSON *object, const char *key); /* a new object in it */
cJSON *object_list(cJSON *object, const char *key); /* a new list in it */
void object_texts(cJSON *object, const char *key, const char *const *texts, size_t count);
cJSON *object_row(cJSON *list); /* a new object at the end of a list */
void object_item(cJSON *list, const char *text); /* a text at the end of a list */
size_t object_count(const cJSON *list);

#endif
