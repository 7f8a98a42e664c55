/* Reading ahead: a second thread reads and digests a large file while the first takes it apart. */
#ifndef SOURCE_AHEAD_H
#define SOURCE_AHEAD_H

#include "source/bytes.h"

struct ahead;

/*
 * Begin to read BYTES, which must be a regular file, and to add them to DIGEST; both are the
 * thread's until ahead_read has given the end or the result is freed, which waits for it. Owned by
 * MEM. NULL where no thread could be made: then nothing was begun.
 */
struct ahead *ahead_new(TALLOC_CTX *mem, struct bytes *bytes, struct digest *digest);
/* As bytes_read. */
ssize_t ahead_read(struct ahead *ahead, char *out, size_t size, struct err *err);

#endif
