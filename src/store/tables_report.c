/*
 * Version 8: what a report says of a chain beyond its statements, so that it says the same when it is
 * read from the history: the moment of each why, the parts of a link's score, which tests are steps
 * of a job, and the notes on sources.
 */
#include "store/schema.h"

static const char *const texts[] = {
	"ALTER TABLE results ADD COLUMN step INTEGER NOT NULL DEFAULT 0 CHECK(step IN (0, 1))",
	"ALTER TABLE whys ADD COLUMN moment INTEGER",
	"ALTER TABLE whys ADD COLUMN weight REAL",
	"ALTER TABLE whys ADD COLUMN key_factor REAL",
	"ALTER TABLE whys ADD COLUMN time_factor REAL",
	"ALTER TABLE whys ADD COLUMN specificity_factor REAL",
	/* which of the times an older version told of is not known any more */
	"UPDATE whys SET moment = first",
};

static const char *const added[] = {
	"CREATE TABLE source_notes ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" source_id INTEGER NOT NULL REFERENCES sources(id),"
	" n INTEGER NOT NULL,"
	" text TEXT NOT NULL,"
	" PRIMARY KEY(run_id, source_id, n)"
	") STRICT, WITHOUT ROWID",
};

int tables_add_report(struct store *store, struct err *err)
{
	return tables_make(store, added, sizeof(added) / sizeof(added[0]), err);
}

int tables_report(struct store *store, struct err *err)
{
	if (tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err) < 0)
		return -1;
	return tables_add_report(store, err);
}
