/* A parsed filter: a tree of what must hold. Private to the lql files. */
#ifndef STANDIN_LQL_NODE_H
#define STANDIN_LQL_NODE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "source/json.h"
#include "standin/lql.h"
#include "standin/lql_lex.h"

enum lql_kind {
	LQL_ALL, /* the empty filter */
	LQL_AND,
	LQL_OR,
	LQL_NOT,
	LQL_COMPARE,
	LQL_ANYWHERE, /* a global restriction */
	LQL_LOG_ID,
	LQL_SEARCH,
};

/* What a field holds. LQL_DYNAMIC: as its JSON says; missing ones compare as nothing. */
enum lql_type {
	LQL_DYNAMIC,
	LQL_STRING,
	LQL_NUMBER,
	LQL_BOOL,
	LQL_SEVERITY,
	LQL_TIMESTAMP,
	LQL_DURATION,
	LQL_MESSAGE,
};

struct lql_path {
	char **names;
	size_t count;
	enum lql_type type;
	size_t exact; /* names from here on are compared as they are written */
	bool is_proto; /* names are compared without case and underscores */
};

struct lql_value {
	char *text; /* NUL-terminated, LENGTH bytes before it */
	size_t length;
	bool is_quoted;
	char *folded; /* TEXT without case */
	size_t folded_length;
	double number; /* also of a severity */
	bool has_number;
	int64_t time; /* or a duration; TIME_NONE: it is neither */
	pcre2_code *regex;
};

/* A phrase of SEARCH: so many words in a row, folded, each followed by NUL. */
struct lql_phrase {
	char *words;
	size_t count;
};

struct lql_node {
	enum lql_kind kind;
	struct lql_node *left, *right; /* NOT has only LEFT */
	struct lql_path *path; /* NULL: the whole entry */
	enum lql_op op;
	struct lql_value *value;
	struct lql_phrase *phrases;
	size_t phrase_count;
};

struct lql {
	struct lql_node *root;
	struct draft decoded, folded; /* of the value that is looked at */
};

/* The path of NAMES: which field of a LogEntry it is. ERR_FORMAT where there is none such. */
int lql_path_set(struct lql_path *path, struct err *err);
/* Make VALUE ready for comparing it by OP with a field of TYPE. */
int lql_value_set(struct lql_value *value, enum lql_type type, enum lql_op op, struct err *err);
/* Whether the JSON value FIELD, a scalar, compares so with VALUE. */
bool lql_compare(struct lql *filter, enum lql_type type, enum lql_op op,
	const struct lql_value *value, struct json field);
/* TEXT without case, into DRAFT, which is emptied first. */
void lql_fold(struct draft *draft, const char *text, size_t length);
/* The phrases of a SEARCH. */
void lql_phrases_set(struct lql_node *node, const char *text);
/* Whether PHRASE is in TEXT, whole words in a row. */
bool lql_phrase_in(
	struct lql *filter, const struct lql_phrase *phrase, const char *text, size_t length);

#endif
