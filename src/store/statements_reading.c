/* The statements that read what was kept; see statements.h. */
#include "store/statements.h"
#include "store/statements_parts.h"

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
 * What store_incident_filter says of incident i but for the time: ?3 its state (that of one whose
 * newest runs tell nothing is "not reached"), ?4 layer, ?5 service, ?6 test, ?10 open, ?11 cause.
 */
#define FITS                                                                                       \
	"(?3 IS NULL OR ?3 = CASE WHEN i.state <> 'fixed' AND i.reached_run <"                     \
	"  (SELECT max(id) FROM runs) THEN 'not reached' ELSE i.state END)"                        \
	" AND (?4 IS NULL OR i.layer = ?4)"                                                        \
	" AND (?5 IS NULL OR i.service_id = (SELECT id FROM names WHERE name = ?5))"               \
	" AND (?6 IS NULL OR i.id IN (" OF_TEST "))"                                               \
	" AND (?10 = 0 OR i.state <> 'fixed') AND (?11 IS NULL OR " OF_CAUSE ")"
#define OF_TEST                                                                                    \
	"SELECT y.incident_id FROM chain_tests t"                                                  \
	" JOIN chains y ON y.run_id = t.run_id AND y.n = t.chain"                                  \
	" WHERE t.test_id = (SELECT id FROM tests WHERE name = ?6)"
#define OF_CAUSE "ifnull(i.root_id, i.symptom_id) = (SELECT id FROM causes WHERE cause = ?11)"
/* When the symptom of incident i was seen last; ?7: then or later. No run ends before its entries. */
#define LAST_SEEN                                                                                  \
	"(SELECT ifnull((SELECT last FROM whys WHERE run_id = i.last_run"                          \
	" AND chain = i.last_chain AND n = 0), last) FROM runs WHERE id = i.last_run)"
#define FIRST_RUN_SINCE                                                                            \
	"iif(?7 IS NULL, 0, (SELECT id FROM runs WHERE last >= ?7 ORDER BY id LIMIT 1))"

/*
 * A list of incidents, newest first, with the last chain of each; WHICH is a condition that an
 * index knows. (?1, ?2): the row before the page; the rest is looked at row by row.
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
	" AND (i.last_run, i.id) < (?1, ?2) AND i.last_run >= " FIRST_RUN_SINCE " AND " FITS       \
	" AND (?7 IS NULL OR " LAST_SEEN " >= ?7)"                                                 \
	" ORDER BY i.last_run DESC, i.id DESC LIMIT ?8"

/* What store_incident_filter says of a row of one of the views stats_*, which has its own time. */
#define STATS_FILTER(row)                                                                          \
	" WHERE (?7 IS NULL OR " row ".time >= ?7)"                                                \
	" AND " row ".incident_id IN (SELECT i.id FROM incidents i WHERE " FITS ")"

/* Did a rule fire for this cause in that run? */
#define FOUND(cause, run)                                                                          \
	"EXISTS (SELECT 1 FROM findings f JOIN causes c ON c.id = f.cause_id"                      \
	" WHERE c.cause = " cause " AND f.run_id = " run " AND f.verdict = 'fired')"

