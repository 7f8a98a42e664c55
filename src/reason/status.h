/* HTTP statuses in the lines of tests. */
#ifndef REASON_STATUS_H
#define REASON_STATUS_H

#include "base/base.h"

/*
 * The next HTTP status in the line from *AT on that words before it make one ("HTTP 503"); 0: none.
 * *AT is set behind it.
 */
int status_next(const char *line, size_t length, size_t *at);
/*
 * The status that was answered, where the line compares one with another and one of the two is a
 * refusal ("assert 503 == 200", "expected 200, got 503"); 0: it does not.
 */
int status_compared(const char *line, size_t length);

#endif
