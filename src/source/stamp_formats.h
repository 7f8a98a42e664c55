/* The table of ways to write a date and a time. */
#ifndef SOURCE_STAMP_FORMATS_H
#define SOURCE_STAMP_FORMATS_H

#include "base/base.h"

struct stamp_fields {
	struct when_civil civil;
	bool has_year, has_zone;
};

/* How many ways there are. */
size_t stamp_formats_count(void);
/* The bytes at the beginning of TEXT that are a date and a time in way NUMBER, or 0. */
size_t stamp_formats_try(
	size_t number, const char *text, size_t length, struct stamp_fields *fields);

#endif
