/* Version 7: how many secrets of each kind were replaced in what a run read. */
#include "store/schema.h"

static const char *const texts[] = {
	"CREATE TABLE run_redactions ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" kind TEXT NOT NULL,"
	" count INTEGER NOT NULL CHECK(count >= 1),"
	" PRIMARY KEY(run_id, kind)"
	") STRICT, WITHOUT ROWID",
};

int tables_redactions(struct store *store, struct err *err)
{
	return tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err);
}
