/*
 * The schema. What it is about:
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
 * first 64 bits of the SHA-256 of its time and text: it tells entries of one line of one source
 * apart, nothing more.
 *
 * No why without evidence: a why that is observed (or an observed absence) refers to a row of
 * evidence of its run, no other does, and a row of evidence refers to an entry. Triggers say the
 * same once more for programs that open the database without foreign keys, as the sqlite3 shell.
 */
#include "store/schema.h"

struct table {
	const char *name, *columns; /* COLUMNS begin with "id" where it has one */
};

#define BOOLEAN(column) column " INTEGER NOT NULL CHECK(" column " IN (0, 1))"
#define COUNT(column) column " INTEGER NOT NULL CHECK(" column " >= 0)"
#define DIGEST(column) column " TEXT NOT NULL CHECK(length(" column ") = 64)"
#define RUN "run_id INTEGER NOT NULL REFERENCES runs(id)"
#define OF_CHAIN "FOREIGN KEY(run_id, chain) REFERENCES chains(run_id, n)"

static const struct table tables[] = {
	{ "names", "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE" },
	{ "tests", "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE" },
	{ "causes",
		"id INTEGER PRIMARY KEY, cause TEXT NOT NULL UNIQUE, title TEXT,"
		" kind TEXT NOT NULL CHECK(kind IN ('symptom', 'cause', 'root')), layer TEXT,"
		" severity TEXT NOT NULL CHECK(severity IN ('low', 'medium', 'high', 'critical')),"
		" leaf TEXT" },
	{ "sources",
		"id INTEGER PRIMARY KEY," DIGEST(
			"sha256") " UNIQUE, name TEXT NOT NULL,"
				  " format TEXT NOT NULL," COUNT("entries") "," COUNT("untimed") "," COUNT("bytes") "," COUNT(
					  "skipped") "," COUNT("redactions") "," BOOLEAN("truncate"
											 "d") "," BOOLEAN("trans"
													  "crip"
													  "t") "," BOOLEAN("zone_unknown") ", first INTEGER, last INTEGER" },
	/* a source gets its row when it has been read, after its entries */
	{ "entries",
		"id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources(id)"
		" DEFERRABLE INITIALLY DEFERRED, line INTEGER NOT NULL, time INTEGER,"
		" severity INTEGER NOT NULL CHECK(severity BETWEEN 0 AND 8),"
		" log_id INTEGER REFERENCES names(id), service_id INTEGER REFERENCES names(id),"
		" revision_id INTEGER REFERENCES names(id),"
		" instance_id INTEGER REFERENCES names(id), pod_id INTEGER REFERENCES names(id),"
		" insert_id TEXT, trace TEXT, span TEXT, thread TEXT, method TEXT, path TEXT,"
		" http_status INTEGER, text TEXT NOT NULL, hash INTEGER,"
		" CHECK((insert_id IS NULL) = (hash IS NOT NULL))" },
	/* ids of runs are shown to people, so none is used twice */
	{ "runs",
		"id INTEGER PRIMARY KEY AUTOINCREMENT," DIGEST(
			"sha256") ", label TEXT,"
				  " commit_id TEXT, branch TEXT, environment TEXT, rules_sha256 "
				  "TEXT NOT NULL," COUNT("passed") "," COUNT("failed") "," COUNT(
					  "e"
					  "r"
					  "r"
					  "o"
					  "r"
					  "s") "," COUNT("skipped") ", first INTEGER, last "
								    "INTEGER," COUNT("entries") "," COUNT("bytes") "," COUNT("redactions") "," BOOLEAN("complete") },
	{ "run_sources",
		RUN ", n INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES sources(id),"
		    " name TEXT NOT NULL," COUNT("duplicates") ", PRIMARY KEY(run_id, n)" },
	{ "run_notes",
		RUN ", kind TEXT NOT NULL CHECK(kind IN ('gap', 'limit', 'count')),"
		    " n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(run_id, kind, n)" },
	{ "results",
		RUN ", n INTEGER NOT NULL, test_id INTEGER NOT NULL REFERENCES tests(id),"
		    " outcome TEXT NOT NULL"
		    " CHECK(outcome IN ('none', 'passed', 'skipped', 'failed', "
		    "'error'))," COUNT("passed") "," COUNT("failed") "," COUNT("errors") "," COUNT(
			    "skipped") ", start INTEGER, duration "
				       "INTEGER, message TEXT,"
				       " source_id INTEGER REFERENCES "
				       "sources(id), line "
				       "INTEGER," BOOLEAN("nameless") ", PRIMARY "
								      "KEY(run_id, "
								      "n)" },
	{ "findings", RUN
		", n INTEGER NOT NULL, cause_id INTEGER NOT NULL REFERENCES causes(id),"
		" verdict TEXT NOT NULL CHECK(verdict IN ('fired', 'inconclusive')), reason "
		"TEXT," BOOLEAN("absence") ", count INTEGER NOT NULL CHECK(count >= 1),"
					   " first INTEGER, last INTEGER, PRIMARY KEY(run_id, n)" },
	{ "finding_keys", "run_id INTEGER NOT NULL, finding INTEGER NOT NULL, n INTEGER NOT NULL,"
			  " name TEXT NOT NULL, value TEXT, PRIMARY KEY(run_id, finding, n),"
			  " FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)" },
	{ "term_hits",
		"run_id INTEGER NOT NULL, finding INTEGER NOT NULL, occurrence INTEGER NOT NULL,"
		" n INTEGER NOT NULL, entry_id INTEGER NOT NULL REFERENCES entries(id),"
		" PRIMARY KEY(run_id, finding, occurrence, n),"
		" FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)" },
	{ "evidence",
		RUN ", number INTEGER NOT NULL CHECK(number >= 1),"
		    " entry_id INTEGER NOT NULL REFERENCES entries(id),"
		    " place TEXT NOT NULL CHECK(place <> ''), line INTEGER NOT NULL, time INTEGER,"
		    " text TEXT NOT NULL," DIGEST("sha256") ", role TEXT,"
							    " PRIMARY KEY(run_id, number)" },
	{ "incidents", "id INTEGER PRIMARY KEY,"
		       " fingerprint TEXT NOT NULL UNIQUE CHECK(fingerprint <> '')" },
	{ "chains",
		RUN ", n INTEGER NOT NULL, incident_id INTEGER NOT NULL REFERENCES incidents(id),"
		    " verdict TEXT NOT NULL CHECK(verdict IN"
		    " ('CONFIRMED', 'LIKELY', 'POSSIBLE', 'INCONCLUSIVE', 'UNDIAGNOSED')),"
		    " verdict_reason TEXT, state TEXT NOT NULL CHECK(state IN ('new', 'persisting',"
		    " 'fixed', 'regressed', 'not reached', 'flaky')),"
		    " root_id INTEGER REFERENCES causes(id), evidence_ends_at INTEGER NOT NULL,"
		    " joined_by TEXT, confidence REAL, PRIMARY KEY(run_id, n),"
		    " CHECK(verdict <> 'CONFIRMED' OR root_id IS NOT NULL)" },
	{ "chain_tests", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
			 " test_id INTEGER NOT NULL REFERENCES tests(id),"
			 " PRIMARY KEY(run_id, chain, n)," OF_CHAIN },
	{ "chain_notes", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL,"
			 " kind TEXT NOT NULL CHECK(kind IN ('looked for', 'question')),"
			 " n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(run_id, chain, "
			 "kind, n)," OF_CHAIN },
	{ "whys", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
		  " cause_id INTEGER NOT NULL REFERENCES causes(id), statement TEXT NOT NULL,"
		  " basis TEXT NOT NULL"
		  " CHECK(basis IN ('observed', 'absent', 'asserted', 'hypothesis')),"
		  " evidence INTEGER, finding INTEGER," COUNT(
			  "count") ", first INTEGER,"
				   " last INTEGER, score REAL, gap INTEGER, keys_agreed TEXT, "
				   "keys_missing TEXT," BOOLEAN(
					   "order_supported") ", PRIMARY KEY(run_id, chain, "
							      "n)," OF_CHAIN
							      ", FOREIGN KEY(run_id, evidence) "
							      "REFERENCES evidence(run_id, number),"
							      " FOREIGN KEY(run_id, finding) "
							      "REFERENCES findings(run_id, n),"
							      " CONSTRAINT a_why_needs_evidence"
							      " CHECK((basis IN ('observed', "
							      "'absent')) = (evidence IS NOT "
							      "NULL))" },
	{ "why_evidence", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, why INTEGER NOT NULL,"
			  " n INTEGER NOT NULL, evidence INTEGER NOT NULL,"
			  " PRIMARY KEY(run_id, chain, why, n),"
			  " FOREIGN KEY(run_id, chain, why) REFERENCES whys(run_id, chain, n),"
			  " FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number)" },
	{ "alternatives", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
			  " cause_id INTEGER NOT NULL REFERENCES causes(id), verdict TEXT NOT NULL,"
			  " because TEXT, PRIMARY KEY(run_id, chain, n)," OF_CHAIN },
	{ "contributing", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
			  " finding INTEGER NOT NULL, PRIMARY KEY(run_id, chain, n)," OF_CHAIN
			  ", FOREIGN KEY(run_id, finding) REFERENCES findings(run_id, n)" },
	{ "actions", "run_id INTEGER NOT NULL, chain INTEGER NOT NULL, n INTEGER NOT NULL,"
		     " kind TEXT NOT NULL CHECK(kind IN ('fix', 'prevent', 'detect')),"
		     " text TEXT NOT NULL, done_when TEXT, state TEXT NOT NULL,"
		     " PRIMARY KEY(run_id, chain, n)," OF_CHAIN },
	{ "undiagnosed", RUN ", n INTEGER NOT NULL, test_id INTEGER REFERENCES tests(id),"
			     " first_error TEXT, newest_error TEXT, pattern TEXT,"
			     " nearest_id INTEGER REFERENCES causes(id), missed_because TEXT,"
			     " PRIMARY KEY(run_id, n)" },
	{ "undiagnosed_evidence",
		"run_id INTEGER NOT NULL, undiagnosed INTEGER NOT NULL, n INTEGER NOT NULL,"
		" evidence INTEGER NOT NULL, PRIMARY KEY(run_id, undiagnosed, n),"
		" FOREIGN KEY(run_id, undiagnosed) REFERENCES undiagnosed(run_id, n),"
		" FOREIGN KEY(run_id, evidence) REFERENCES evidence(run_id, number)" },
	{ "unexplained", RUN ", n INTEGER NOT NULL, pattern TEXT NOT NULL," COUNT(
				 "count") ", evidence INTEGER NOT NULL, PRIMARY KEY(run_id, n),"
					  " FOREIGN KEY(run_id, evidence) REFERENCES "
					  "evidence(run_id, number)" },
};

