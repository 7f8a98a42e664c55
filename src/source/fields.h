/* From the JSON of a log entry to the entry. */
#ifndef SOURCE_FIELDS_H
#define SOURCE_FIELDS_H

#include "source/format.h"
#include "source/json.h"
#include "source/names.h"
#include "source/stamp.h"
#include "source/tape.h"

/* What is needed to read entries, with room for one that is being read. */
struct fields;

struct fields *fields_new(TALLOC_CTX *mem, struct source *source);
/*
 * Fill OUT from OBJECT: a LogEntry as the API and its client libraries write it, or what an
 * application logs as JSON. TAPE is what is known of its members, or NULL. Strings are good until
 * the next call. -1: OBJECT is broken, and OUT is as it was.
 */
int fields_read(
	struct fields *fields, struct json object, const struct tape *tape, struct entry *out);
/*
 * Whether OBJECT is a line as Docker's json-file driver writes it. Then *TEXT is what the program
 * wrote, good until the next call, and *TIME when.
 */
bool fields_docker(struct fields *fields, struct json object, struct draft *text, int64_t *time);
struct stamps *fields_stamps(struct fields *fields);
const struct names *fields_names(const struct fields *fields);

#endif
