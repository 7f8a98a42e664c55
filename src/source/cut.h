/* Log entries cut out of a stream of JSON, wherever they sit in it. */
#ifndef SOURCE_CUT_H
#define SOURCE_CUT_H

#include "source/format.h"
#include "source/json.h"
#include "source/names.h"

struct cut;

/*
 * Entries of SOURCE's reader. An object is an entry if it has the keys of one; of such objects in
 * each other the outermost counts, but an object that holds entries with the keys of the API is a
 * wrapper. Memory does not grow with the input.
 */
struct cut *cut_new(TALLOC_CTX *mem, struct source *source, const struct names *names);
/*
 * 1: *OBJECT is the next entry, good until the next call, and *LINE where it begins. 0: the end;
 * the ledger tells what was broken. -1: ERR tells.
 */
int cut_next(struct cut *cut, struct json *object, uint64_t *line, struct err *err);

#endif
