/* Evidence: quoted entries, numbered through the report. */
#ifndef REASON_EVIDENCE_H
#define REASON_EVIDENCE_H

#include "model/model.h"
#include "reason/graph.h"

#define EVIDENCE_EACH 5 /* entries quoted for one why */
#define EVIDENCE_CONTEXT 2 /* lines shown around an absence, before and inside it */

struct evidence_book;

/* Evidence and the entries in it are owned by MEM. */
struct evidence_book *evidence_book_new(TALLOC_CTX *mem, const struct graph *graph);
/* The evidence of ENTRY: a new number, or the one it has already. */
struct evidence *evidence_of(
	struct evidence_book *book, const struct entry *entry, const char *role);
struct evidence **evidence_all(struct evidence_book *book, size_t *count);

/* A few entries for one why, each once. */
struct evidence_list {
	struct evidence **items;
	size_t count, limit;
};
void evidence_add(struct evidence_book *book, TALLOC_CTX *mem, struct evidence_list *list,
	const struct entry *entry, const char *role);

#endif
