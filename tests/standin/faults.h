/* What goes wrong on purpose: by order, or by chance from a number. */
#ifndef STANDIN_FAULTS_H
#define STANDIN_FAULTS_H

#include <cjson/cJSON.h>

#include "standin/http.h"

enum faults_target {
	FAULTS_LIST, /* entries.list */
	FAULTS_TOKEN, /* whatever gives out tokens */
	FAULTS_ANY,
};

struct faults_kind;
struct faults_fault {
	const struct faults_kind *kind;
	enum faults_target target;
	size_t after; /* requests of its target that still pass */
	size_t times; /* that it still happens */
	double seconds; /* of stalling, of being slow */
	int retry_after; /* seconds, sent as Retry-After and RetryInfo; -1: not said */
};

struct faults;
struct faults *faults_new(TALLOC_CTX *mem);
/* "KIND", "KIND@AFTER", "KIND@AFTERxTIMES". ERR_USAGE. */
int faults_order(struct faults *faults, const char *text, struct err *err);
/* {"kind":K,"after":N,"times":N,"on":"list","seconds":N,"retry_after":N}; all but kind optional. */
int faults_order_json(struct faults *faults, const cJSON *order, struct err *err);
/* Of the next COUNT requests of entries.list so many PERCENT go wrong, as SEED has it. */
void faults_mix(struct faults *faults, uint64_t seed, unsigned percent, size_t count);
void faults_clear(struct faults *faults);
/* What happens to a request for TARGET that comes in now; false: nothing. */
bool faults_next(struct faults *faults, enum faults_target target, struct faults_fault *out);
/* The answer is that of FAULT; false: it is the usual one, and then FAULT harms it. */
bool faults_answer(
	const struct faults_fault *fault, struct http_request *request, struct http_reply *reply);
const char *faults_name(const struct faults_fault *fault);

#endif
