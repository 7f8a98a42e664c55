/* What the readers of rule files share while they read. */
#ifndef RULE_LOADER_H
#define RULE_LOADER_H

#include "rule/keys.h"
#include "rule/set.h"

struct loader {
	struct rules *rules; /* owns all that stays */
	TALLOC_CTX *scratch; /* owns the trees */
	struct rule_list *problems;
	const char *folder; /* of the file at hand */
	struct definition *terms; /* of the document at hand */
	const struct condition *where; /* of the cause at hand */
	size_t where_count;
	struct pending *pending;
	size_t pending_count;
};

/* window.c */
void rule_window_read(struct loader *loader, const struct tree *value, void *field); /* window */
void rule_window_time(struct loader *loader, const struct tree *value, void *field); /* ns >= 0 */
void rule_window_slide(struct loader *loader, const struct tree *value, void *field); /* ns */

/* where.c: the conditions of VALUE appended to *CONDITIONS. */
void rule_where_read(struct loader *loader, const struct tree *value, struct condition **conditions,
	size_t *count);

/* term.c: a TERM as a signature uses it. False where it is faulty (reported). */
bool rule_term_use(struct loader *loader, const struct tree *value, struct use *out);
bool rule_term_negation(struct loader *loader, const struct tree *value, struct negation *out);
bool rule_term_expectation(
	struct loader *loader, const struct tree *value, struct expectation *out);
/* Is it a TERM (not a signature)? */
bool rule_term_is(const struct tree *value);
/* A pattern of CRE, checked before; all of *OUT is set, but COUNT is 1. */
void rule_term_cre(struct loader *loader, enum term_kind kind, const char *text, struct place place,
	struct use *out);
/* The "terms" of a document. */
void rule_term_define(struct loader *loader, const struct tree *value);
/* regex.c: the compiled regex, shared; one that does not compile is reported by the check. */
enum regex_style {
	REGEX_OWN,
	REGEX_NOCASE,
	REGEX_CRE /* as Go's RE2: ^ and $ are the ends of the text */
};
struct regex *rule_regex_intern(struct loader *loader, const char *text, enum regex_style style);
void rule_regex_check(
	struct loader *loader, const char *text, enum regex_style style, struct place place);

/* literal.c: mandatory literal characters of a pattern. */
unsigned rule_literal_weight(const char *pattern, bool nocase);

/* signature.c */
struct signature *rule_signature_read(struct loader *loader, const struct tree *value);

/* walk.c: VISIT is called with each use of the signature and of those below it, but not of "not". */
void rule_walk_uses(const struct signature *signature,
	void (*visit)(void *context, const struct use *use), void *context);
unsigned rule_walk_specificity(const struct rules *rules, const struct signature *signature);
/* Does it, or one below it, have this kind? */
bool rule_walk_has(const struct signature *signature, enum signature_kind kind);
/* The pattern behind a term of these rules. */
const struct pattern *rule_walk_pattern(const struct rules *rules, const struct term *term);

/* edge.c: "because", "explains" and "links"; edges are made when all files are read. */
void rule_edge_because(struct loader *loader, const struct tree *value, const char *effect);
void rule_edge_explains(struct loader *loader, const struct tree *value, const char *cause);
void rule_edge_links(struct loader *loader, const struct tree *value);
void rule_edge_resolve(struct loader *loader);

/* cause.c: may a cause of this ID be read? Of one in an earlier folder it is overridden. */
bool rule_cause_may_enter(struct loader *loader, const char *id, struct place place);
/* Add it to the set, unless its id is there already. */
void rule_cause_enter(struct loader *loader, struct known *known);
void rule_cause_read(struct loader *loader, const struct tree *value);
struct known *rule_cause_find(const struct rules *rules, const char *id);
void rule_cause_report_missing(struct loader *loader, const char *id, struct place place);
/* Check the ids that were named before all causes were known. */
void rule_cause_resolve(struct loader *loader);

/* example.c */
void rule_example_read(struct loader *loader, const struct tree *value, struct cause *cause);

/* bind.c: names that entries have by themselves ("service", "test", ...). */
bool rule_bind_is_key(const char *name);
/* Fill BINDS with what the signature of KNOWN and its keys can bind. */
void rule_bind_collect(struct loader *loader, struct known *known);
bool rule_bind_has(const struct known *known, const char *name);
/* Check the texts, keys and examples of the cause against it. TREE is the cause's own. */
void rule_bind_check(struct loader *loader, struct known *known, const struct tree *tree);
extern const char *const rule_bind_texts[RULE_TEXTS]; /* the keys of the texts */
/* It is a fault where nothing in CAUSE binds NAME. */
void rule_bind_require(
	struct loader *loader, const struct cause *cause, const char *name, struct place place);

/* cre.c: a document in the language of CRE ("rules:" at the top)? */
bool rule_cre_is(const struct tree *document);
void rule_cre_read(struct loader *loader, const struct tree *document);

/* lint.c, circle.c; FILE: only its regexes are pumped, which takes most of the time. NULL: all are */
void rule_lint(const struct rules *rules, const char *file, struct rule_list *problems);
void rule_circle_lint(const struct rules *rules, struct rule_list *problems);

#endif
