/* Bytes of an input before anything is made of them: a file, standard input, text in memory. */
#ifndef SOURCE_BYTES_H
#define SOURCE_BYTES_H

#include <sys/types.h>

#include "base/base.h"

/* A stream of bytes; READ gives at most SIZE of them, 0 at the end, -1 with ERR. */
struct bytes {
	ssize_t (*read)(struct bytes *bytes, char *out, size_t size, struct err *err);
	int64_t date; /* of the file or member, nanoseconds UTC; TIME_NONE: none */
	bool regular; /* a file of the file system, which never keeps a reader waiting */
	uint64_t size; /* of a regular file */
	void *state;
	char head[512]; /* what bytes_head has looked at and bytes_read has yet to give */
	size_t head_at, head_length;
};

/* Open PATH ("-": standard input). *OUT is owned by MEM, and closed with it. */
int bytes_open(TALLOC_CTX *mem, const char *path, struct bytes **out, struct err *err);
/* TEXT must outlive the bytes. */
struct bytes *bytes_of_text(TALLOC_CTX *mem, const char *text, size_t length);
/* The next bytes, at most SIZE; 0 at the end, -1 with ERR. */
ssize_t bytes_read(struct bytes *bytes, char *out, size_t size, struct err *err);
/* Up to 512 bytes of the beginning, without consuming them; call it before bytes_read. */
int bytes_head(struct bytes *bytes, const char **head, size_t *length, struct err *err);

#endif
