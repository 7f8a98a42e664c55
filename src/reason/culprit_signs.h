/* The forms in which errors are told. */
#ifndef REASON_CULPRIT_SIGNS_H
#define REASON_CULPRIT_SIGNS_H

#include "reason/culprit.h"

/* "[ERROR] ", "npm ERR! ", "3.456 ": tools put their own before what others told them. */
#define CULPRIT_QUOTED                                                                             \
	"^(?:\\s|\\[ERROR\\]|\\[error\\]|npm (?:ERR!|error)|gyp ERR!|stderr:"                      \
	"|remote:|\\d+\\.\\d+ |[|>])*"
#define CULPRIT_PATH "[\\w./\\\\@~+\\-]+\\.\\w{1,12}"
/* A file with a place in it: "src/a.c:12:3", "/src/A.java:[3,5]", "a.ts(3,5)". */
#define CULPRIT_FILE                                                                               \
	CULPRIT_PATH                                                                               \
	"(?::\\d+(?:[:.]\\d+)?|:\\[\\d+(?:,\\d+)?\\]|\\(\\d+(?:,\\d+)?\\))"
#define CULPRIT_COLUMN CULPRIT_PATH ":\\d+:\\d+"

struct culprit_sign {
	const char *literal; /* two bytes or more, without which the regex is not tried; or NULL */
	const char *regex; /* PCRE2, compiled as those of rules are; NULL ends a list */
};

/* Signs of one meaning; those without a literal are tried where a line has another's. */
struct culprit_table {
	const struct culprit_sign *signs;
	enum culprit_rank rank;
	enum culprit_rank next; /* of the line that follows a heading; NONE: it is none */
};

extern const struct culprit_sign culprit_none[], culprit_refusals[], culprit_passed_on[];
extern const struct culprit_sign culprit_of_compilers[], culprit_of_packages[];
extern const struct culprit_sign culprit_of_machines[], culprit_where[];
extern const struct culprit_sign culprit_tools[], culprit_said[], culprit_words[];

/* In the order in which they are tried: the first sign that fits decides. */
const struct culprit_table *culprit_tables(size_t *count);

#endif
