/* Requests: what tests say they asked for, and what the log says was asked for. */
#ifndef REASON_REQUESTS_H
#define REASON_REQUESTS_H

#include "model/model.h"

#define FACTS_MAX 8

/* What the lines of one test tell of its requests. */
struct facts {
	bool network; /* it talked to something, or tried to */
	bool compared; /* it compared a status with the one it wanted: see status_compared */
	int statuses[FACTS_MAX]; /* HTTP statuses of 400 and more */
	size_t status_count;
	const char *paths[FACTS_MAX];
	size_t path_count;
	const char *ids[FACTS_MAX]; /* trace and request ids: 32 hexadecimal digits, or UUIDs */
	size_t id_count;
};

/* One request with a time: of a log where LOG, else of a transcript. */
struct request {
	int64_t time;
	int status;
	const char *path; /* NULL: not told */
	const struct source_info *source;
};

struct requests;

struct requests *requests_new(TALLOC_CTX *mem);
void requests_observe(struct requests *requests, const struct entry *entry);
/* Of a test, or (TEST NULL) of the lines of no test in SOURCE; NULL: nothing is known. */
const struct facts *requests_facts(
	const struct requests *requests, const struct test *test, const struct source_info *source);
/* Log requests of STATUS, to PATH where it is not NULL. */
uint64_t requests_tally(const struct requests *requests, int status, const char *path);
/* Those with times; of the log (LOG) in order of reading, or of the transcripts. */
const struct request *requests_timed(const struct requests *requests, bool log, size_t *count);
/* Requests, and lines of tests, that were not kept, as there were too many. */
uint64_t requests_passed_over(const struct requests *requests);

#endif
