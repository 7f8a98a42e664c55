/* The forms in which errors are told. */
#ifndef REASON_CULPRIT_SIGNS_H
#define REASON_CULPRIT_SIGNS_H

#include "reason/culprit.h"

struct culprit_sign {
	const char *literal; /* without it the regex is not tried; NULL: it always is */
	const char *regex; /* PCRE2, compiled as those of rules are */
	enum culprit_rank rank;
	enum culprit_rank next; /* of the line that follows a heading; NONE: it is none */
};

struct culprit_table {
	const struct culprit_sign *signs;
	size_t count;
};

/* In the order in which they are tried: the first sign that fits decides. */
const struct culprit_table *culprit_tables(size_t *count);

#endif
