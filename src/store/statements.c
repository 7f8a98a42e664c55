/* Every statement that is run more than once, prepared when first used. */
#include "store/statements.h"

/* In the order in which read.c takes them. */
#define RUN_COLUMNS                                                                                \
	"id, label, commit_id, branch, environment, passed, failed, errors, skipped, first, last," \
	" entries, bytes, redactions, complete, sha256, recorded, iteration"
#define ENTRY_COLUMNS                                                                              \
	"e.id, e.source_id, e.line, e.time, e.severity, e.insert_id, l.name, s.name, v.name,"      \
	" i.name, p.name, e.trace, e.span, e.thread, e.method, e.path, e.http_status, e.text"
#define ENTRY_JOINS                                                                                \
	" LEFT JOIN names l ON l.id = e.log_id LEFT JOIN names s ON s.id = e.service_id"           \
	" LEFT JOIN names v ON v.id = e.revision_id LEFT JOIN names i ON i.id = e.instance_id"     \
	" LEFT JOIN names p ON p.id = e.pod_id"
#define CAUSE_COLUMNS "c.cause, c.title, c.kind, c.layer, c.severity, c.leaf"
/* What all runs say of an incident: its own state, whatever a run said of it at its time. */
#define HISTORY_COLUMNS                                                                            \
	"i.state, i.first_run, i.last_run, i.since_run, i.fixed_run, i.reached_run, i.occurrences"
/* The runs of a filter: since when, and of which label. */
#define CHOSEN                                                                                     \
	"chosen AS (SELECT id AS run_id FROM runs"                                                 \
	" WHERE (?1 IS NULL OR last >= ?1) AND (?2 IS NULL OR label = ?2))"

/*
 * A list of incidents, newest first, with the last chain of each; WHICH is a condition that an
 * index knows. ?1, ?2: the row before the page; ?3 to ?7, ?11: what is looked at row by row.
 */
#define INCIDENTS(which)                                                                           \
	"SELECT i.id, i.fingerprint, " HISTORY_COLUMNS ", x.verdict, s.name,"                      \
	" (SELECT count(*) FROM chain_tests WHERE run_id = i.last_run AND chain = i.last_chain),"  \
	" ifnull(w.first, r.first), ifnull(w.last, r.last),"                                       \
	" (SELECT kind FROM judgements WHERE incident_id = i.id AND kind <> 'note'"                \
	"  ORDER BY id DESC LIMIT 1), " CAUSE_COLUMNS ", (SELECT max(id) FROM runs),"              \
	" (SELECT statement FROM whys WHERE run_id = x.run_id AND chain = x.n"                     \
	"  AND n = x.evidence_ends_at), (SELECT text FROM actions WHERE run_id = x.run_id"         \
	"  AND chain = x.n ORDER BY n LIMIT 1),"                                                   \
	" (SELECT ifnull(first, last) FROM runs WHERE id = i.since_run)"                           \
	" FROM incidents i JOIN chains x ON x.run_id = i.last_run AND x.n = i.last_chain"          \
	" JOIN runs r ON r.id = i.last_run"                                                        \
	" LEFT JOIN whys w ON w.run_id = x.run_id AND w.chain = x.n AND w.n = 0"                   \
	" LEFT JOIN causes c ON c.id = ifnull(i.root_id, i.symptom_id)"                            \
	" LEFT JOIN names s ON s.id = i.service_id WHERE " which                                   \
	" AND (?1 IS NULL OR (i.last_run, i.id) < (?1, ?2)) AND (?3 IS NULL OR ?3 = CASE"          \
	"  WHEN i.state <> 'fixed' AND i.reached_run < (SELECT max(id) FROM runs)"                 \
	"  THEN 'not reached' ELSE i.state END) AND (?4 IS NULL OR c.layer = ?4)"                  \
	" AND (?5 IS NULL OR s.name = ?5) AND (?7 IS NULL OR ifnull(w.last, r.last) >= ?7)"        \
	" AND (?10 = 0 OR i.state <> 'fixed') AND (?11 IS NULL OR c.cause = ?11)"                  \
	" ORDER BY i.last_run DESC, i.id DESC LIMIT ?8"

/* Runs that ended before ?1; without any time, by when they were kept. */
#define OLD_RUNS "SELECT id FROM runs WHERE coalesce(last, recorded, 0) < ?1"

/* The service of the deepest why of a chain whose evidence has one. */
#define SERVICE_OF(run, chain)                                                                     \
	"SELECT e.service_id FROM whys w"                                                          \
	" JOIN evidence v ON v.run_id = w.run_id AND v.number = w.evidence"                        \
	" JOIN entries e ON e.id = v.entry_id"                                                     \
	" WHERE w.run_id = " run " AND w.chain = " chain " AND e.service_id IS NOT NULL"           \
	" ORDER BY w.n DESC LIMIT 1"

/* What store_stats_filter says of a row of one of the views stats_*. */
#define STATS_FILTER(row)                                                                          \
	" WHERE (?1 IS NULL OR " row ".time >= ?1) AND (?2 IS NULL OR " row ".service = ?2)"

