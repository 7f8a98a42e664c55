/* How a source is made from bytes. */
#ifndef SOURCE_OPEN_H
#define SOURCE_OPEN_H

#include "source/bytes.h"
#include "source/source.h"

/*
 * A source over BYTES, which tells INFO what it reads. All of BYTES, INFO, OPTIONS and REDACTOR
 * must outlive *OUT, which is owned by MEM.
 */
int source_open_bytes(TALLOC_CTX *mem, struct bytes *bytes, struct source_info *info,
	const struct source_options *options, struct redactor *redactor, struct source **out,
	struct err *err);
/* A ledger of a source named NAME that has not been read yet; owned by MEM. */
struct source_info *source_info_new(TALLOC_CTX *mem, const char *name, const char *path);
/* Count ENTRY, which was read, in INFO. */
void source_count(struct source_info *info, const struct entry *entry);

#endif
