/* One way out of a child: what it writes there goes on to us untouched, and is captured by line. */
#ifndef CMD_CHANNEL_H
#define CMD_CHANNEL_H

#include "base/base.h"

struct channel;

/*
 * A way to our file TO: a pseudo-terminal where TO is a terminal, so that the child sees one, else
 * a pipe. *CHILD_END is what the child gets in its place; the caller closes it. Owned by MEM;
 * freeing it closes our end. ERR_IO.
 */
int channel_open(TALLOC_CTX *mem, int to, FILE *capture, struct channel **out, int *child_end,
	struct err *err);
/* To be polled for reading; -1: it has ended. */
int channel_file(const struct channel *channel);
/*
 * Pass on what is there, without waiting for more. Lines are captured whole, so that those of two
 * channels do not mix. 1: there may be more. 0: nothing now. -1: it has ended, or nobody reads what
 * we pass on; it is closed then, so that the child learns of it as it would without us.
 */
int channel_pass(struct channel *channel);
/* Capture what is left of a line without an end. */
void channel_end(struct channel *channel);
/* Our terminal has another size now. */
void channel_resize(const struct channel *channel);

#endif
