/* What a set of rules is made of. */
#ifndef RULE_SET_H
#define RULE_SET_H

#include <uthash.h>

#include "rule/jq.h"

/* A regex, compiled once whatever the number of its terms. */
struct regex {
	const char *key;
	struct pcre2_real_code_8 *code; /* NULL: it does not compile */
	const char **names; /* of its groups, NULL-terminated */
	const char *error; /* why it does not compile */
	UT_hash_handle hh;
};

/* A term that signatures use, with what belongs to it. */
struct pattern {
	struct term *term;
	struct regex *regex; /* NULL: it is none */
	struct jq_program *program; /* likewise */
	unsigned specificity; /* mandatory literal characters */
	const char *key;
	UT_hash_handle hh;
};

#define RULE_TEXTS 6 /* texts of a cause that are templates */

/* A cause and what its file said about it beyond the model. */
struct known {
	struct cause cause;
	const char *folder; /* where its file is: a second one from there is an error */
	const char **binds; /* names that its signature and keys can bind */
	size_t bind_count;
	const char *metadata; /* the second id of a rule of CRE; NULL: it has none */
	bool faulty; /* something in it has a fault */
	struct place replaced_by, also_matches;
	struct place texts[RULE_TEXTS]; /* in the order of rule_bind_texts; line 0: not given */
	UT_hash_handle hh;
};

/* A name from "terms", before the conditions of a cause are added to it. */
struct definition {
	const char *name;
	const struct draft *draft; /* NULL: it is faulty */
	struct place place;
	bool used;
	UT_hash_handle hh;
};

/* An edge as it is written: with ids, which may be those of files that are read later. */
struct pending {
	const char *effect, *cause;
	struct edge *edge;
	bool link; /* from "links": it may name rules of CRE that are not loaded */
};

struct rules {
	struct known **causes;
	size_t cause_count;
	struct known *by_id;
	struct pattern **patterns;
	size_t pattern_count;
	struct pattern *by_key;
	struct regex *regexes;
	struct jq_program *programs;
	struct edge **edges;
	size_t edge_count;
	struct definition **definitions; /* of all files, for the lint */
	size_t definition_count;
	const char **files;
	size_t file_count;
	char sha256[DIGEST_TEXT];
};

#endif
