/* JSON as the service prints it unless it is told not to: two blanks a level. */
#ifndef STANDIN_PRETTY_H
#define STANDIN_PRETTY_H

#include "base/base.h"

/* TEXT without blanks between its parts becomes one with them, NUL-terminated, owned by MEM. */
char *pretty_print(TALLOC_CTX *mem, const char *text, size_t length, size_t *out_length);

#endif
