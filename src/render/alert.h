/* Inside the room: what there is to tell beside code, alike for every system that shows it there. */
#ifndef RENDER_ALERT_H
#define RENDER_ALERT_H

#include "model/model.h"

#define ALERT_UNKNOWN "fivewhys.undiagnosed" /* the rule of what no rule explains */

enum alert_level {
	ALERT_NOTE,
	ALERT_WARNING,
	ALERT_ERROR,
	ALERT_LEVEL_COUNT
};

/* A place that a reader can go to. */
struct alert_spot {
	const char *path; /* relative, with slashes; NULL: none is known */
	uint64_t line; /* from 1; 0: not known */
	bool source; /* PATH is the name of an input, else a file of what was tested */
};

/* An incident, or failures that no rule explains and that have one error. */
struct alert {
	const struct incident *incident; /* NULL: no rule explains it, and */
	const struct undiagnosed *unknown; /* the first of these failures; else NULL */
	const struct cause *cause; /* that stands for the incident; may be NULL */
	const char *rule; /* its id; ALERT_UNKNOWN where there is none */
	const char *title, *message; /* one line each; MESSAGE is a sentence */
	const char *claim; /* of MESSAGE, what is said of the cause: no sentence of its own */
	const char *fingerprint; /* of one alert in the list, and the same in every run */
	enum alert_level level;
	struct alert_spot spot; /* of a file of TESTS, that a step's error names, of evidence */
	const struct test **tests; /* that failed for it; none in logs alone */
	size_t test_count;
};

struct alerts {
	struct alert *items; /* incidents first, in their order */
	size_t count;
};

/* Owned by MEM, with all texts but those of DIAGNOSIS. */
struct alerts *alerts_of(TALLOC_CTX *mem, const struct diagnosis *diagnosis);
/* "error" for critical and high, "warning" for medium, else a note; of an error nobody knows: error. */
enum alert_level alert_level_of(const struct cause *cause);
/* Where the file of TEST is, as its transcript or its name tells; the path is owned by MEM. */
struct alert_spot alert_test_spot(TALLOC_CTX *mem, const struct test *test);
struct alert_spot alert_evidence_spot(const struct evidence *evidence);
/* The chain, or what is known without one: short lines of clean text, each with a newline. */
char *alert_chain(TALLOC_CTX *mem, const struct diagnosis *diagnosis, const struct alert *alert);
/* "Why 2 (asserted by rule): The image was built without ...": clean, in one line. */
char *alert_why(TALLOC_CTX *mem, const struct why *why);
/* Its text in one clean line of 300 bytes at most. */
char *alert_quote(TALLOC_CTX *mem, const struct evidence *evidence);

#endif
