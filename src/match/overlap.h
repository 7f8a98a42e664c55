/* How much of a literal a text has: the longest run of bytes that both hold. */
#ifndef MATCH_OVERLAP_H
#define MATCH_OVERLAP_H

#include "base/base.h"

#define OVERLAP_LITERAL_MAX 128 /* bytes of a literal that are looked at */

struct overlap;

/* For LITERAL, which is copied; owned by MEM. */
struct overlap *overlap_new(TALLOC_CTX *mem, const char *literal);
/*
 * The bytes of the longest run that TEXT shares with the literal, ASCII letters without their case;
 * *END is where it ends in TEXT (the first one of its length). One pass, whatever the texts are.
 */
size_t overlap_longest(const struct overlap *overlap, const char *text, size_t length, size_t *end);
/* The bytes of the literal that are looked at. */
size_t overlap_length(const struct overlap *overlap);

#endif
