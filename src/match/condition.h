/* Conditions on the entry: the "where" of terms and causes. */
#ifndef MATCH_CONDITION_H
#define MATCH_CONDITION_H

#include "rule/rule.h"

/* The JSON of the entry at hand, parsed when a condition first asks for it. */
struct document {
	const struct entry *entry;
	struct cJSON *root; /* NULL: not parsed, or not JSON */
	bool parsed;
};

/* The document of ENTRY; to be ended before the entry is gone. */
struct document condition_document(const struct entry *entry);
void condition_document_end(struct document *document);

/* What can be told while entries are read: all conditions but those on the test. */
bool condition_early(const struct term *term, struct document *document);
/* What can be told only after all sources are read: conditions on the test and its outcome. */
bool condition_late(const struct term *term, const struct entry *entry);

#endif