/* Did a rule fire for this cause in that run? */
#define FOUND(cause, run)                                                                          \
	"EXISTS (SELECT 1 FROM findings f JOIN causes c ON c.id = f.cause_id"                      \
	" WHERE c.cause = " cause " AND f.run_id = " run " AND f.verdict = 'fired')"

static const char *const texts[STATEMENT_COUNT] = {
	[NAME_FIND] = "SELECT id FROM names WHERE name = ?",
	[NAME_ADD] = "INSERT INTO names(name) VALUES(?) RETURNING id",

	[SOURCE_NEXT] = "SELECT ifnull(max(id), 0) + 1 FROM sources",
	[SOURCE_FIND] = "SELECT id FROM sources WHERE sha256 = ?",
	[SOURCE_ADD] =
		"INSERT INTO sources(id, sha256, name, format, entries, untimed, bytes, skipped,"
		" redactions, truncated, transcript, zone_unknown, first, last)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",

	[SOURCE_LIVE] =
		"INSERT INTO sources(sha256, name, format, entries, untimed, bytes, skipped,"
		" redactions, truncated, transcript, zone_unknown)"
		" VALUES(?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)"
		" ON CONFLICT(sha256) DO UPDATE SET name = excluded.name RETURNING id",
	[SOURCE_GROW] =
		"UPDATE sources SET entries = max(entries + ?2, ?9), untimed = untimed + ?3,"
		" bytes = bytes + ?4, skipped = skipped + ?5, redactions = redactions + ?6,"
		" first = min(ifnull(first, ?7), ifnull(?7, first)),"
		" last = max(ifnull(last, ?8), ifnull(?8, last)) WHERE id = ?1",

	[ENTRY_NEXT] = "SELECT ifnull(max(id), 0) + 1 FROM entries",
	/*
	 * No "OR IGNORE": that would pass over a CHECK that fails, too. No RETURNING: it costs as
	 * much as the row.
	 */
	[ENTRY_ADD] =
		"INSERT INTO entries(source_id, line, time, severity, log_id, service_id,"
		" revision_id, instance_id, pod_id, insert_id, trace, span, thread, method, path,"
		" http_status, text, hash)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT DO NOTHING",
	[ENTRY_BY_INSERT_ID] = "SELECT id FROM entries WHERE insert_id = ?1"
			       " AND ifnull(time, -9223372036854775808)"
			       " = ifnull(?2, -9223372036854775808)"
			       " AND ifnull(log_id, 0) = ifnull(?3, 0)",
	[ENTRY_BY_PLACE] = "SELECT id FROM entries"
			   " WHERE source_id = ? AND line = ? AND hash = ? AND insert_id IS NULL",
	[ENTRY_BY_TEXT] = "SELECT id FROM entries WHERE source_id = ? AND line = ? AND text = ?"
			  " AND insert_id IS NULL ORDER BY id LIMIT 1",
	/* the rows of a source that turned out to be known: new ones go to it, the rest go */
	[ENTRIES_MOVE] = "UPDATE OR IGNORE entries SET source_id = ? WHERE id >= ?",
	[ENTRIES_DROP] = "DELETE FROM entries WHERE id >= ? AND source_id = ?",
	[SEEN_ADD] = "INSERT INTO temp.seen(id) VALUES(?) ON CONFLICT DO NOTHING",

	[TEST_ID] = "INSERT INTO tests(name) VALUES(?)"
		    " ON CONFLICT(name) DO UPDATE SET name = excluded.name RETURNING id",
	[CAUSE_ID] = "INSERT INTO causes(cause, title, kind, layer, severity, leaf)"
		     " VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(cause) DO UPDATE SET"
		     " title = excluded.title, kind = excluded.kind, layer = excluded.layer,"
		     " severity = excluded.severity, leaf = excluded.leaf RETURNING id",

	[RUN_ADD] = "INSERT INTO runs(sha256, label, commit_id, iteration, branch, environment,"
		    " rules_sha256, passed, failed, errors, skipped, first, last, entries, bytes,"
		    " redactions, complete, clock_offset, clock_note, recorded)"
		    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		    " RETURNING id",
	[RUN_UPDATE] =
		"UPDATE runs SET branch = ?5, environment = ?6, rules_sha256 = ?7, passed = ?8,"
		" failed = ?9, errors = ?10, skipped = ?11, first = ?12, last = ?13,"
		" entries = ?14, bytes = ?15, redactions = ?16, complete = ?17,"
		" clock_offset = ?18, clock_note = ?19"
		" WHERE sha256 = ?1 AND ifnull(label, '') = ifnull(?2, '')"
		" AND ifnull(commit_id, '') = ifnull(?3, '')"
		" AND ifnull(iteration, 0) = ifnull(?4, 0) RETURNING id",
	[RUN_SOURCE_ADD] = "INSERT INTO run_sources(run_id, n, source_id, name, duplicates)"
			   " VALUES(?, ?, ?, ?, ?)",
	[RUN_NOTE_ADD] = "INSERT INTO run_notes(run_id, kind, n, text) VALUES(?, ?, ?, ?)",
	[RESULT_ADD] = "INSERT INTO results(run_id, n, test_id, outcome, passed, failed, errors,"
		       " skipped, start, duration, message, source_id, line, nameless)"
		       " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",

	[FINDING_ADD] = "INSERT INTO findings(run_id, n, cause_id, verdict, reason, absence, count,"
			" first, last) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[FINDING_KEY_ADD] = "INSERT INTO finding_keys(run_id, finding, n, name, value)"
			    " VALUES(?, ?, ?, ?, ?)",
	[TERM_HIT_ADD] = "INSERT INTO term_hits(run_id, finding, occurrence, n, entry_id)"
			 " VALUES(?, ?, ?, ?, ?)",
	[EVIDENCE_ADD] = "INSERT INTO evidence(run_id, number, entry_id, place, line, time, text,"
			 " sha256, role) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",

	[INCIDENT_ID] = "INSERT INTO incidents(fingerprint) VALUES(?)"
			" ON CONFLICT(fingerprint) DO UPDATE SET fingerprint = excluded.fingerprint"
			" RETURNING id",
	[INCIDENT_UPDATE] =
		"UPDATE incidents SET state = ?2, first_run = ?3, last_run = ?4, since_run = ?5,"
		" fixed_run = ?6, reached_run = ?7, occurrences = ?8, last_chain = ?9,"
		" root_id = (SELECT root_id FROM chains WHERE run_id = ?4 AND n = ?9),"
		" symptom_id = (SELECT cause_id FROM whys WHERE run_id = ?4 AND chain = ?9"
		"  AND n = 0),"
		" service_id = (" SERVICE_OF("?4", "?9") ")"
							 " WHERE id = ?1",
	[DOCUMENT_ADD] = "INSERT INTO documents(incident_id, sha256, text) VALUES(?, ?, ?)"
			 " ON CONFLICT DO NOTHING",
	[DOCUMENT_WORDS_ADD] = "INSERT INTO document_words(rowid, text) VALUES(?, ?)",
	/* the newest first: ranking all that match would cost more than it tells */
	[DOCUMENTS_FIND] = "SELECT d.incident_id, d.text FROM document_words w"
			   " JOIN documents d ON d.id = w.rowid"
			   " JOIN incidents i ON i.id = d.incident_id"
			   " WHERE document_words MATCH ?1 AND i.occurrences > 0"
			   " ORDER BY w.rowid DESC",
	[CHAIN_STATE] = "UPDATE chains SET state = ?3 WHERE run_id = ?1 AND n = ?2",
	/* the runs since an incident was first seen, and its chain in each */
	[SIGHTINGS] = "SELECT r.id, r.commit_id, min(c.n), EXISTS (SELECT 1 FROM judgements"
		      "  WHERE incident_id = ?1 AND kind = 'resolve' AND run_id = r.id) FROM runs r"
		      " LEFT JOIN chains c ON c.run_id = r.id AND c.incident_id = ?1"
		      " WHERE r.id >= (SELECT min(run_id) FROM chains WHERE incident_id = ?1)"
		      " AND r.id <= ?2 GROUP BY r.id ORDER BY r.id",
	/* of the tests that chain ?3 of run ?2 explains, those that passed in run ?1 */
	[PROOF_TESTS] = "SELECT count(*) FROM chain_tests WHERE run_id = ?2 AND chain = ?3",
	[PROOF_PASSED] = "SELECT count(*) FROM chain_tests t"
			 " JOIN results r ON r.test_id = t.test_id AND r.run_id = ?1"
			 " WHERE t.run_id = ?2 AND t.chain = ?3 AND r.outcome = 'passed'",
	[PROOF_SERVICE] = "SELECT 1 FROM run_services s JOIN runs r ON r.id = s.run_id"
			  " WHERE s.run_id = ?1 AND r.complete = 1"
			  " AND s.name_id = (" SERVICE_OF("?2", "?3") ")",
	[NOTED_ALL] = "INSERT INTO temp.noted SELECT id FROM incidents",
	[NOTED_OF_RUN] = "INSERT INTO temp.noted SELECT incident_id FROM chains WHERE run_id = ?"
			 " ON CONFLICT DO NOTHING",
	[NOTED_BY_TESTS] = "INSERT INTO temp.noted SELECT i.id FROM results r"
			   " JOIN chain_tests t ON t.test_id = r.test_id"
			   " JOIN incidents i ON i.last_run = t.run_id AND i.last_chain = t.chain"
			   " WHERE r.run_id = ?1 AND r.outcome = 'passed'"
			   " AND (i.state <> 'fixed' OR i.fixed_run >= ?1) ON CONFLICT DO NOTHING",
	[NOTED_BY_SERVICES] =
		"INSERT INTO temp.noted SELECT i.id FROM run_services s"
		" JOIN incidents i ON i.service_id = s.name_id"
		" WHERE s.run_id = ?1 AND (i.state <> 'fixed' OR i.fixed_run >= ?1)"
		" AND NOT EXISTS (SELECT 1 FROM chain_tests"
		"  WHERE run_id = i.last_run AND chain = i.last_chain) ON CONFLICT DO NOTHING",
	[NOTED_TAKE] = "DELETE FROM temp.noted"
		       " WHERE id = (SELECT min(id) FROM temp.noted) RETURNING id",
	[RUN_SERVICE_ADD] =
		"INSERT INTO run_services(run_id, n, name_id, entries, errors, first, last,"
		" last_error, http_status, http_time) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[CHAIN_ADD] = "INSERT INTO chains(run_id, n, incident_id, verdict, verdict_reason, state,"
		      " root_id, evidence_ends_at, joined_by, confidence)"
		      " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[CHAIN_TEST_ADD] = "INSERT INTO chain_tests(run_id, chain, n, test_id) VALUES(?, ?, ?, ?)",
	[CHAIN_NOTE_ADD] = "INSERT INTO chain_notes(run_id, chain, kind, n, text)"
			   " VALUES(?, ?, ?, ?, ?)",
	[WHY_ADD] =
		"INSERT INTO whys(run_id, chain, n, cause_id, statement, basis, evidence, finding,"
		" count, first, last, score, gap, keys_agreed, keys_missing, order_supported)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[WHY_EVIDENCE_ADD] = "INSERT INTO why_evidence(run_id, chain, why, n, evidence)"
			     " VALUES(?, ?, ?, ?, ?)",
	[ALTERNATIVE_ADD] = "INSERT INTO alternatives(run_id, chain, n, cause_id, verdict, because)"
			    " VALUES(?, ?, ?, ?, ?, ?)",
	[CONTRIBUTING_ADD] =
		"INSERT INTO contributing(run_id, chain, n, finding) VALUES(?, ?, ?, ?)",
	[ACTION_ADD] = "INSERT INTO actions(run_id, chain, n, kind, text, done_when, state)"
		       " VALUES(?, ?, ?, ?, ?, ?, ?)",

	[UNDIAGNOSED_ADD] = "INSERT INTO undiagnosed(run_id, n, test_id, first_error, newest_error,"
			    " pattern, nearest_id, missed_because) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	[UNDIAGNOSED_EVIDENCE_ADD] = "INSERT INTO undiagnosed_evidence(run_id, undiagnosed, n,"
				     " evidence) VALUES(?, ?, ?, ?)",
	[UNEXPLAINED_ADD] = "INSERT INTO unexplained(run_id, n, pattern, count, evidence)"
			    " VALUES(?, ?, ?, ?, ?)",
	[ERROR_PATTERN_ADD] = "INSERT INTO error_patterns(run_id, n, pattern, test_id, count,"
			      " entry_id) VALUES(?, ?, ?, ?, ?, ?)",
	[RULE_COST_ADD] = "INSERT INTO rule_costs(run_id, cause_id, tries, bytes, limited)"
			  " VALUES(?, ?, ?, ?, ?)",

	[RUNS_LIST] =
		"SELECT " RUN_COLUMNS " FROM runs"
		" WHERE (?1 IS NULL OR last >= ?1) AND (?2 IS NULL OR label = ?2) ORDER BY id",
	[RUNS_NEWEST] = "SELECT " RUN_COLUMNS " FROM runs WHERE ?1 IS NULL OR id < ?1"
			" ORDER BY id DESC LIMIT ?2",
	[RUN_LAST] = "SELECT " RUN_COLUMNS " FROM runs ORDER BY id DESC LIMIT 1",
	[RUN_BY_ID] = "SELECT " RUN_COLUMNS " FROM runs WHERE id = ?",
	[RUN_BY_LABEL] =
		"SELECT " RUN_COLUMNS " FROM runs WHERE label = ? ORDER BY id DESC LIMIT 1",
	/* a run in which the test itself passed is better than any that is nearer */
	[RUN_PASSING] = "WITH passed AS (SELECT run_id FROM results JOIN tests ON id = test_id"
			"  WHERE name = ?2 AND outcome = 'passed')"
			" SELECT " RUN_COLUMNS " FROM runs WHERE id <> ?1"
			" AND (id IN passed OR id IN passing_runs)"
			" ORDER BY id NOT IN passed, abs(id - ?1), id LIMIT 1",
	[RUN_SOURCES] =
		"SELECT s.id, x.name, s.format, s.entries, x.duplicates, s.untimed, s.bytes,"
		" s.skipped, s.redactions, s.truncated, s.transcript, s.zone_unknown,"
		" s.first, s.last, s.sha256 FROM run_sources x"
		" JOIN sources s ON s.id = x.source_id WHERE x.run_id = ? ORDER BY x.n",
	[RUN_SERVICES] = "SELECT n.name, s.entries, s.errors, s.first, s.last, s.last_error,"
			 " s.http_status, s.http_time FROM run_services s"
			 " JOIN names n ON n.id = s.name_id WHERE s.run_id = ? ORDER BY s.n",
	[RUN_NOTES] = "SELECT kind, text FROM run_notes WHERE run_id = ? ORDER BY kind, n",
	[RUN_RESULTS] =
		"SELECT t.name, r.outcome, r.passed, r.failed, r.errors, r.skipped, r.start,"
		" r.duration, r.message, r.source_id, r.line, r.nameless FROM results r"
		" JOIN tests t ON t.id = r.test_id WHERE r.run_id = ? ORDER BY r.n",
	[RUN_ENTRIES] = "SELECT " ENTRY_COLUMNS " FROM run_sources x"
			" CROSS JOIN entries e ON e.source_id = x.source_id" ENTRY_JOINS
			" WHERE x.run_id = ? ORDER BY x.n, e.id",
	[RUN_FINDINGS] = "SELECT f.verdict, f.reason, f.absence, f.count, f.first, f.last,"
			 " " CAUSE_COLUMNS " FROM findings f JOIN causes c ON c.id = f.cause_id"
			 " WHERE f.run_id = ? ORDER BY f.n",
	[RUN_KEYS] = "SELECT finding, name, value FROM finding_keys WHERE run_id = ?"
		     " ORDER BY finding, n",
	[RUN_HITS] = "SELECT " ENTRY_COLUMNS ", h.finding, h.occurrence FROM term_hits h"
		     " CROSS JOIN entries e ON e.id = h.entry_id" ENTRY_JOINS
		     " WHERE h.run_id = ? ORDER BY h.finding, h.occurrence, h.n",
	[RUN_CHAINS] = "SELECT i.id, i.fingerprint, x.verdict, x.verdict_reason,"
		       " x.evidence_ends_at, x.joined_by, x.confidence, " HISTORY_COLUMNS
		       ", " CAUSE_COLUMNS " FROM chains x JOIN incidents i ON i.id = x.incident_id"
		       " LEFT JOIN causes c ON c.id = x.root_id WHERE x.run_id = ? ORDER BY x.n",
	[RUN_WHYS] = "SELECT x.chain, x.n, x.statement, x.basis, x.count, x.first, x.last, x.score,"
		     " x.gap, x.keys_agreed, x.keys_missing, x.order_supported, " CAUSE_COLUMNS
		     " FROM whys x JOIN causes c ON c.id = x.cause_id WHERE x.run_id = ?"
		     " ORDER BY x.chain, x.n",
	[RUN_WHY_EVIDENCE] = "SELECT " ENTRY_COLUMNS ", q.number, q.sha256, q.role, x.chain, x.why"
			     " FROM why_evidence x JOIN evidence q ON q.run_id = x.run_id AND "
			     "q.number = x.evidence"
			     " JOIN entries e ON e.id = q.entry_id" ENTRY_JOINS
			     " WHERE x.run_id = ? ORDER BY x.chain, x.why, x.n",
	[RUN_CHAIN_TESTS] = "SELECT x.chain, t.name FROM chain_tests x"
			    " JOIN tests t ON t.id = x.test_id WHERE x.run_id = ?"
			    " ORDER BY x.chain, x.n",
	[RUN_CHAIN_NOTES] = "SELECT chain, kind, text FROM chain_notes WHERE run_id = ?"
			    " ORDER BY chain, kind, n",
	[RUN_ALTERNATIVES] = "SELECT x.chain, x.verdict, x.because, " CAUSE_COLUMNS
			     " FROM alternatives x JOIN causes c ON c.id = x.cause_id"
			     " WHERE x.run_id = ? ORDER BY x.chain, x.n",
	[RUN_CONTRIBUTING] =
		"SELECT x.chain, f.count, f.first, f.last, " CAUSE_COLUMNS " FROM contributing x"
		" JOIN findings f ON f.run_id = x.run_id AND f.n = x.finding"
		" JOIN causes c ON c.id = f.cause_id WHERE x.run_id = ?"
		" ORDER BY x.chain, x.n",
	[RUN_ACTIONS] = "SELECT chain, kind, text, done_when, state FROM actions WHERE run_id = ?"
			" ORDER BY chain, n",
	/*
	 * What the runs behind ?2 say of a criterion about ?1, in their order: 1 it holds, 0 it does
	 * not, null: such a run cannot tell. Chain ?3 of run ?2 has the action: a cause is absent
	 * only where what that chain broke works.
	 */
	[CRITERION_OF_ABSENCE] = "SELECT r.id, CASE WHEN " FOUND("?1",
		"r.id") " THEN 0"
			" WHEN EXISTS (SELECT 1 FROM chain_tests WHERE run_id = ?2 AND chain = ?3)"
			" THEN nullif(NOT EXISTS (SELECT 1 FROM chain_tests t"
			"  LEFT JOIN results x ON x.test_id = t.test_id AND x.run_id = r.id"
			"  WHERE t.run_id = ?2 AND t.chain = ?3 AND x.outcome IS NOT 'passed'), 0)"
			" WHEN r.complete AND EXISTS (SELECT 1 FROM run_services s WHERE s.run_id "
			"= r.id"
			"  AND s.name_id = (" SERVICE_OF(
				"?2", "?3") ")) THEN 1 END"
					    " FROM runs r WHERE r.id > ?2 ORDER BY r.id",
	[CRITERION_OF_CAUSE] =
		"SELECT r.id, " FOUND("?1", "r.id") " FROM runs r WHERE r.id > ?2 ORDER BY r.id",
	[CRITERION_OF_TEXT] = "SELECT r.id, EXISTS (SELECT 1 FROM run_sources s"
			      "  JOIN entries e ON e.source_id = s.source_id"
			      "  WHERE s.run_id = r.id AND instr(e.text, ?1) > 0)"
			      " FROM runs r WHERE r.id > ?2 ORDER BY r.id",
	[CRITERION_OF_TEST] =
		"SELECT x.run_id, CASE x.outcome WHEN 'passed' THEN 1 WHEN 'failed' THEN 0"
		" WHEN 'error' THEN 0 END FROM results x JOIN tests t ON t.id = x.test_id"
		" WHERE t.name = ?1 AND x.run_id > ?2 ORDER BY x.run_id",
	[INCIDENTS_ALL] = INCIDENTS("i.last_run IS NOT NULL"),
	[INCIDENTS_OPEN] = INCIDENTS("i.state <> 'fixed' AND i.last_run IS NOT NULL"),
	[INCIDENTS_BY_SERVICE] = INCIDENTS("i.service_id = (SELECT id FROM names WHERE name = ?5)"),
	[INCIDENTS_BY_CAUSE] = INCIDENTS("ifnull(i.root_id, i.symptom_id)"
					 " = (SELECT id FROM causes WHERE cause = ?11)"),
	[INCIDENTS_BY_TEST] =
		INCIDENTS("i.id IN (SELECT y.incident_id FROM chain_tests t"
			  " JOIN chains y ON y.run_id = t.run_id AND y.n = t.chain"
			  " WHERE t.test_id = (SELECT id FROM tests WHERE name = ?6))"),
	[INCIDENT_BY_ID] = INCIDENTS("i.id = ?9"),
	[INCIDENT_SIGHTINGS] = "SELECT " RUN_COLUMNS ", x.state, x.verdict FROM runs JOIN"
			       " (SELECT run_id, n, state, verdict FROM chains"
			       "  WHERE incident_id = ?1 ORDER BY run_id DESC, n LIMIT ?2) x"
			       " ON x.run_id = id ORDER BY id DESC, x.n",
	[CAUSES_SEEN] = "SELECT x.run_id, count(*), " CAUSE_COLUMNS " FROM chains x"
			" LEFT JOIN whys w ON w.run_id = x.run_id AND w.chain = x.n AND w.n = 0"
			" JOIN causes c ON c.id = ifnull(x.root_id, w.cause_id)"
			" WHERE x.run_id >= ? GROUP BY c.cause, x.run_id ORDER BY c.cause",
	[RUN_CLOCK] = "SELECT clock_offset, clock_note, rules_sha256 FROM runs WHERE id = ?",
	[INCIDENT_LAST_RUN] = "SELECT last_run FROM incidents WHERE id = ?",
	[INCIDENT_EXISTS] = "SELECT id FROM incidents WHERE id = ? AND occurrences > 0",
	[INCIDENT_PREFIX] = "SELECT id FROM incidents WHERE occurrences > 0"
			    " AND substr(fingerprint, 1, length(?1)) = ?1",
	[INCIDENT_PREFIX_COUNT] = "SELECT count(*) FROM incidents WHERE occurrences > 0"
				  " AND substr(fingerprint, 1, length(?1)) = ?1",
	[JUDGEMENTS] = "SELECT kind, author, time, text, owner, until FROM judgements"
		       " WHERE incident_id = ? ORDER BY id DESC",
	[JUDGEMENT_ADD] = "INSERT INTO judgements(incident_id, kind, author, time, text, owner, "
			  "until, run_id)"
			  " VALUES(?, ?, ?, ?, ?, ?, ?, (SELECT max(id) FROM runs))",
	[RUN_UNDIAGNOSED] = "SELECT t.name, u.first_error, u.newest_error, u.pattern,"
			    " u.missed_because, " CAUSE_COLUMNS " FROM undiagnosed u"
			    " LEFT JOIN tests t ON t.id = u.test_id"
			    " LEFT JOIN causes c ON c.id = u.nearest_id"
			    " WHERE u.run_id = ? ORDER BY u.n",
	[RUN_UNDIAGNOSED_EVIDENCE] =
		"SELECT " ENTRY_COLUMNS ", q.number, q.sha256, q.role, x.undiagnosed"
		" FROM undiagnosed_evidence x"
		" JOIN evidence q ON q.run_id = x.run_id AND q.number = x.evidence"
		" JOIN entries e ON e.id = q.entry_id" ENTRY_JOINS
		" WHERE x.run_id = ? ORDER BY x.undiagnosed, x.n",
	[RUN_UNEXPLAINED] = "SELECT " ENTRY_COLUMNS ", q.number, q.sha256, q.role, u.pattern,"
			    " u.count FROM unexplained u"
			    " JOIN evidence q ON q.run_id = u.run_id AND q.number = u.evidence"
			    " JOIN entries e ON e.id = q.entry_id" ENTRY_JOINS
			    " WHERE u.run_id = ? ORDER BY u.n",
	[RUN_ERRORS] = "SELECT " ENTRY_COLUMNS ", x.pattern, x.count, t.name FROM error_patterns x"
		       " LEFT JOIN tests t ON t.id = x.test_id"
		       " JOIN entries e ON e.id = x.entry_id" ENTRY_JOINS
		       " WHERE x.run_id = ? ORDER BY x.n",
	[ERROR_PASSES] =
		"WITH passed AS (SELECT run_id FROM results JOIN tests ON id = test_id"
		"  WHERE name = ?2 AND outcome = 'passed')"
		" SELECT 1 FROM error_patterns x"
		" LEFT JOIN results r ON r.run_id = x.run_id AND r.test_id = x.test_id"
		" WHERE x.pattern = ?3 AND CASE WHEN x.run_id = ?1 THEN r.outcome = 'passed' ELSE"
		"  (x.run_id IN passed OR x.run_id IN passing_runs)"
		"  AND (x.test_id IS NULL OR r.outcome NOT IN ('failed', 'error')) END LIMIT 1",

	[STATS_TOTALS] = "SELECT count(*), count(DISTINCT o.incident_id),"
			 " count(DISTINCT iif(i.state <> 'fixed', i.id, NULL)),"
			 " count(DISTINCT o.run_id) FROM stats_occurrences o"
			 " JOIN incidents i ON i.id = o.incident_id" STATS_FILTER("o"),
	/* the Monday of a week: the Sunday that comes, or is today, less six days */
	[STATS_WEEKS] =
		"SELECT date(o.time / 1000000000, 'unixepoch', 'weekday 0', '-6 days') AS week,"
		" count(*), count(DISTINCT o.incident_id) FROM stats_occurrences o" STATS_FILTER(
			"o") " AND o.time IS NOT NULL GROUP BY week ORDER BY week",
	[STATS_FIXES] = "WITH f AS (SELECT x.took, row_number() OVER (ORDER BY x.took) AS n,"
			"  count(*) OVER () AS total FROM stats_fixes x" STATS_FILTER(
				"x") ")"
				     " SELECT max(total), CAST(avg(took) AS INTEGER) FROM f"
				     " WHERE n IN ((total + 1) / 2, (total + 2) / 2)",
	[STATS_CAUSES] = "SELECT c.cause, c.title, count(*) AS occurrences,"
			 " count(DISTINCT o.incident_id),"
			 " count(DISTINCT iif(i.state <> 'fixed', i.id, NULL)), max(o.time)"
			 " FROM stats_occurrences o JOIN incidents i ON i.id = o.incident_id"
			 " JOIN causes c ON c.id = o.cause_id" STATS_FILTER(
				 "o") " GROUP BY c.id ORDER BY occurrences DESC, c.cause LIMIT 10",
	[STATS_VERDICTS] =
		"SELECT w.verdict, count(*), sum(w.word IS 'confirm'),"
		" sum(w.word IS 'reject') FROM stats_words w" STATS_FILTER(
			"w") " GROUP BY w.verdict ORDER BY CASE w.verdict WHEN 'CONFIRMED' THEN 1"
			     " WHEN 'LIKELY' THEN 2 WHEN 'POSSIBLE' THEN 3"
			     " WHEN 'INCONCLUSIVE' THEN 4 ELSE 5 END",
	[STATS_VIEWS] = "SELECT sql FROM sqlite_schema WHERE type = 'view'"
			" AND name GLOB 'stats_*' ORDER BY name",
	[TALLIES] =
		"WITH " CHOSEN ","
		" fired AS (SELECT cause_id, count(*) AS findings, count(DISTINCT run_id) AS runs,"
		"  sum(run_id IN passing_runs) AS passing, max(run_id) AS last_run FROM findings"
		"  WHERE verdict = 'fired' AND run_id IN chosen GROUP BY cause_id),"
		" won AS (SELECT cause_id, count(DISTINCT run_id || '/' || chain) AS chains"
		"  FROM whys WHERE basis IN ('observed', 'absent') AND run_id IN chosen"
		"  GROUP BY cause_id),"
		" lost AS (SELECT b.cause_id AS cause_id, b.run_id AS run_id, b.chain AS chain,"
		"  ifnull(h.root_id, w.cause_id) AS winner FROM beaten b"
		"  JOIN chains h ON h.run_id = b.run_id AND h.n = b.chain"
		"  JOIN whys w ON w.run_id = b.run_id AND w.chain = b.chain AND w.n = 0"
		"  WHERE b.run_id IN chosen AND NOT EXISTS (SELECT 1 FROM whys o"
		"   WHERE o.run_id = b.run_id AND o.chain = b.chain AND o.cause_id = b.cause_id"
		"   AND o.basis IN ('observed', 'absent'))),"
		" beats AS (SELECT cause_id, count(*) AS beaten FROM lost GROUP BY cause_id),"
		" cost AS (SELECT cause_id, sum(tries) AS tries, sum(bytes) AS bytes,"
		"  sum(limited) AS limited FROM rule_costs WHERE run_id IN chosen"
		"  GROUP BY cause_id)"
		" SELECT c.cause, ifnull(f.findings, 0), ifnull(f.runs, 0), ifnull(f.passing, 0),"
		" ifnull(won.chains, 0), ifnull(beats.beaten, 0), ifnull(cost.tries, 0),"
		" ifnull(cost.bytes, 0), ifnull(cost.limited, 0), ifnull(f.last_run, 0),"
		" (SELECT max(last) FROM findings WHERE run_id = f.last_run"
		"  AND cause_id = c.id AND verdict = 'fired'),"
		" (SELECT o.cause FROM lost JOIN causes o ON o.id = lost.winner"
		"  WHERE lost.cause_id = c.id GROUP BY o.cause"
		"  ORDER BY count(*) DESC, o.cause LIMIT 1)"
		" FROM causes c LEFT JOIN fired f ON f.cause_id = c.id"
		" LEFT JOIN won ON won.cause_id = c.id LEFT JOIN beats ON beats.cause_id = c.id"
		" LEFT JOIN cost ON cost.cause_id = c.id"
		" WHERE f.findings > 0 OR cost.tries > 0 ORDER BY c.cause",
	[TOTALS] = "WITH " CHOSEN ","
		   " failed AS (SELECT * FROM failures WHERE run_id IN chosen),"
		   " closed AS (SELECT run_id FROM explained_runs WHERE run_id IN chosen),"
		   " open AS (SELECT * FROM unexplained WHERE run_id IN closed)"
		   " SELECT (SELECT count(*) FROM chosen),"
		   " (SELECT count(*) FROM passing_runs WHERE run_id IN chosen),"
		   " (SELECT count(*) FROM failed),"
		   " (SELECT count(*) FROM failed WHERE state = 'explained'),"
		   " (SELECT count(*) FROM failed WHERE state = 'symptom'),"
		   " (SELECT count(*) FROM failed WHERE state = 'undiagnosed'),"
		   " (SELECT count(*) FROM closed),"
		   " (SELECT count(DISTINCT run_id) FROM open),"
		   " (SELECT ifnull(sum(count), 0) FROM open)",

	[PRUNE_HITS] = "DELETE FROM term_hits WHERE run_id IN (" OLD_RUNS ")",
	[PRUNE_ERRORS] = "DELETE FROM error_patterns WHERE run_id IN (" OLD_RUNS ")",
	/* what is let go counts as not read: a pull may ask for it again */
	[PRUNE_SLICES] = "DELETE FROM slices WHERE start < ?1",
	/* of sources that only old runs read, and of what was read for no run, as by a pull */
	[PRUNE_ENTRIES] = "DELETE FROM entries WHERE CASE WHEN source_id IN (SELECT source_id FROM "
			  "run_sources)"
			  " THEN source_id NOT IN (SELECT source_id FROM run_sources"
			  "  WHERE run_id NOT IN (" OLD_RUNS ")) ELSE ifnull(time, 0) < ?1 END"
			  " AND id NOT IN (SELECT entry_id FROM evidence)"
			  " AND id NOT IN (SELECT entry_id FROM term_hits)"
			  " AND id NOT IN (SELECT entry_id FROM error_patterns)",

	[PULL_ID] = "INSERT INTO pulls(resource, filter, source_id) VALUES(?, ?, ?)"
		    " ON CONFLICT(resource, filter) DO UPDATE SET source_id = excluded.source_id"
		    " RETURNING id",
	[SLICES_OF] =
		"SELECT id, start, stop, received, lower, page_size, question, token, token_time,"
		" reached, began, entries, requests, done FROM slices WHERE pull_id = ? ORDER BY "
		"id",
	[SLICE_ADD] = "INSERT INTO slices(pull_id, start, stop, received, lower, page_size, "
		      "question, token,"
		      " token_time, reached, began, entries, requests, done)"
		      " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
	[SLICE_UPDATE] = "UPDATE slices SET lower = ?2, page_size = ?3, question = ?4, token = ?5,"
			 " token_time = ?6, reached = ?7, began = ?8, entries = ?9, requests = ?10,"
			 " done = ?11 WHERE id = ?1",
};

const char *statements_text(enum statement which)
{
	return texts[which];
}
