/* Inside the room: how wide a text is on a terminal. */
#ifndef RENDER_COLUMNS_H
#define RENDER_COLUMNS_H

#include "base/base.h"

/* Columns of a clean line; colour sequences (ESC [ ... m) take none. */
size_t columns_of(const char *text, size_t length);
/*
 * The greatest number of bytes of TEXT that take at most LIMIT columns, whole characters with all
 * that combines with them.
 */
size_t columns_fit(const char *text, size_t length, size_t limit);

#endif