/* Indexes begin with what grows as entries are read, so that rows are added at their ends. */
static const char *const rest[] = {
	"CREATE UNIQUE INDEX entries_by_insert_id ON entries(ifnull(time, -9223372036854775808),"
	" insert_id, ifnull(log_id, 0)) WHERE insert_id IS NOT NULL",
	"CREATE UNIQUE INDEX entries_by_place ON entries(source_id, line, hash)"
	" WHERE insert_id IS NULL",
	"CREATE UNIQUE INDEX runs_by_inputs"
	" ON runs(sha256, ifnull(label, ''), ifnull(commit_id, ''))",
	"CREATE INDEX runs_by_time ON runs(first)",
	"CREATE INDEX run_sources_by_source ON run_sources(source_id)",
	"CREATE INDEX results_by_test ON results(test_id, run_id)",
	"CREATE INDEX findings_by_cause ON findings(cause_id, run_id)",
	"CREATE INDEX term_hits_by_entry ON term_hits(entry_id)",
	"CREATE INDEX evidence_by_entry ON evidence(entry_id)",
	"CREATE INDEX chains_by_incident ON chains(incident_id, run_id)",
	"CREATE INDEX chains_by_root ON chains(root_id, run_id)",

	"CREATE TRIGGER whys_added BEFORE INSERT ON whys WHEN new.evidence IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM evidence"
	" WHERE run_id = new.run_id AND number = new.evidence)"
	" BEGIN SELECT raise(ABORT, 'a why needs evidence'); END",
	"CREATE TRIGGER whys_changed BEFORE UPDATE OF run_id, evidence ON whys"
	" WHEN new.evidence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence"
	" WHERE run_id = new.run_id AND number = new.evidence)"
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
	/* an incident lives as long as a chain has it */
	"CREATE TRIGGER chains_removed AFTER DELETE ON chains WHEN NOT EXISTS"
	" (SELECT 1 FROM chains WHERE incident_id = old.incident_id)"
	" BEGIN DELETE FROM incidents WHERE id = old.incident_id; END",
};

