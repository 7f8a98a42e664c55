/* Texts that must not get out: where one would, nothing is written. */
#ifndef CMD_CANARY_H
#define CMD_CANARY_H

#include "cmd/analysis.h"
#include "cmd/options.h"

#define CANARY_MIN 4 /* bytes; less would be found in anything */

struct canary {
	const char **texts;
	size_t count;
};

extern const struct option_spec canary_options[];

/* Take one of canary_options, with a text or the file of several, one a line. 1, 0: it is another. */
int canary_option(TALLOC_CTX *mem, struct canary *canary, const char *name, const char *value,
	struct err *err);
/* What $FIVEWHYS_CANARY says, one a line. */
int canary_environment(TALLOC_CTX *mem, struct canary *canary, struct err *err);
/*
 * Whether none is in TEXT: as it is, with other white space, escaped as in JSON, Markdown, HTML and
 * URLs (one in the other, too), in base64 or hexadecimal. 0, or -1 with ERR_CANARY, which says WHERE
 * and which of them, by number.
 */
int canary_check(const struct canary *canary, const char *where, const char *text, size_t length,
	struct err *err);
/* The same of the names and the text of ENTRY, and of every text in STORE. */
int canary_check_entry(const struct canary *canary, const struct entry *entry, struct err *err);
int canary_check_store(const struct canary *canary, struct store *store, struct err *err);
/*
 * The same of the bytes of the database at PATH and of its log, where they are: what was deleted
 * may still be in them. Not while this process has it open, as closing a file drops its locks.
 */
int canary_check_file(const struct canary *canary, const char *path, struct err *err);

#endif
