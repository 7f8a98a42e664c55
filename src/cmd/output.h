/* Where pages go: standard output and files named with -o. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "base/base.h"

/*
 * Write LENGTH bytes to PATH ("-": standard output). A file is written beside its place and then
 * renamed, so that a full disk leaves what was there before. ERR_IO.
 */
int output_write(const char *path, const char *text, size_t length, struct err *err);
/* Whether FILE gets colour: MODE is "auto", "always" or "never"; NO_COLOR and TERM=dumb count. */
int output_colour(FILE *file, const char *mode, bool *out, struct err *err);

#endif
