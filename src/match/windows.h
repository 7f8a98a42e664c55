/* The prefilter: many literals found in one pass over a text. */
#ifndef MATCH_WINDOWS_H
#define MATCH_WINDOWS_H

#include "base/base.h"

#define WINDOWS_LITERAL_MIN 2 /* bytes that a literal must have to be found here */

/*
 * The rarest windows of each literal, two to eight bytes wide, are hashed into bitmaps; the text is
 * looked up there place by place (every fourth one for literals of seven bytes or more), and only
 * where a bit is set are literals looked up, by all their windows together, and compared. So the
 * cost hardly depends on how many literals there are.
 */
struct windows;

/* Called for an occurrence of a literal added with ID, AT bytes into the text. */
typedef void windows_found(void *context, uint32_t id, size_t at);

struct windows *windows_new(TALLOC_CTX *mem);
/*
 * LITERAL is copied. FOLDED: ASCII letters are found in either case, then LITERAL must be in lower
 * case. False where it is too short to be found.
 */
bool windows_add(
	struct windows *windows, const char *literal, size_t length, bool folded, uint32_t id);
/* After the last literal and before the first scan. */
void windows_build(struct windows *windows);
/* Every literal of TEXT is reported at least once; one may be reported several times. */
void windows_scan(const struct windows *windows, const char *text, size_t length,
	windows_found *found, void *context);

/* How common a byte is in logs: 0 (hardly ever) to 15. ASCII letters count without their case. */
unsigned rarity_of(unsigned char byte);

#endif
