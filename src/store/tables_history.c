/*
 * Version 3: what became of incidents. Their rows hold what all runs together say of them, so that
 * lists need no look at every run; history.c keeps them true. People's words about them last as long
 * as they do. What the logs of a run say of each service is kept, as entries may be pruned.
 */
#include "store/history.h"
#include "store/schema.h"

/* What tables.c says since, in a database that was made before. */
static const char *const changes[] = {
	"ALTER TABLE runs ADD COLUMN recorded INTEGER",
	"ALTER TABLE runs ADD COLUMN iteration INTEGER CHECK(iteration >= 1)",
	"ALTER TABLE runs ADD COLUMN clock_offset INTEGER",
	"ALTER TABLE runs ADD COLUMN clock_note TEXT",
	"DROP INDEX runs_by_inputs",
	"CREATE UNIQUE INDEX runs_by_inputs ON runs(sha256, ifnull(label, ''),"
	" ifnull(commit_id, ''), ifnull(iteration, 0))",
	"ALTER TABLE incidents ADD COLUMN state TEXT NOT NULL DEFAULT 'new' CHECK(state IN"
	" ('new', 'persisting', 'fixed', 'regressed', 'flaky'))",
	"ALTER TABLE incidents ADD COLUMN first_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN last_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN since_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN fixed_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN reached_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN occurrences INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE incidents ADD COLUMN last_chain INTEGER",
	"ALTER TABLE incidents ADD COLUMN symptom_id INTEGER REFERENCES causes(id)",
	"ALTER TABLE incidents ADD COLUMN root_id INTEGER REFERENCES causes(id)",
	"ALTER TABLE incidents ADD COLUMN service_id INTEGER REFERENCES names(id)",
	/* Ids of incidents are shown to people: a row stays, even when no chain has it any more. */
	"DROP TRIGGER chains_removed",
};

static const char *const texts[] = {
	"CREATE TABLE run_services ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" name_id INTEGER NOT NULL REFERENCES names(id),"
	" entries INTEGER NOT NULL CHECK(entries >= 0),"
	" errors INTEGER NOT NULL CHECK(errors >= 0),"
	" first INTEGER,"
	" last INTEGER,"
	" last_error INTEGER,"
	" http_status INTEGER,"
	" http_time INTEGER,"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX incidents_by_last_run ON incidents(last_run, id)",
	"CREATE INDEX incidents_by_last_chain ON incidents(last_run, last_chain)",
	"CREATE INDEX incidents_open ON incidents(last_run, id) WHERE state <> 'fixed'",
	"CREATE INDEX incidents_by_service ON incidents(service_id, last_run, id)",
	"CREATE INDEX incidents_by_cause"
	" ON incidents(ifnull(root_id, symptom_id), last_run, id)",
	"CREATE INDEX chain_tests_by_test ON chain_tests(test_id, run_id)",
	/* The newest word wins. RUN_ID: the newest run then. To tolerate needs an owner and an end. */
	"CREATE TABLE judgements ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" incident_id INTEGER NOT NULL REFERENCES incidents(id),"
	" kind TEXT NOT NULL CHECK(kind IN ('confirm', 'reject', 'note', 'resolve', 'tolerate')),"
	" author TEXT NOT NULL CHECK(author <> ''),"
	" time INTEGER NOT NULL,"
	" text TEXT,"
	" owner TEXT,"
	" until INTEGER,"
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" CHECK((kind = 'tolerate') = (owner IS NOT NULL AND until IS NOT NULL)),"
	" CHECK(kind <> 'note' OR text IS NOT NULL)"
	") STRICT",
	"CREATE INDEX judgements_by_incident ON judgements(incident_id, id)",
};

/*
 * What "stats" counts; every front end takes its figures from these. A run is at the time of its
 * last entry, or when it was kept.
 */
static const char *const views[] = {
	/* Each run that saw an incident, with the cause that its chain ends at. */
	"CREATE VIEW stats_occurrences AS SELECT c.incident_id, c.run_id,"
	" coalesce(r.last, r.recorded) AS time, coalesce(c.root_id, w.cause_id) AS cause_id,"
	" n.name AS service FROM chains c JOIN runs r ON r.id = c.run_id"
	" JOIN incidents i ON i.id = c.incident_id"
	" LEFT JOIN whys w ON w.run_id = c.run_id AND w.chain = c.n AND w.n = 0"
	" LEFT JOIN names n ON n.id = i.service_id",
	/* Each incident that is fixed, and how long that took since it was first seen, or came back. */
	"CREATE VIEW stats_fixes AS SELECT i.id AS incident_id,"
	" coalesce(f.last, f.recorded) AS time,"
	" coalesce(f.last, f.recorded) - coalesce(s.last, s.recorded) AS took, n.name AS service"
	" FROM incidents i JOIN runs s ON s.id = i.since_run JOIN runs f ON f.id = i.fixed_run"
	" LEFT JOIN names n ON n.id = i.service_id WHERE i.state = 'fixed'"
	" AND coalesce(f.last, f.recorded) >= coalesce(s.last, s.recorded)",
	/* Each incident with its last verdict, and the newest word that confirms or rejects it. */
	"CREATE VIEW stats_words AS SELECT i.id AS incident_id, x.verdict,"
	" coalesce(r.last, r.recorded) AS time, n.name AS service,"
	" (SELECT j.kind FROM judgements j WHERE j.incident_id = i.id"
	"  AND j.kind IN ('confirm', 'reject') ORDER BY j.id DESC LIMIT 1) AS word"
	" FROM incidents i JOIN chains x ON x.run_id = i.last_run AND x.n = i.last_chain"
	" JOIN runs r ON r.id = i.last_run LEFT JOIN names n ON n.id = i.service_id",
};

/*
 * What can be searched for: each text that was evidence of an incident, once, and the words of its
 * causes; beside them the index of their words. A private store is not searched.
 */
static const char *const documents[] = {
	"CREATE TABLE documents ("
	" id INTEGER PRIMARY KEY,"
	" incident_id INTEGER NOT NULL REFERENCES incidents(id),"
	" sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
	" text TEXT NOT NULL,"
	" UNIQUE(incident_id, sha256)"
	") STRICT",
	"CREATE VIRTUAL TABLE document_words USING fts5(text, content = 'documents',"
	" content_rowid = 'id', tokenize = 'unicode61')",
};

/* The evidence of before. */
static const char *const fill[] = {
	"INSERT INTO documents(incident_id, sha256, text)"
	" SELECT c.incident_id, e.sha256, e.text FROM chains c"
	" JOIN why_evidence w ON w.run_id = c.run_id AND w.chain = c.n"
	" JOIN evidence e ON e.run_id = w.run_id AND e.number = w.evidence WHERE true"
	" ON CONFLICT DO NOTHING",
	"INSERT INTO document_words(document_words) VALUES('rebuild')",
};

#define MAKE(store, list, err) tables_make(store, list, sizeof(list) / sizeof((list)[0]), err)

int tables_add_history(struct store *store, struct err *err)
{
	if (MAKE(store, texts, err) < 0 || MAKE(store, views, err) < 0)
		return -1;
	return store->is_private ? 0 : MAKE(store, documents, err);
}

int tables_history(struct store *store, struct err *err)
{
	if (MAKE(store, changes, err) < 0 || tables_add_history(store, err) < 0 ||
		MAKE(store, fill, err) < 0)
		return -1;
	return history_refresh(store, err);
}
