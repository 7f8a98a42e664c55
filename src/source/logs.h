/* The formats that are logs, not transcripts. */
#ifndef SOURCE_LOGS_H
#define SOURCE_LOGS_H

#include "source/format.h"

extern const struct format logs_gcloud_json; /* LogEntry objects, wherever they sit */
extern const struct format logs_json; /* other JSON with entries in it */
extern const struct format logs_table; /* what gcloud prints by default */
extern const struct format logs_ndjson; /* an object a line */
extern const struct format logs_plain; /* lines with times */
extern const struct format logs_text; /* lines without times: what remains */
extern const struct format logs_binary; /* no text at all */
extern const struct format logs_own; /* a report that this program wrote */

/* How sure that SAMPLE is a log of JSON objects, or of lines with times. */
int logs_sample_ndjson(const char *sample, size_t length);
int logs_sample_plain(const char *sample, size_t length);

#endif
