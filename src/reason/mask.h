/* Masks: what differs from run to run in a line is replaced by what sort of thing it is. */
#ifndef REASON_MASK_H
#define REASON_MASK_H

#include "base/base.h"

/*
 * TEXT with times, ids, long numbers, addresses and paths replaced by "<time>", "<uuid>", "<hex>",
 * "<n>", "<ip>", "<addr>", "<path>", "<id>"; status codes and small numbers stay, as 403 is not
 * 404. Blanks are squeezed. Of a long text only the beginning is taken. Owned by MEM.
 */
char *mask_text(TALLOC_CTX *mem, const char *text, size_t length);

#endif
