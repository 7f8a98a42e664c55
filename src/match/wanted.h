/* What a failed comparison wanted to see: nobody said it. */
#ifndef MATCH_WANTED_H
#define MATCH_WANTED_H

#include "match/pattern.h"
#include "model/model.h"

/*
 * Is SPAN of the entry's text a part of what a test compared with, and not of what it got?
 * "assert 'a' in got", "assert got == 'a'", "Regex: 'a'", "Expected: call('a')", as pytest and
 * unittest.mock tell them, or of the parameters in the name of the test. Only what is told of how
 * a test ended is looked at.
 */
bool wanted_is(const struct entry *entry, const struct span *span);

#endif
