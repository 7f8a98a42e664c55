/* Log entries cut out of a stream of JSON, wherever they sit in it. */
#ifndef SOURCE_CUT_H
#define SOURCE_CUT_H

#include "source/format.h"
#include "source/json.h"
#include "source/names.h"
#include "source/tape.h"

struct cut;

/*
 * Entries of SOURCE's reader. An object is an entry if it has the keys of one; of such objects in
 * each other the outermost counts, but an object that holds entries with the keys of the API is a
 * wrapper. Memory does not grow with the input.
 */
struct cut *cut_new(TALLOC_CTX *mem, struct source *source, const struct names *names);
/* An entry, good until the next call. */
struct cut_entry {
	struct json object;
	uint64_t line; /* where it begins */
	bool loose; /* it is not quite JSON, and TAPE tells nothing */
	struct tape tape;
};
/* 1: *OUT is the next entry. 0: the end; the ledger tells what was broken. -1: ERR tells. */
int cut_next(struct cut *cut, struct cut_entry *out, struct err *err);

#endif
