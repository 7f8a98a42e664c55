/* Severities that stand in the text of a line. */
#ifndef SOURCE_LEVEL_H
#define SOURCE_LEVEL_H

#include "source/format.h"

/* The length of a level at the beginning of LINE with what separates it: "INFO  ", "[WARN] ". */
size_t level_prefix(const char *line, size_t length);

#endif
