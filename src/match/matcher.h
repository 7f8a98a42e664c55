/* The matcher itself, for the files of this room. */
#ifndef MATCH_MATCHER_H
#define MATCH_MATCHER_H

#include "match/findings.h"
#include "match/match.h"
#include "match/prefilter.h"

struct known_stream;
struct watch;

struct matcher {
	const struct rules *rules;
	struct pattern *patterns; /* by index of term */
	const struct cause **owners; /* by index of term: the first cause that uses it */
	bool *tells; /* by index of term: it shows a cause, it does not only end or excuse an absence */
	size_t term_count;
	size_t told; /* hits of such terms in the last scan */
	bool has_cre; /* some of the terms are CRE's */
	char *line; /* a line without the separators of what was folded into it */
	struct pattern_tools *tools;
	struct prefilter *prefilter;
	struct hits *hits;
	struct known_stream *streams;
	struct stream *current;
	struct watch *watch; /* of the cause that is to be explained; NULL: of none */
	bool *fired; /* by index of cause, in the last call of matcher_findings */
	const char **limits;
	size_t limit_count;
};

/* Forget all hits and sources, as if nothing had been scanned; what is compiled stays. */
void matcher_reset(struct matcher *matcher);

/* What CAUSE comes to in GROUP, owned by MEM; NULL: it does not fire. */
struct finding *matcher_judge(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct cause *cause, const struct group *group, const struct run *run);

#endif
