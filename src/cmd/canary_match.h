/* Whether a text is in another one, however that is written. */
#ifndef CMD_CANARY_MATCH_H
#define CMD_CANARY_MATCH_H

#include "base/base.h"

/* The bytes of TEXT that are no white space, which lines may be broken at. */
size_t canary_match_length(const char *text);
/* How NEEDLE is in TEXT: "as it is", "in base64", ...; NULL: it is not. */
const char *canary_match(const char *needle, const char *text, size_t length);

#endif
