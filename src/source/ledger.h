/* What the scan ledger says of one source. */
#ifndef SOURCE_LEDGER_H
#define SOURCE_LEDGER_H

#include "model/model.h"

/* One more note; equal ones are kept once, 32 at most. */
void ledger_note(struct source_info *info, const char *format, ...) PRINTF_LIKE(2, 3);
/* The same for a part of the input that was lost or cut: the source counts as truncated. */
void ledger_cut(struct source_info *info, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
