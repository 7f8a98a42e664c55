/* Entries made ahead: a second thread makes them while the first looks at those before them. */
#ifndef SOURCE_RELAY_H
#define SOURCE_RELAY_H

#include "source/format.h"

struct relay;

/* Makes an entry, as source_next; never called by two threads. */
typedef int relay_next(struct source *source, struct entry *out, struct err *err);

/*
 * Begin to make the entries of SOURCE with NEXT. Its parser, its reader and its redactor are the
 * thread's until relay_take has given the end or the result is freed, which waits for it; so are
 * the counts and notes that they keep in its info, but for the bytes. Owned by MEM. NULL where no
 * thread could be made: then nothing was begun.
 */
struct relay *relay_new(TALLOC_CTX *mem, struct source *source, relay_next *next);
/* As source_next. The info tells as many bytes as were read when the entry was made. */
int relay_take(struct relay *relay, struct entry *out, struct err *err);

#endif
