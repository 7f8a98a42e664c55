/* Drafts of rules: written, and tried beside the rules in force. */
#ifndef CMD_RULES_DRAFT_H
#define CMD_RULES_DRAFT_H

#include "cmd/rules.h"
#include "reason/reason.h"

/* What one draft is made of. */
struct drafting {
	const struct run *run;
	const struct undiagnosed *failure;
	const struct suggestion *suggestions; /* the one to use, and then others */
	size_t suggestion_count;
	const char *clean; /* the line that it must not fire on */
};

/* The file as text, owned by MEM. PLAIN: nothing of the log stands in its id and title. */
char *rules_draft_text(
	TALLOC_CTX *mem, const struct drafting *drafting, const struct rules *rules, bool plain);

enum draft_worth {
	DRAFT_FAULTY,
	DRAFT_ALONE, /* without a fault, but not beside the rules in force */
	DRAFT_SOUND,
};
/*
 * Try TEXT, alone and beside the rules of PATHS, as "rules check" does. *FAULT, owned by MEM, tells the
 * first fault; NULL: it is sound.
 */
int rules_draft_try(TALLOC_CTX *mem, const char *text, const char *const *paths,
	enum draft_worth *worth, const char **fault, struct err *err);

#endif
