/* Time stamps of log lines. */
#ifndef SOURCE_STAMP_H
#define SOURCE_STAMP_H

#include "source/source.h"

/* How the lines of one input are dated. */
struct stamps;

struct stamp {
	int64_t time;
	size_t begin, end; /* where it stands in the line */
	bool has_zone, has_year;
};

/* OPTIONS must outlive the result. DATE is the file's, TIME_NONE where unknown. */
struct stamps *stamps_new(TALLOC_CTX *mem, const struct source_options *options, int64_t date);
/* Whether LINE bears a time at its beginning, or where logs put it behind a short prefix. */
bool stamps_find(struct stamps *stamps, const char *line, size_t length, struct stamp *out);
/* The same for TEXT that is a time and nothing else, and for numbers since the epoch. */
bool stamps_parse(struct stamps *stamps, const char *text, size_t length, struct stamp *out);
/* A decimal number since the epoch, in s, ms, us or ns by its magnitude: 0, or -1. */
int stamps_epoch(const char *text, size_t length, int64_t *out);

#endif
