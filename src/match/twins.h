/* One test told of by several sources. */
#ifndef MATCH_TWINS_H
#define MATCH_TWINS_H

#include "match/gather.h"

/*
 * Where several sources tell of one test (a console and a result file of one run), keep only the
 * events of the source that shows most of it: twice told is not twice happened.
 */
void twins_drop(struct group *group);

#endif
