/* What "done_when" says, where it is said so that runs can answer it. */
#ifndef MODEL_CRITERION_H
#define MODEL_CRITERION_H

#include "base/base.h"

#define CRITERION_RUNS_MAX 1000

enum criterion_kind {
	CRITERION_ABSENT, /* CAUSE is absent: not found, in a run that would have shown it */
	CRITERION_SEEN, /* CAUSE is seen: found */
	CRITERION_TEXT, /* "TEXT" is seen: an entry has it */
	CRITERION_PASSES, /* TEST passes */
	CRITERION_COUNT,
};

struct criterion {
	enum criterion_kind kind;
	char *subject; /* the id of a cause, a text, or the name of a test */
	unsigned runs; /* one after the other, of those that can tell */
};

/*
 * Reads "SUBJECT is absent", "SUBJECT is seen" or "SUBJECT passes", with " in the next run" or
 * " in N consecutive runs" behind it, or a full stop. SUBJECT is one word, or quoted ("..."): a quoted
 * one that is seen is a text. False: it is another text, for people. OUT->subject is owned by MEM.
 */
bool criterion_parse(TALLOC_CTX *mem, const char *text, struct criterion *out);

#endif
