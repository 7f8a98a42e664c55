/* UTF-16, as PowerShell writes its output files. */
#ifndef SOURCE_WIDE_H
#define SOURCE_WIDE_H

#include "base/base.h"

struct wide;

/* The state of a conversion, owned by MEM, if HEAD begins with a byte order mark; else NULL. */
struct wide *wide_new(TALLOC_CTX *mem, const char *head, size_t length);
/*
 * Convert LENGTH bytes at TEXT to UTF-8 in their own place, where there is room for SIZE bytes,
 * at least 3 / 2 x LENGTH + 8. A pair that is not whole waits for the next call. The new length.
 */
size_t wide_convert(struct wide *wide, char *text, size_t length, size_t size);

#endif
