/* Running a command whose output goes on untouched while it is captured. */
#ifndef CMD_CHILD_H
#define CMD_CHILD_H

#include "base/base.h"

struct child_end {
	int status; /* as a shell tells it: the exit status, or 128 + SIGNAL */
	int signal; /* that ended it; 0: none */
	bool interrupted; /* somebody sent us a signal that ends programs, whatever it made of it */
};

/*
 * Run ARGV (looked for in PATH) to its end. Its standard input is ours. What it writes goes to our
 * standard output and error at once and byte for byte, through pseudo-terminals where those are
 * terminals, and by whole lines to CAPTURE, whose errors are the caller's to look for. SIGINT and
 * SIGQUIT, which a terminal sends to both of us, are left to it; SIGTERM and SIGHUP are passed on.
 * What it leaves running in the background is not waited for.
 * -1: it could not be started; *OUT has the status a shell would give (126, 127), ERR tells.
 */
int child_run(char *const *argv, FILE *capture, struct child_end *out, struct err *err);

#endif
