/* Stage 1, inside: which terms hit an entry. */
#ifndef MATCH_LOOK_H
#define MATCH_LOOK_H

#include "match/matcher.h"

/* Keep the hits on ENTRY, which is of the matcher's current stream; how many. */
size_t look_at_entry(struct matcher *matcher, const struct entry *entry);

#endif
