/* Where pages go: standard output and files named with -o. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "render/render.h"

/* A page that is wanted, and where. */
struct output {
	enum render_format format;
	const char *path; /* "-": standard output; points into what was given */
};

/*
 * What -o says: FORMAT:FILE, or FILE, whose ending is its format. "./sarif:x.md" is a file whose
 * name begins with a format. ERR_USAGE.
 */
int output_parse(const char *text, struct output *out, struct err *err);
/* For readers of other formats: the first of OUTPUTS that is for people; NULL: none. Owned by MEM. */
const char *output_report(TALLOC_CTX *mem, const struct output *outputs, size_t count);
/* The URL of the repository, as a pipeline of GitHub or GitLab tells it; NULL: none. Owned by MEM. */
const char *output_repository(TALLOC_CTX *mem);
/*
 * Write LENGTH bytes to PATH ("-": standard output). A file is written beside its place and then
 * renamed, so that a full disk leaves what was there before. ERR_IO.
 */
int output_write(const char *path, const char *text, size_t length, struct err *err);
/*
 * Add LENGTH bytes, from a new line on, to the end of the file PATH, made where it is missing, if it
 * then has LIMIT bytes at most: 1. 0: there is no room for them, and nothing was written. -1: ERR_IO.
 */
int output_append(const char *path, const char *text, size_t length, size_t limit, struct err *err);
/* How many bytes the file PATH has; 0 where there is none. */
size_t output_size(const char *path);
/*
 * Formatted text for a person: a rule, a setting or the name of a file may hold anything, and each
 * byte of what is no character or a control other than a newline becomes a blank. Errors: cmd_flush.
 */
void output_print(FILE *out, const char *format, ...) PRINTF_LIKE(2, 3);
/* Whether FILE gets colour: MODE is "auto", "always" or "never"; NO_COLOR and TERM=dumb count. */
int output_colour(FILE *file, const char *mode, bool *out, struct err *err);

#endif
