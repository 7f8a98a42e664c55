/* Inside the room: times as people compare them. */
#ifndef RENDER_OFFSET_H
#define RENDER_OFFSET_H

#include "base/base.h"

#define OFFSET_TEXT 48 /* bytes that offset_format and offset_span need */

/* "T-12.4s" before REFERENCE, "T" at it, "T+2s" behind; "" where either has no time. */
const char *offset_format(int64_t time, int64_t reference, char buffer[OFFSET_TEXT]);
/* A length of time, rounded for reading: "250ms", "12.4s", "3m05s", "2h10m", "3d04h". */
const char *offset_span(int64_t nanoseconds, char buffer[OFFSET_TEXT]);

#endif
