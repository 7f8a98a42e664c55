/* Inside the room: the files that tests, and errors, are written in. */
#ifndef RENDER_ALERT_PATH_H
#define RENDER_ALERT_PATH_H

#include "model/model.h"

/*
 * The file of TEST, relative, with slashes: what its transcript told, else what its name tells.
 * NULL where neither is a path below what was tested. Owned by MEM.
 */
const char *alert_path_of(TALLOC_CTX *mem, const struct test *test);
/* What stands in NAME before "::", or all of it where it is the name of a file; likewise. */
const char *alert_path_named(TALLOC_CTX *mem, const char *name);

/*
 * The path TEXT as a tool told it on the machine of the job, without where that checks out what it
 * tests; likewise. NULL, too, for files that were installed there and for those of other folders.
 */
const char *alert_path_told(TALLOC_CTX *mem, const char *text, size_t length);

#endif