static int create_table(struct store *store, const struct table *table, struct err *err)
{
	/* STRICT came with 3.37 */
	bool strict = sqlite3_libversion_number() >= 3037000;
	bool has_id = strncmp(table->columns, "id ", 3) == 0;
	char *text = mem_printf(NULL, "CREATE TABLE %s(%s) %s%s%s", table->name, table->columns,
		has_id ? "" : "WITHOUT ROWID", strict && !has_id ? ", " : "",
		strict ? "STRICT" : "");
	int result = sql_execute(store, text, err);

	talloc_free(text);
	return result;
}

/* From nothing to version 1. */
static int create_all(struct store *store, struct err *err)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (create_table(store, &tables[i], err) < 0)
			return -1;
	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++)
		if (sql_execute(store, rest[i], err) < 0)
			return -1;
	return 0;
}

/* From version I to I + 1, each inside its own transaction. */
static int (*const migrations[SCHEMA_VERSION])(struct store *, struct err *) = { create_all };

static int set_version(struct store *store, int64_t version, struct err *err)
{
	char *text = mem_printf(NULL, "PRAGMA user_version = %d; PRAGMA application_id = %d",
		(int)version, SCHEMA_APPLICATION);
	int result = sql_execute(store, text, err);

	talloc_free(text);
	return result;
}

