/* Every statement that is run more than once, prepared when first used. */
#include "store/statements.h"

static const char *const texts[STATEMENT_COUNT] = {
	[NAME_FIND] = "SELECT id FROM names WHERE name = ?",
	[NAME_ADD] = "INSERT INTO names(name) VALUES(?) RETURNING id",

	[SOURCE_NEXT] = "SELECT ifnull(max(id), 0) + 1 FROM sources",
	[SOURCE_FIND] = "SELECT id FROM sources WHERE sha256 = ?",
	[SOURCE_ADD] =
		"INSERT INTO sources(id, sha256, name, format, entries, untimed, bytes, skipped,"
		" redactions, truncated, transcript, zone_unknown, first, last)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",

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

	[RUN_FIND] = "SELECT id FROM runs WHERE sha256 = ?1 AND ifnull(label, '') = ifnull(?2, '')"
		     " AND ifnull(commit_id, '') = ifnull(?3, '')",
	[RUN_ADD] = "INSERT INTO runs(sha256, label, commit_id, branch, environment, rules_sha256,"
		    " passed, failed, errors, skipped, first, last, entries, bytes, redactions, "
		    "complete)"
		    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
	[RUN_UPDATE] =
		"UPDATE runs SET branch = ?4, environment = ?5, rules_sha256 = ?6, passed = ?7,"
		" failed = ?8, errors = ?9, skipped = ?10, first = ?11, last = ?12,"
		" entries = ?13, bytes = ?14, redactions = ?15, complete = ?16"
		" WHERE sha256 = ?1 AND ifnull(label, '') = ifnull(?2, '')"
		" AND ifnull(commit_id, '') = ifnull(?3, '') RETURNING id",
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
	[INCIDENT_BEFORE] =
		"SELECT run_id FROM chains WHERE incident_id = ? AND run_id < ? LIMIT 1",
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
};

const char *statements_text(enum statement which)
{
	return texts[which];
}
