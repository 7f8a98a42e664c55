/* All formats, and which of them an input has. */
#ifndef SOURCE_FORMATS_H
#define SOURCE_FORMATS_H

#include "source/format.h"

/* The format that is surest of SAMPLE; of equal ones the first in the table. Never NULL. */
const struct format *formats_recognise(const char *sample, size_t length);

#endif