/* The version of what is there; an empty database has version 0. */
static int get_version(struct store *store, int64_t *version, struct err *err)
{
	int64_t application = 0, objects = 0;

	if (sql_query(store, "PRAGMA application_id", &application, err) < 0 ||
		sql_query(store, "PRAGMA user_version", version, err) < 0 ||
		sql_query(store, "SELECT count(*) FROM sqlite_schema", &objects, err) < 0)
		return -1;
	if (application != SCHEMA_APPLICATION && (objects > 0 || application != 0))
		return err_set(err, ERR_STORE, "%s: a database of another program", store->name);
	if (*version > SCHEMA_VERSION || *version < 0)
		return err_set(err, ERR_STORE,
			"%s: made by a newer fivewhys (schema %lld, this one knows %d)",
			store->name, (long long)*version, SCHEMA_VERSION);
	return 0;
}

/* One step, under the lock, so that of several processes one does it. *VERSION is what is there. */
static int migrate_once(struct store *store, int64_t *version, struct err *err)
{
	if (sql_begin(store, err) < 0)
		return -1;
	if (get_version(store, version, err) == 0 &&
		(*version == SCHEMA_VERSION || (migrations[*version](store, err) == 0 &&
						       set_version(store, ++*version, err) == 0)))
		return sql_commit(store, err);
	sql_rollback(store);
	return -1;
}

int schema_migrate(struct store *store, struct err *err)
{
	int64_t version = 0;

	if (get_version(store, &version, err) < 0)
		return -1;
	while (version < SCHEMA_VERSION)
		if (migrate_once(store, &version, err) < 0)
			return err_wrap(err, "cannot bring the database up to date");
	return 0;
}
