/* Every statement that is run more than once, prepared when first used: those that write. */
#include "store/statements.h"
#include "store/statements_parts.h"

#include <stddef.h>

/* Runs that ended before ?1; without any time, by when they were kept. */
#define OLD_RUNS "SELECT id FROM runs WHERE coalesce(last, recorded, 0) < ?1"

static const char *const writing[STATEMENT_COUNT] = {
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
	[SOURCE_NOTE_ADD] =
		"INSERT OR IGNORE INTO source_notes(run_id, source_id, n, text) VALUES(?, ?, ?, ?)",
	[RUN_NOTE_ADD] = "INSERT INTO run_notes(run_id, kind, n, text) VALUES(?, ?, ?, ?)",
	[RUN_REDACTED_ADD] = "INSERT INTO run_redactions(run_id, kind, count) VALUES(?, ?, ?)",
	[RESULT_ADD] =
		"INSERT INTO results(run_id, n, test_id, outcome, passed, failed, errors,"
		" skipped, start, duration, message, source_id, line, nameless, file,"
		" file_line, step) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",

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
		" count, first, last, moment, score, gap, keys_agreed, keys_missing,"
		" order_supported, weight, key_factor, time_factor, specificity_factor)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
	return writing[which] != NULL ? writing[which] : statements_reading[which];
}
