/* Inside the room: the places that errors name. */
#ifndef RENDER_ALERT_PLACE_H
#define RENDER_ALERT_PLACE_H

#include "render/alert.h"

/*
 * The first place in TEXT that is a line of what was tested: "src/a.c:12:5: error: ...",
 * "x.ts(12,5): ...", " --> src/main.rs:3:5", "X.java:[12,8] ..."; of a traceback of Python the last
 * one. The path is NULL where there is none; it is owned by MEM.
 */
struct alert_spot alert_place_in(TALLOC_CTX *mem, const char *text, size_t length);

/*
 * The first place in EVIDENCE, likewise; linters name the file in a line of its own above their
 * findings, "  12:5  error ...".
 */
struct alert_spot alert_place_of(TALLOC_CTX *mem, struct evidence *const *evidence, size_t count);

#endif
