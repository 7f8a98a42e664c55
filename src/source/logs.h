/* The formats that are logs, not transcripts. */
#ifndef SOURCE_LOGS_H
#define SOURCE_LOGS_H

#include "source/format.h"

extern const struct format logs_gcloud_json; /* LogEntry objects, wherever they sit */
extern const struct format logs_json; /* other JSON with entries in it */
extern const struct format logs_text; /* lines without times: what remains */

#endif
