/* Archives and compressed files, by libarchive. */
#ifndef SOURCE_UNPACK_H
#define SOURCE_UNPACK_H

#include "source/bytes.h"

struct unpack;

/* Whether bytes that begin with HEAD are an archive or compressed: .gz .zst .xz .bz2 .zip .tar. */
bool unpack_wanted(const char *head, size_t length);
/* PACKED must outlive *OUT, which is owned by MEM. */
int unpack_open(TALLOC_CTX *mem, struct bytes *packed, struct unpack **out, struct err *err);
/*
 * 1: the next regular member, good until the next call; *NAME is NULL where the input is one
 * compressed file, not an archive. 0: no more. -1: ERR tells, and there is no more either.
 */
int unpack_next(struct unpack *unpack, const char **name, struct bytes **member, struct err *err);

#endif
