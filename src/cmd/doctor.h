/* What "fivewhys doctor" looks at, and what it found. */
#ifndef CMD_DOCTOR_H
#define CMD_DOCTOR_H

#include "cloud/cloud.h"
#include "cmd/request.h"

enum doctor_level {
	DOCTOR_OK,
	DOCTOR_WARNING, /* works, but may surprise */
	DOCTOR_PROBLEM,
	DOCTOR_SKIPPED,
};

/* One line. */
struct doctor_finding {
	const char *name; /* of what was looked at */
	enum doctor_level level;
	const char *text; /* one sentence */
	const char *advice; /* what to do; NULL: nothing */
	int status; /* of the program, if it is a problem */
};

struct doctor {
	struct request request; /* first, as it owns all */
	bool offline, json;
	struct doctor_finding *findings; /* in the order of looking */
	size_t count;
	struct cloud *cloud; /* NULL: there is none that could ask */
};

/* TEXT is owned by DOCTOR afterwards; ADVICE is static. A problem ends the program with STATUS. */
void doctor_add(struct doctor *doctor, const char *name, enum doctor_level level, char *text,
	const char *advice, int status);

/* Each adds a finding or more. */
typedef void doctor_check(struct doctor *doctor);
doctor_check doctor_store, doctor_rules, doctor_templates; /* on this machine */
doctor_check doctor_endpoint, doctor_credentials, doctor_quota, doctor_project; /* beyond it */

#endif
