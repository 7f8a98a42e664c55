/* What services say, made fit to be shown. */
#ifndef CLOUD_TOLD_H
#define CLOUD_TOLD_H

#include "base/base.h"

/*
 * TEXT without control characters and broken UTF-8, of LIMIT bytes at most, with secrets
 * replaced: those that look like one, and every piece of those in SECRETS (NULL-terminated; NULL:
 * none), as services echo what they were sent. "" for NULL. Owned by MEM.
 */
const char *told_text(TALLOC_CTX *mem, const char *text, size_t limit, const char *const *secrets);

#endif