const char *const statements_reading[STATEMENT_COUNT] = {
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
	[SOURCE_NOTES] = "SELECT source_id, text FROM source_notes WHERE run_id = ?"
			 " ORDER BY source_id, n",
	[RUN_NOTES] = "SELECT kind, text FROM run_notes WHERE run_id = ? ORDER BY kind, n",
	[TABLE_NAMES] = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
			" AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
	[RUN_REDACTED] = "SELECT kind, count FROM run_redactions WHERE run_id = ? ORDER BY kind",
	[RUN_RESULTS] =
		"SELECT t.name, r.outcome, r.passed, r.failed, r.errors, r.skipped, r.start,"
		" r.duration, r.message, r.source_id, r.line, r.nameless, r.file, r.file_line,"
		" r.step"
		" FROM results r JOIN tests t ON t.id = r.test_id WHERE r.run_id = ? ORDER BY r.n",
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
		     " x.gap, x.keys_agreed, x.keys_missing, x.order_supported, x.moment, x.weight,"
		     " x.key_factor, x.time_factor, x.specificity_factor, " CAUSE_COLUMNS
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
	/* the newest first: ranking all that match would cost more than it tells */
	[DOCUMENTS_FIND] = "SELECT d.id, d.incident_id, d.text, i.occurrences > 0 AND " FITS
			   " AND (?7 IS NULL OR " LAST_SEEN " >= ?7) FROM document_words w"
			   " JOIN documents d ON d.id = w.rowid"
			   " JOIN incidents i ON i.id = d.incident_id"
			   " WHERE document_words MATCH ?1 AND w.rowid < ?2"
			   " ORDER BY w.rowid DESC",
	/*
	 * A newer text of incident ?3, from document ?2 on, that matches: it was told before. Words are
	 * looked up once, and not for each text, as the beginning of a word costs milliseconds.
	 */
	[DOCUMENT_NEWER] =
		"SELECT w.rowid FROM (SELECT max(id) AS id FROM documents"
		" WHERE incident_id = ?3 AND id >= ?2) n CROSS JOIN document_words w"
		" WHERE n.id IS NOT NULL AND document_words MATCH ?1"
		" AND w.rowid BETWEEN ?2 AND n.id"
		" AND (SELECT incident_id FROM documents WHERE id = w.rowid) = ?3 LIMIT 1",
	[INCIDENTS_ALL] = INCIDENTS("i.last_run IS NOT NULL"),
	[INCIDENTS_OPEN] = INCIDENTS("i.state <> 'fixed' AND i.last_run IS NOT NULL"),
	[INCIDENTS_FIXED] = INCIDENTS("i.state = 'fixed'"),
	[INCIDENTS_BY_STATE] =
		INCIDENTS("i.state = ?3 AND i.reached_run = (SELECT max(id) FROM runs)"),
	[INCIDENTS_BY_LAYER] = INCIDENTS("i.layer = ?4"),
	[INCIDENTS_BY_SERVICE] = INCIDENTS("i.service_id = (SELECT id FROM names WHERE name = ?5)"),
	[INCIDENTS_BY_CAUSE] = INCIDENTS(OF_CAUSE),
	[INCIDENTS_BY_TEST] = INCIDENTS("i.id IN (" OF_TEST ")"),
	[INCIDENT_BY_ID] = INCIDENTS("i.id = ?9"),
	[INCIDENT_SIGHTINGS] = "SELECT " RUN_COLUMNS ", x.state, x.verdict FROM runs JOIN"
			       " (SELECT run_id, n, state, verdict FROM chains"
			       "  WHERE incident_id = ?1 ORDER BY run_id DESC, n LIMIT ?2) x"
			       " ON x.run_id = id ORDER BY id DESC, x.n",
	[CAUSES_SEEN] = "SELECT x.run_id, count(*), " CAUSE_COLUMNS " FROM chains x"
			" LEFT JOIN whys w ON w.run_id = x.run_id AND w.chain = x.n AND w.n = 0"
			" JOIN causes c ON c.id = ifnull(x.root_id, w.cause_id)"
			" WHERE x.run_id >= ? GROUP BY c.cause, x.run_id ORDER BY c.cause",
	/* from one value of an index to the next, past all rows between them */
	[LAYERS_SEEN] =
		"WITH RECURSIVE seen(x) AS (SELECT min(layer) FROM incidents UNION ALL"
		" SELECT (SELECT min(layer) FROM incidents WHERE layer > x) FROM seen"
		" WHERE x IS NOT NULL LIMIT 101) SELECT x FROM seen WHERE x IS NOT NULL LIMIT 100",
	[SERVICES_SEEN] =
		"WITH RECURSIVE seen(x) AS (SELECT min(service_id) FROM incidents UNION ALL"
		" SELECT (SELECT min(service_id) FROM incidents WHERE service_id > x)"
		" FROM seen WHERE x IS NOT NULL LIMIT 101) SELECT name FROM seen"
		" JOIN names ON id = x ORDER BY name LIMIT 100",
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
};
