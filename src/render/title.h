/* Part of render.h: what is said of causes and evidence, alike on every page. */
#ifndef RENDER_TITLE_H
#define RENDER_TITLE_H

#include "model/model.h"

/* The cause's title, with what FINDING (may be NULL) binds. Owned by MEM, or the cause's own. */
const char *title_of(TALLOC_CTX *mem, const struct cause *cause, const struct finding *finding);
/* TEXT of the cause, likewise; what nothing binds is its name in angle quotes. */
const char *title_text(TALLOC_CTX *mem, const struct cause *cause, const char *text,
	const struct finding *finding);
/* The why that stands for the incident: that of its root, else its symptom. NULL: none. */
const struct why *title_why(const struct incident *incident);
/* The root, else the cause of that why. */
const struct cause *title_cause(const struct incident *incident);
/* "observed", "observed absence", "asserted by rule", "hypothesis". */
const char *title_basis(enum basis basis);
/* "new", "regressed (fixed in run 3, back since run 6)": owned by MEM. */
char *title_state(TALLOC_CTX *mem, const struct history *history);
/* "open", "open, 1 of 3 runs", "open, a person must judge", "done in run 5": owned by MEM. */
char *title_action(TALLOC_CTX *mem, const struct action *action);
/* "insertId X", "line N", or "" where neither is known. */
const char *title_place(TALLOC_CTX *mem, const struct entry *entry);
const char *title_source(const struct entry *entry); /* the name of its source, or "" */
/* Failed tests, errors too, of all outcomes that were counted. */
uint64_t title_total(const struct counts *counts);

/* "3 failed, 1 error, 2 passed"; "" where there are none. Owned by MEM. */
char *title_outcomes(TALLOC_CTX *mem, const struct counts *counts);

#endif
