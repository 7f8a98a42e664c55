/* Masks: what differs from run to run in a line is replaced by what sort of thing it is. */
#ifndef REASON_MASK_H
#define REASON_MASK_H

#include "base/base.h"

/*
 * TEXT with times, ids, long numbers, addresses and paths replaced by "<time>", "<uuid>", "<hex>",
 * "<n>", "<ip>", "<addr>", "<path>", "<id>", "<secret>"; status codes, what follows a word such as
 * "errno" or "code", and small numbers stay, as 403 is not 404. Blanks are squeezed. Of a long text only the beginning is taken. Owned by MEM.
 */
char *mask_text(TALLOC_CTX *mem, const char *text, size_t length);

/* A part of a text: what stays, or, where MASK is not NULL, what it takes the place of. */
struct mask_piece {
	size_t start, length; /* bytes */
	const char *mask;
};
/*
 * The parts of TEXT, as above, without squeezing blanks; small numbers that are neither codes nor HTTP
 * statuses are masked, too. Owned by MEM; returns how many.
 */
size_t mask_pieces(TALLOC_CTX *mem, const char *text, size_t length, struct mask_piece **out);
/* Those parts as one text, which is equal for all lines of a kind. Blanks are squeezed. */
char *mask_kind(TALLOC_CTX *mem, const char *text, size_t length);

#endif
