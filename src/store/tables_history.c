/*
 * Version 3: what became of incidents. Their rows hold what all runs together say of them, so that
 * lists need no look at every run; history.c keeps them true. People's words about them last as long
 * as they do. What the logs of a run say of each service is kept, as entries may be pruned.
 */
#include "store/history.h"
#include "store/schema.h"

static const char *const texts[] = {
	/* RECORDED: when the run was first kept, by the clock of this machine. */
	"ALTER TABLE runs ADD COLUMN recorded INTEGER",
	"ALTER TABLE runs ADD COLUMN iteration INTEGER CHECK(iteration >= 1)",
	/* Seconds that transcripts without a zone are behind UTC, where that was found. */
	"ALTER TABLE runs ADD COLUMN clock_offset INTEGER",
	"ALTER TABLE runs ADD COLUMN clock_note TEXT",
	/* Two turns of a loop may say the same, byte for byte, and are two runs all the same. */
	"DROP INDEX runs_by_inputs",
	"CREATE UNIQUE INDEX runs_by_inputs ON runs(sha256, ifnull(label, ''),"
	" ifnull(commit_id, ''), ifnull(iteration, 0))",
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
	/* "Not reached" is no state of its own: REACHED_RUN is then not the newest run. */
	"ALTER TABLE incidents ADD COLUMN state TEXT NOT NULL DEFAULT 'new' CHECK(state IN"
	" ('new', 'persisting', 'fixed', 'regressed', 'flaky'))",
	"ALTER TABLE incidents ADD COLUMN first_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN last_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN since_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN fixed_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN reached_run INTEGER",
	"ALTER TABLE incidents ADD COLUMN occurrences INTEGER NOT NULL DEFAULT 0",
	/* Of its last chain, for lists: which, from what to what, and of which service. */
	"ALTER TABLE incidents ADD COLUMN last_chain INTEGER",
	"ALTER TABLE incidents ADD COLUMN symptom_id INTEGER REFERENCES causes(id)",
	"ALTER TABLE incidents ADD COLUMN root_id INTEGER REFERENCES causes(id)",
	"ALTER TABLE incidents ADD COLUMN service_id INTEGER REFERENCES names(id)",
	"CREATE INDEX incidents_by_last_run ON incidents(last_run, id)",
	"CREATE INDEX incidents_by_last_chain ON incidents(last_run, last_chain)",
	"CREATE INDEX incidents_open ON incidents(last_run, id) WHERE state <> 'fixed'",
	"CREATE INDEX incidents_by_service ON incidents(service_id, last_run, id)",
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
	/* Ids of incidents are shown to people: a row stays, even when no chain has it any more. */
	"DROP TRIGGER chains_removed",
};

int tables_history(struct store *store, struct err *err)
{
	if (tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err) < 0)
		return -1;
	return history_refresh(store, err);
}
