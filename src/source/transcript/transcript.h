/* Formats that tell of tests: consoles, result files, generated summaries. One file a format. */
#ifndef SOURCE_TRANSCRIPT_TRANSCRIPT_H
#define SOURCE_TRANSCRIPT_TRANSCRIPT_H

#include "source/format.h"

#endif
