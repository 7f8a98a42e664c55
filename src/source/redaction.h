/* What redaction was asked to replace besides secrets; see source.h. */
#ifndef SOURCE_REDACTION_H
#define SOURCE_REDACTION_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "source/source.h"

struct redaction_pattern {
	const char *name;
	pcre2_code *code;
};

struct redaction {
	bool email, ip, account;
	struct redaction_pattern *patterns;
	size_t pattern_count;
};

/*
 * The next match of PATTERN in TEXT from AT on: 1, where it begins and ends (of its groups the
 * first that is set), never empty; 0: none; -1: its steps are used up, and nothing is known.
 */
int redaction_search(const struct redaction_pattern *pattern, pcre2_match_data *data,
	const char *text, size_t length, size_t at, size_t *begin, size_t *end);

#endif
