/* What reasoning makes of findings: chains of whys, incidents, what stayed unexplained. */
#ifndef MODEL_CHAIN_H
#define MODEL_CHAIN_H

#include "model/finding.h"
#include "model/history.h"
#include "model/run.h"

enum basis {
	BASIS_OBSERVED,
	BASIS_ABSENT,
	BASIS_ASSERTED,
	BASIS_HYPOTHESIS
};
enum verdict {
	VERDICT_CONFIRMED,
	VERDICT_LIKELY,
	VERDICT_POSSIBLE,
	VERDICT_INCONCLUSIVE,
	VERDICT_UNDIAGNOSED,
};
const char *basis_name(enum basis basis); /* "observed", ... */
const char *verdict_name(enum verdict verdict); /* "CONFIRMED", ... */

/* One quoted entry, numbered through the report. */
struct evidence {
	unsigned number; /* 1 for E1; one entry has one number in the whole report */
	const struct entry *entry;
	char sha256[DIGEST_TEXT]; /* of its text */
	const char *role; /* which term it satisfied, or why it is shown */
};

/* Why one why leads to the next: the edge and how well it holds here. */
struct link {
	const struct edge *edge; /* NULL where it was read from the store */
	double weight; /* of the edge; 0: there is no link */
	double score; /* weight x keys x time x specificity, 0 to 1 */
	double key_factor, time_factor, specificity_factor;
	const char *keys_agreed; /* "service, revision"; "" where none */
	const char *keys_missing; /* keys that one side lacks */
	int64_t gap; /* ns from the cause to the effect; TIME_NONE: not comparable */
	bool order_supported; /* the cause does not come after its effect, beyond slack */
};

struct why {
	unsigned n; /* 0: the symptom */
	const struct cause *cause;
	const char *statement; /* its "why", filled in */
	enum basis basis;
	const struct finding *finding; /* NULL: asserted or hypothesis */
	uint64_t count;
	int64_t first, last;
	int64_t moment; /* of its times the one that is told of, on the clock of the logs; TIME_NONE */
	struct evidence **evidence;
	size_t evidence_count; /* 0 only for asserted and hypothesis */
	struct link link; /* from the why before it; weight 0 for n = 0 */
};

struct alternative {
	const struct cause *cause;
	const char *verdict; /* "ruled out", "possible", "order not supported" */
	const char *because;
};

struct action {
	const char *kind; /* "fix", "prevent", "detect" */
	const char *text, *done_when; /* DONE_WHEN may be NULL, of the fix */
	const char *state; /* "open", "done" */
	unsigned wanted; /* runs in a row that DONE_WHEN asks for; 0: a person must judge */
	unsigned proven; /* of these, as many have come by now */
	int64_t done_run; /* the run that proved it; 0: none */
};

struct incident {
	int64_t id; /* row in the store, 0 where it is not kept */
	char fingerprint[DIGEST_TEXT + 4]; /* "f1:" and a digest of symptom, root and anchor */
	enum verdict verdict;
	const char *verdict_reason; /* which criterion decided, in a sentence */
	struct history history; /* as of this run */
	struct judgement *judgements; /* what people said of it, newest first */
	size_t judgement_count;
	const struct cause *root; /* last why that is neither hypothesis nor symptom; may be NULL */
	struct test **tests; /* failing tests whose primary chain it is; none in logs alone */
	size_t test_count;
	struct why **whys; /* from the symptom down; hypotheses last */
	size_t why_count;
	unsigned evidence_ends_at; /* n of the deepest why with evidence */
	const char **looked_for; /* causes that were looked for below it and not found, in words */
	size_t looked_for_count;
	struct alternative *alternatives;
	size_t alternative_count;
	const struct finding **contributing;
	size_t contributing_count;
	struct action *actions;
	size_t action_count;
	const char **questions; /* which log line would decide */
	size_t question_count;
	const char *join; /* how tests and logs were joined here, in words; NULL: no need */
	double confidence; /* product of the links' scores; computed, 0 to 1 */
};

struct undiagnosed {
	struct test *test;
	const char *first_error, *newest_error, *pattern; /* PATTERN: the error with typed masks */
	const struct cause *nearest; /* NULL: none came near */
	const char *missed_because;
	struct evidence **evidence;
	size_t evidence_count;
};

/* An error that no finding explains, with its ids, times and addresses masked. */
struct unexplained {
	const char *pattern;
	uint64_t count;
	struct evidence *evidence; /* its first entry */
};

/* An error that no term hit, by its masked text; one for each test in whose output it is. */
struct error_pattern {
	const char *text;
	const struct test *test; /* NULL: of none */
	const struct entry *first; /* a copy */
	uint64_t count;
};

struct diagnosis {
	struct run *run;
	const char *rules_sha256;
	struct incident **incidents; /* most tests first, then verdict, then what says most */
	size_t incident_count;
	struct undiagnosed **undiagnosed;
	size_t undiagnosed_count;
	struct unexplained *unexplained; /* most frequent first, at most 20 */
	size_t unexplained_count;
	struct error_pattern *errors; /* of all tests, by kind, in the order first seen; a kind may
					 * come several times */
	size_t error_count;
	struct cost *costs; /* of the rules; in no report */
	size_t cost_count;
	struct evidence **evidence; /* all of the report, by number */
	size_t evidence_count;
	bool offset_found; /* transcript and log clocks were compared */
	int64_t offset; /* seconds that the transcript's clock is behind UTC */
	const char *offset_note; /* what supports it, in words */
	bool failed; /* something in this run failed */
};

#endif
