/* The subcommands: the only place that prints. */
#ifndef CMD_H
#define CMD_H

#include "base/base.h"

/* Exit statuses, as fivewhys(1) documents them. */
enum status {
	STATUS_ANALYSED = 0,
	STATUS_FAILED = 1, /* only where asked for: --fail-on, a failed "rules check" */
	STATUS_USAGE = 2, /* usage, configuration or rule error */
	STATUS_SOURCE = 3, /* a source could not be read or was refused */
	STATUS_EMPTY = 4, /* nothing to analyse */
	STATUS_INCOMPLETE = 5, /* under --strict */
};

struct option_spec;

/* One const struct a command. RUN returns a status; -1: ERR tells, and its code gives the status. */
struct command {
	const char *name;
	const char *usage; /* after the name: "[OPTION]... FILE..." */
	const char *summary; /* one line */
	const char *help; /* examples first */
	const struct option_spec *const *tables; /* NULL-terminated; of options.h */
	int (*run)(int argc, char **argv, struct err *err);
};

/* The command line, whole. Returns the exit status; errors have been printed. */
int cmd_main(int argc, char **argv);

#endif
