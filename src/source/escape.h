/* Terminal control sequences. */
#ifndef SOURCE_ESCAPE_H
#define SOURCE_ESCAPE_H

#include <stddef.h>

/* The length of the control sequence or C1 character at the beginning of TEXT, or 0. */
size_t escape_length(const char *text, size_t length);

#endif
