/* The reader of format.h from the side of those who make one. */
#ifndef SOURCE_READER_H
#define SOURCE_READER_H

#include "source/bytes.h"
#include "source/format.h"

/* BYTES must outlive the reader. What is cut is told to INFO, as are the bytes counted. */
struct reader *reader_new(TALLOC_CTX *mem, struct bytes *bytes, struct source_info *info);
/* The date of the file or member, TIME_NONE where there is none. */
int64_t reader_date(const struct reader *reader);
/* Whether the input is worth a thread, and what is to come of it is never waited for. */
bool reader_is_long(const struct reader *reader);
/* The bytes that were read. */
uint64_t reader_bytes(const struct reader *reader);
/* Whether from now on, up to reader_finish, somebody else tells INFO the bytes. */
void reader_apart(struct reader *reader, bool apart);
/* Read what is left, so that the digest is that of the whole input, and tell INFO the digest. */
int reader_finish(struct reader *reader, struct err *err);

/*
 * Lines that are a part of another input, with what does not belong to them taken off. LINE and
 * SAMPLE are as reader_line and reader_sample; whoever has the bytes counts and digests them.
 */
struct reader_feed {
	const char *(*sample)(void *context, size_t *length);
	int (*line)(void *context, char **line, size_t *length, uint64_t *number, struct err *err);
	void *context;
};
/* A reader of them; FEED must outlive it. It is never finished with reader_finish. */
struct reader *reader_over(
	TALLOC_CTX *mem, const struct reader_feed *feed, struct source_info *info);

#endif
