/* Texts that nobody shall find afterwards: their memory is wiped when it is freed. */
#ifndef CLOUD_SECRET_H
#define CLOUD_SECRET_H

#include "base/base.h"

/* What is grown or cut with talloc leaves copies behind; these are made in one piece. */
char *secret_strdup(TALLOC_CTX *mem, const char *text); /* NULL stays NULL */
char *secret_strndup(TALLOC_CTX *mem, const char *text, size_t length);
char *secret_printf(TALLOC_CTX *mem, const char *format, ...) PRINTF_LIKE(2, 3);
/* SIZE bytes, all zero. */
char *secret_room(TALLOC_CTX *mem, size_t size);
/* Room for SIZE bytes with the first LENGTH of TEXT in it; TEXT (or NULL) is wiped and freed. */
char *secret_grow(TALLOC_CTX *mem, char *text, size_t length, size_t size);
/* A whole file of at most LIMIT bytes, NUL-terminated behind *LENGTH. ERR_LIMIT where longer. */
int secret_read(TALLOC_CTX *mem, const char *path, size_t limit, char **out, size_t *length,
	struct err *err);
/* From now on TEXT, a piece of talloc's, is wiped when it is freed. Returns TEXT. */
char *secret_keep(char *text);

#endif
