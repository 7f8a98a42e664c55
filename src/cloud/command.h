/* A command that prints a token. */
#ifndef CLOUD_COMMAND_H
#define CLOUD_COMMAND_H

#include "base/base.h"

/*
 * The words of COMMAND: blanks are between them, quotes of both kinds keep blanks, nothing else is
 * special. NULL-terminated, owned by MEM; NULL where there is none, are more than 64, or a quote
 * does not end.
 */
char **command_split(TALLOC_CTX *mem, const char *command);
/*
 * Run it, with nothing to read and this program's standard error; what it prints is in BUFFER, a
 * string of SIZE bytes at most. ERR_NET where it fails or takes longer than a minute (it is then
 * ended), ERR_LIMIT where it prints more, ERR_IO, ERR_NOT_FOUND.
 */
int command_run(char *const *words, char *buffer, size_t size, struct err *err);

#endif
