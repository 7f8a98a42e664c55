/* Conditions on the entry: the "where" of terms and causes. */
#ifndef MATCH_CONDITION_H
#define MATCH_CONDITION_H

#include "match/field.h"
#include "rule/rule.h"

/* The JSON of the entry at hand, parsed when a condition first asks for it. */
struct document {
	const struct entry *entry;
	struct cJSON *root; /* NULL: not parsed, or not JSON */
	bool parsed;
	struct field_work work; /* of the regexes that looked at fields of it */
	bool spent; /* they are to look no more... */
	bool passed_over; /* ...and one would have */
};

/* The document of ENTRY; to be ended before the entry is gone. */
struct document condition_document(const struct entry *entry);
void condition_document_end(struct document *document);

/*
 * The first condition of TERM that does not hold, of those that can be told while entries are read:
 * all but those on the test. NULL: they all hold.
 */
const struct condition *condition_early(const struct term *term, struct document *document);
/* The same of those that can be told only after all sources are read: on the test, its outcome. */
const struct condition *condition_late(const struct term *term, const struct entry *entry);
/* What ENTRY has where CONDITION looks, owned by MEM; NULL: nothing, or it cannot be told. */
char *condition_found(
	TALLOC_CTX *mem, const struct condition *condition, struct document *document);

#endif
