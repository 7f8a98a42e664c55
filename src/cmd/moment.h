/* Moments and spans as people type them. */
#ifndef CMD_MOMENT_H
#define CMD_MOMENT_H

#include "base/base.h"

/* A Go duration (90m, 1h30m), or a whole number of days or weeks (14d, 2w), in nanoseconds. 0, -1. */
int moment_span(const char *text, int64_t *out);
/*
 * A time (2025-01-31, 2025-01-31T12:00:00Z; without a zone it is UTC), or a span before NOW. OPTION is
 * named in the error: ERR_USAGE.
 */
int moment_before(const char *option, const char *text, int64_t now, int64_t *out, struct err *err);
/* The same, but a span is from NOW on. */
int moment_after(const char *option, const char *text, int64_t now, int64_t *out, struct err *err);
/* This machine's clock. */
int64_t moment_now(void);

#endif
