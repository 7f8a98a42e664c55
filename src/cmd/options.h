/* Options of a command: one table for parsing, for help and for completion. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/base.h"

struct option_spec {
	const char *name; /* long, without dashes */
	char letter; /* short, 0: none */
	const char *argument; /* what it takes ("FILE"); NULL: nothing */
	/* One line; NULL: not shown. A list of values begins it or follows ": ", for completion.c. */
	const char *help;
};

struct options {
	const struct option_spec *const *tables; /* NULL-terminated; each ends in a NULL name */
	int argc;
	char **argv;
	void *parser; /* of options_next */
};

/* Begin with argv[1]. ARGV is permuted, so that what is no option comes last. */
struct options *options_new(
	TALLOC_CTX *mem, const struct option_spec *const *tables, int argc, char **argv);
/*
 * 1: *SPEC was given, with *VALUE where it takes one. 0: no more; the rest are arguments.
 * -1: ERR_USAGE, with the option that may have been meant.
 */
int options_next(struct options *options, const struct option_spec **spec, const char **value,
	struct err *err);
/* What is left: NULL-terminated, part of ARGV. */
char **options_arguments(const struct options *options);
/* All options of TABLES that have help, a line each: "  -f, --format=FORMAT     text, md". */
void options_help(const struct option_spec *const *tables, FILE *out);

/* The word of WORDS (NULL-terminated) that WORD was meant to be, or NULL: see word_nearest. */
const char *options_meant(const char *word, const char *const *words);

#endif
