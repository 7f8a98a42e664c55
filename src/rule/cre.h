/* Parts of the reader of CRE documents. */
#ifndef RULE_CRE_H
#define RULE_CRE_H

#include "rule/loader.h"

#define CRE_TERMS 64 /* distinct terms of one rule */

/* cre_about.c: the texts and lists of KNOWN from ABOUT, which is "cre" of the rule or NULL. */
void rule_cre_describe(struct loader *loader, const struct tree *about, struct known *known);
/* The text of NAME in MAP (which may be NULL); NULL: there is none, or it is empty. */
const char *rule_cre_text(const struct tree *map, const char *name);

/* cre_text.c: a text with its Markdown laid out as one line; NULL for NULL and for boilerplate. */
const char *rule_cre_prose(TALLOC_CTX *mem, const char *text);
/* The same of the first sentence alone. */
const char *rule_cre_sentence(TALLOC_CTX *mem, const char *text);

/* cre_rule.c: what in RULE only other engines run; NULL: nothing. */
const char *rule_cre_unsupported(const struct tree *rule, const struct tree *terms);
/* The signature of RULE; faults are reported. Never NULL. TERMS may be NULL. */
struct signature *rule_cre_signature(
	struct loader *loader, const struct tree *rule, const struct tree *terms);

/* cre_term.c: a term, positive or of "negate"; false where it is faulty (reported). */
bool rule_cre_term(
	struct loader *loader, const struct tree *value, const struct tree *terms, struct use *out);
bool rule_cre_negation(struct loader *loader, const struct tree *value, const struct tree *terms,
	struct negation *out);
/* The term that VALUE is or names. */
const struct tree *rule_cre_resolve(const struct tree *value, const struct tree *terms);
/* A duration of the key NAME in MAP, into *OUT; whether there is one. */
bool rule_cre_duration(struct loader *loader, const struct tree *map, const char *name,
	bool negative, int64_t *out);

#endif
