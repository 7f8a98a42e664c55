/*
 * The tables as they are today; those of rules and history are in tables_*.c. What they are about:
 *
 * What was read: sources (one row for the same bytes, whoever reads them), entries (each once, see
 * below), names (strings that many entries share).
 * What a run is: runs (same inputs, label and commit: same run), run_sources, results of tests.
 * What was found in it: findings with their term_hits, evidence (entries as the report quotes
 * them), chains of whys, each with its evidence; what stayed undiagnosed or unexplained.
 * What lasts: causes, tests, and incidents, which chains of several runs share by fingerprint.
 *
 * All that was found has keys that begin with run_id and a number within the run, so that a run is
 * read, and replaced, as one piece. Times are nanoseconds since 1970 in UTC, NULL where unknown.
 *
 * An entry is known by (time, insertId, log name), else by (source, line, hash), where hash is the
 * first 64 bits of the SHA-256 of its time, its text and the name of its test: it tells entries of
 * one line of one source apart, nothing more.
 *
 * No why without evidence: a why that is observed (or an observed absence) refers to a row of
 * evidence of its run, no other does, and a row of evidence refers to an entry. Triggers say the
 * same once more for programs that open the database without foreign keys, as the sqlite3 shell.
 */
#include "store/schema.h"

static const char *const texts[] = {
	/* Strings that many entries share: logs, services, revisions, instances, pods. */
	"CREATE TABLE names ("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE"
	") STRICT",
	"CREATE TABLE tests ("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE"
	") STRICT",
	/* As the rules described them when they were last seen in a run. */
	"CREATE TABLE causes ("
	" id INTEGER PRIMARY KEY,"
	" cause TEXT NOT NULL UNIQUE,"
	" title TEXT,"
	" kind TEXT NOT NULL CHECK(kind IN ('symptom', 'cause', 'root')),"
	" layer TEXT,"
	" severity TEXT NOT NULL CHECK(severity IN ('low', 'medium', 'high', 'critical')),"
	" leaf TEXT"
	") STRICT",
	/* One row for the same bytes, under the name by which they were first read. */
	"CREATE TABLE sources ("
	" id INTEGER PRIMARY KEY,"
	" sha256 TEXT NOT NULL UNIQUE CHECK(length(sha256) = 64),"
	" name TEXT NOT NULL,"
	" format TEXT NOT NULL,"
	" entries INTEGER NOT NULL CHECK(entries >= 0),"
	" untimed INTEGER NOT NULL CHECK(untimed >= 0),"
	" bytes INTEGER NOT NULL CHECK(bytes >= 0),"
	" skipped INTEGER NOT NULL CHECK(skipped >= 0),"
	" redactions INTEGER NOT NULL CHECK(redactions >= 0),"
	" truncated INTEGER NOT NULL CHECK(truncated IN (0, 1)),"
	" transcript INTEGER NOT NULL CHECK(transcript IN (0, 1)),"
	" zone_unknown INTEGER NOT NULL CHECK(zone_unknown IN (0, 1)),"
	" first INTEGER,"
	" last INTEGER"
	") STRICT",
	/* The source is the one that had the entry first. It gets its row at its end, after its entries. */
	"CREATE TABLE entries ("
	" id INTEGER PRIMARY KEY,"
	" source_id INTEGER NOT NULL REFERENCES sources(id) DEFERRABLE INITIALLY DEFERRED,"
	" line INTEGER NOT NULL,"
	" time INTEGER,"
	" severity INTEGER NOT NULL CHECK(severity BETWEEN 0 AND 8),"
	" log_id INTEGER REFERENCES names(id),"
	" service_id INTEGER REFERENCES names(id),"
	" revision_id INTEGER REFERENCES names(id),"
	" instance_id INTEGER REFERENCES names(id),"
	" pod_id INTEGER REFERENCES names(id),"
	" insert_id TEXT,"
	" trace TEXT,"
	" span TEXT,"
	" thread TEXT,"
	" method TEXT,"
	" path TEXT,"
	" http_status INTEGER,"
	" text TEXT NOT NULL,"
	" hash INTEGER,"
	" CHECK((insert_id IS NULL) = (hash IS NOT NULL))"
	") STRICT",
	/* Each index begins with what grows while entries are read, so that rows are added at its end. */
	"CREATE UNIQUE INDEX entries_by_insert_id"
	" ON entries(ifnull(time, -9223372036854775808), insert_id, ifnull(log_id, 0))"
	" WHERE insert_id IS NOT NULL",
	"CREATE UNIQUE INDEX entries_by_place"
	" ON entries(source_id, line, hash) WHERE insert_id IS NULL",
	/* Ids of runs are shown to people, so none is used twice. */
	"CREATE TABLE runs ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
	" label TEXT,"
	" commit_id TEXT,"
	" branch TEXT,"
	" environment TEXT,"
	" rules_sha256 TEXT NOT NULL,"
	" passed INTEGER NOT NULL CHECK(passed >= 0),"
	" failed INTEGER NOT NULL CHECK(failed >= 0),"
	" errors INTEGER NOT NULL CHECK(errors >= 0),"
	" skipped INTEGER NOT NULL CHECK(skipped >= 0),"
	" first INTEGER,"
	" last INTEGER,"
	" entries INTEGER NOT NULL CHECK(entries >= 0),"
	" bytes INTEGER NOT NULL CHECK(bytes >= 0),"
	" redactions INTEGER NOT NULL CHECK(redactions >= 0),"
	" complete INTEGER NOT NULL CHECK(complete IN (0, 1)),"
	/* when the run was first kept, by the clock of this machine */
	" recorded INTEGER,"
	" iteration INTEGER CHECK(iteration >= 1),"
	/* seconds that transcripts without a zone are behind UTC, where that was found */
	" clock_offset INTEGER,"
	" clock_note TEXT"
	") STRICT",
	/* Two turns of a loop may say the same, byte for byte, and are two runs all the same. */
	"CREATE UNIQUE INDEX runs_by_inputs ON runs(sha256, ifnull(label, ''),"
	" ifnull(commit_id, ''), ifnull(iteration, 0))",
	"CREATE INDEX runs_by_time ON runs(first)",
	"CREATE TABLE run_sources ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" source_id INTEGER NOT NULL REFERENCES sources(id),"
	" name TEXT NOT NULL,"
	" duplicates INTEGER NOT NULL CHECK(duplicates >= 0),"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX run_sources_by_source ON run_sources(source_id)",
	"CREATE TABLE run_notes ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" kind TEXT NOT NULL CHECK(kind IN ('gap', 'limit', 'count')),"
	" n INTEGER NOT NULL,"
	" text TEXT NOT NULL,"
	" PRIMARY KEY(run_id, kind, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE results ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" test_id INTEGER NOT NULL REFERENCES tests(id),"
	" outcome TEXT NOT NULL CHECK(outcome IN ('none', 'passed', 'skipped', 'failed', 'error')),"
	" passed INTEGER NOT NULL CHECK(passed >= 0),"
	" failed INTEGER NOT NULL CHECK(failed >= 0),"
	" errors INTEGER NOT NULL CHECK(errors >= 0),"
	" skipped INTEGER NOT NULL CHECK(skipped >= 0),"
	" start INTEGER,"
	" duration INTEGER,"
	" message TEXT,"
	" source_id INTEGER REFERENCES sources(id),"
	" line INTEGER,"
	" nameless INTEGER NOT NULL CHECK(nameless IN (0, 1)),"
	" file TEXT,"
	" file_line INTEGER,"
	" step INTEGER NOT NULL DEFAULT 0 CHECK(step IN (0, 1)),"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX results_by_test ON results(test_id, run_id)",
	"CREATE TABLE findings ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" cause_id INTEGER NOT NULL REFERENCES causes(id),"
	" verdict TEXT NOT NULL CHECK(verdict IN ('fired', 'inconclusive')),"
	" reason TEXT,"
	" absence INTEGER NOT NULL CHECK(absence IN (0, 1)),"
	" count INTEGER NOT NULL CHECK(count >= 1),"
	" first INTEGER,"
	" last INTEGER,"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX findings_by_cause ON findings(cause_id, run_id)",
	"CREATE TABLE finding_keys ("
	" run_id INTEGER NOT NULL,"
	" finding INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" name TEXT NOT NULL,"
	" value TEXT,"
	" PRIMARY KEY(run_id, finding, n),"
	" FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)"
	") STRICT, WITHOUT ROWID",
	/* The entries that made a finding fire; the first ones where there are very many. */
	"CREATE TABLE term_hits ("
	" run_id INTEGER NOT NULL,"
	" finding INTEGER NOT NULL,"
	" occurrence INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" entry_id INTEGER NOT NULL REFERENCES entries(id),"
	" PRIMARY KEY(run_id, finding, occurrence, n),"
	" FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX term_hits_by_entry ON term_hits(entry_id)",
	/* Entries as the report quotes them; NUMBER is that of "E1". */
	"CREATE TABLE evidence ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" number INTEGER NOT NULL CHECK(number >= 1),"
	" entry_id INTEGER NOT NULL REFERENCES entries(id),"
	" place TEXT NOT NULL CHECK(place <> ''),"
	" line INTEGER NOT NULL,"
	" time INTEGER,"
	" text TEXT NOT NULL,"
	" sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
	" role TEXT,"
	" PRIMARY KEY(run_id, number)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX evidence_by_entry ON evidence(entry_id)",
	/*
	 * What lasts over runs: the chains of several runs share an incident. What all runs say of it
	 * stands in its row; "not reached" is no state of its own: REACHED_RUN is then not the newest.
	 */
	"CREATE TABLE incidents ("
	" id INTEGER PRIMARY KEY,"
	" fingerprint TEXT NOT NULL UNIQUE CHECK(fingerprint <> ''),"
	" state TEXT NOT NULL DEFAULT 'new' CHECK(state IN"
	"  ('new', 'persisting', 'fixed', 'regressed', 'flaky')),"
	" first_run INTEGER,"
	" last_run INTEGER,"
	" since_run INTEGER,"
	" fixed_run INTEGER,"
	" reached_run INTEGER,"
	" occurrences INTEGER NOT NULL DEFAULT 0,"
	/* of its last chain, for lists: which, from what to what, of which service and layer */
	" last_chain INTEGER,"
	" symptom_id INTEGER REFERENCES causes(id),"
	" root_id INTEGER REFERENCES causes(id),"
	" service_id INTEGER REFERENCES names(id),"
	" layer TEXT"
	") STRICT",
	"CREATE TABLE chains ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" incident_id INTEGER NOT NULL REFERENCES incidents(id),"
	" verdict TEXT NOT NULL CHECK(verdict IN"
	"  ('CONFIRMED', 'LIKELY', 'POSSIBLE', 'INCONCLUSIVE', 'UNDIAGNOSED')),"
	" verdict_reason TEXT,"
	" state TEXT NOT NULL CHECK(state IN"
	"  ('new', 'persisting', 'fixed', 'regressed', 'not reached', 'flaky')),"
	" root_id INTEGER REFERENCES causes(id),"
	" evidence_ends_at INTEGER NOT NULL,"
	" joined_by TEXT,"
	" confidence REAL,"
	" PRIMARY KEY(run_id, n),"
	" CHECK(verdict <> 'CONFIRMED' OR root_id IS NOT NULL)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX chains_by_incident ON chains(incident_id, run_id)",
	"CREATE INDEX chains_by_root ON chains(root_id, run_id)",
	"CREATE TABLE chain_tests ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" test_id INTEGER NOT NULL REFERENCES tests(id),"
	" PRIMARY KEY(run_id, chain, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE chain_notes ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" kind TEXT NOT NULL CHECK(kind IN ('looked for', 'question')),"
	" n INTEGER NOT NULL,"
	" text TEXT NOT NULL,"
	" PRIMARY KEY(run_id, chain, kind, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n)"
	") STRICT, WITHOUT ROWID",
	/* From the symptom (0) down. EVIDENCE is the first piece; why_evidence has all of them. */
	"CREATE TABLE whys ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" cause_id INTEGER NOT NULL REFERENCES causes(id),"
	" statement TEXT NOT NULL,"
	" basis TEXT NOT NULL CHECK(basis IN ('observed', 'absent', 'asserted', 'hypothesis')),"
	" evidence INTEGER,"
	" finding INTEGER,"
	" count INTEGER NOT NULL CHECK(count >= 0),"
	" first INTEGER,"
	" last INTEGER,"
	" score REAL,"
	" gap INTEGER,"
	" keys_agreed TEXT,"
	" keys_missing TEXT,"
	" order_supported INTEGER NOT NULL CHECK(order_supported IN (0, 1)),"
	" moment INTEGER,"
	" weight REAL,"
	" key_factor REAL,"
	" time_factor REAL,"
	" specificity_factor REAL,"
	" PRIMARY KEY(run_id, chain, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n),"
	" FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number),"
	" FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n),"
	" CONSTRAINT a_why_needs_evidence"
	" CHECK((basis IN ('observed', 'absent')) = (evidence IS NOT NULL))"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE why_evidence ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" why INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" evidence INTEGER NOT NULL,"
	" PRIMARY KEY(run_id, chain, why, n),"
	" FOREIGN KEY(run_id, chain, why) REFERENCES whys(run_id, chain, n),"
	" FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE alternatives ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" cause_id INTEGER NOT NULL REFERENCES causes(id),"
	" verdict TEXT NOT NULL,"
	" because TEXT,"
	" PRIMARY KEY(run_id, chain, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE contributing ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" finding INTEGER NOT NULL,"
	" PRIMARY KEY(run_id, chain, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n),"
	" FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE actions ("
	" run_id INTEGER NOT NULL,"
	" chain INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" kind TEXT NOT NULL CHECK(kind IN ('fix', 'prevent', 'detect')),"
	" text TEXT NOT NULL,"
	" done_when TEXT,"
	" state TEXT NOT NULL,"
	" PRIMARY KEY(run_id, chain, n),"
	" FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE undiagnosed ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" test_id INTEGER REFERENCES tests(id),"
	" first_error TEXT,"
	" newest_error TEXT,"
	" pattern TEXT,"
	" nearest_id INTEGER REFERENCES causes(id),"
	" missed_because TEXT,"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE undiagnosed_evidence ("
	" run_id INTEGER NOT NULL,"
	" undiagnosed INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" evidence INTEGER NOT NULL,"
	" PRIMARY KEY(run_id, undiagnosed, n),"
	" FOREIGN KEY(run_id, undiagnosed) REFERENCES undiagnosed(run_id, n),"
	" FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number)"
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE unexplained ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" pattern TEXT NOT NULL,"
	" count INTEGER NOT NULL CHECK(count >= 0),"
	" evidence INTEGER NOT NULL,"
	" PRIMARY KEY(run_id, n),"
	" FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number)"
	") STRICT, WITHOUT ROWID",
	/* The evidence contract once more, for programs that do not switch foreign keys on. */
	"CREATE TRIGGER whys_added BEFORE INSERT ON whys"
	" WHEN new.evidence IS NOT NULL AND NOT EXISTS"
	" (SELECT 1 FROM evidence WHERE run_id = new.run_id AND number = new.evidence)"
	" BEGIN SELECT raise(ABORT, 'a why needs evidence'); END",
	"CREATE TRIGGER whys_changed BEFORE UPDATE OF run_id, evidence ON whys"
	" WHEN new.evidence IS NOT NULL AND NOT EXISTS"
	" (SELECT 1 FROM evidence WHERE run_id = new.run_id AND number = new.evidence)"
	" BEGIN SELECT raise(ABORT, 'a why needs evidence'); END",
	"CREATE TRIGGER evidence_added BEFORE INSERT ON evidence"
	" WHEN NOT EXISTS (SELECT 1 FROM entries WHERE id = new.entry_id)"
	" BEGIN SELECT raise(ABORT, 'evidence needs an entry'); END",
	"CREATE TRIGGER evidence_changed BEFORE UPDATE OF run_id, number, entry_id ON evidence"
	" BEGIN SELECT raise(ABORT, 'evidence stays what it is'); END",
	"CREATE TRIGGER evidence_removed BEFORE DELETE ON evidence"
	" WHEN EXISTS (SELECT 1 FROM whys WHERE run_id = old.run_id AND evidence = old.number)"
	" BEGIN SELECT raise(ABORT, 'a why needs this evidence'); END",
	"CREATE TRIGGER entries_removed BEFORE DELETE ON entries"
	" WHEN EXISTS (SELECT 1 FROM evidence WHERE entry_id = old.id)"
	" BEGIN SELECT raise(ABORT, 'evidence needs this entry'); END",
};

/* STRICT came with SQLite 3.37; without it the CHECKs are what there is. */
static void remove_strict(char *text)
{
	char *word = strstr(text, "STRICT");
	size_t length = strlen("STRICT");

	if (word == NULL)
		return;
	if (strncmp(word, "STRICT, ", 8) == 0)
		length = 8;
	memmove(word, word + length, strlen(word + length) + 1);
}

int tables_make(struct store *store, const char *const *statements, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		char *text = mem_strdup(NULL, statements[i]);
		int result;

		if (sqlite3_libversion_number() < 3037000)
			remove_strict(text);
		result = sql_execute(store, text, err);
		talloc_free(text);
		if (result < 0)
			return -1;
	}
	return 0;
}

int tables_create(struct store *store, struct err *err)
{
	if (tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err) < 0)
		return -1;
	if (tables_tuning(store, err) < 0 || tables_add_history(store, err) < 0 ||
		tables_pulls(store, err) < 0)
		return -1;
	if (tables_add_filters(store, err) < 0 || tables_redactions(store, err) < 0)
		return -1;
	return tables_add_report(store, err);
}
