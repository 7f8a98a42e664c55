/* One conclusion in the making. */
#ifndef REASON_SESSION_H
#define REASON_SESSION_H

#include "reason/incident.h"
#include "reason/undiagnosed.h"

struct session {
	struct diagnosis *diagnosis;
	struct graph *graph;
	const struct errors *errors;
	struct evidence_book *book;
	struct incident_groups groups;
	struct unit **open; /* failing tests without a finding, in order */
	size_t open_count;
};

/* The drafts of one unit. */
struct drafts {
	struct draft **items;
	size_t count;
};

/* A chain may begin at SPOT, unless its rule is tagged as noise. */
void session_add_start(TALLOC_CTX *mem, struct spots *starts, const struct spot *spot);
/* Is it something that services live with, where nothing else tells of a failure? */
bool session_is_optional(const struct cause *cause);
/* Where others begin, those whose rules are tagged as optional begin nothing. */
void session_drop_optional(struct spots *starts);
void session_add_draft(TALLOC_CTX *mem, struct drafts *drafts, struct draft *draft);
/* Chains for every failing test, or for the run that stands for one. */
void session_explain_tests(struct session *session);
/* Chains for logs alone: each begins at a finding that explains no other. */
void session_explain_logs(struct session *session);

#endif
