/*
 * Makes a large history: history FILE RUNS. Each run has 100 incidents of its own with 10 pieces of
 * evidence each, and all runs draw from the same causes, services and words. The schema is the
 * store's own, and its CHECKs and triggers look at every row; the rows go past the functions that
 * make them one run at a time, as those would take an hour.
 */
#include "corpus.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

#define CHAINS 100 /* of a run */
#define PIECES 10 /* of evidence, of a chain */
#define WHYS 5
#define CAUSES 200
#define SERVICES 20
#define TESTS 500
#define START INT64_C(1756684800000000000)
#define HOUR INT64_C(3600000000000)

enum row {
	NAME,
	TEST,
	CAUSE,
	SOURCE,
	ENTRY,
	RUN,
	RUN_SOURCE,
	RESULT,
	EVIDENCE,
	INCIDENT,
	CHAIN,
	CHAIN_TEST,
	WHY,
	WHY_EVIDENCE,
	ACTION,
	DOCUMENT,
	WORDS,
	ROW_COUNT
};

/* ?1, ?2, ... are integers but for those that put is given as texts. */
static const char *const sql[ROW_COUNT] = {
	[NAME] = "INSERT INTO names(id, name) VALUES(?, ?)",
	[TEST] = "INSERT INTO tests(id, name) VALUES(?, ?)",
	[CAUSE] = "INSERT INTO causes(id, cause, title, kind, layer, severity)"
		  " VALUES(?1, ?2, ?3, 'root', printf('layer-%d', ?1 % 10), 'high')",
	[SOURCE] = "INSERT INTO sources(id, sha256, name, format, entries, untimed, bytes, skipped,"
		   " redactions, truncated, transcript, zone_unknown, first, last)"
		   " VALUES(?1, printf('%064d', ?1), 'log.ndjson', 'ndjson', 1000, 0, 100000, 0, 0,"
		   " 0, 0, 0, ?2, ?2)",
	[ENTRY] = "INSERT INTO entries(id, source_id, line, time, severity, log_id, service_id,"
		  " insert_id, text) VALUES(?1, ?2, ?1, ?3, 5, 1, ?4, printf('i%d', ?1), ?5)",
	[RUN] = "INSERT INTO runs(id, sha256, label, rules_sha256, passed, failed, errors, skipped,"
		" first, last, entries, bytes, redactions, complete, recorded)"
		" VALUES(?1, printf('%064d', ?1), printf('nightly-%d', ?1), 'r', 400, 100, 0, 0, "
		"?2,"
		" ?2, 1000, 100000, 0, 1, ?2)",
	[RUN_SOURCE] = "INSERT INTO run_sources(run_id, n, source_id, name, duplicates)"
		       " VALUES(?1, 1, ?1, 'log.ndjson', 0)",
	[RESULT] = "INSERT INTO results(run_id, n, test_id, outcome, passed, failed, errors,"
		   " skipped, message, source_id, line, nameless)"
		   " VALUES(?1, ?2, ?2, iif(?2 <= 100, 'failed', 'passed'), ?2 > 100, ?2 <= 100, 0,"
		   " 0, NULL, ?1, ?2, 0)",
	[EVIDENCE] = "INSERT INTO evidence(run_id, number, entry_id, place, line, time, text,"
		     " sha256, role) VALUES(?1, ?2, ?3, 'insertId', 1, ?4, ?5,"
		     " printf('%064d', ?3), 'a term')",
	[INCIDENT] =
		"INSERT INTO incidents(id, fingerprint, state, first_run, last_run, since_run,"
		" fixed_run, reached_run, occurrences, last_chain, symptom_id, root_id,"
		" service_id, layer) VALUES(?1, printf('f1:%064d', ?1), iif(?1 % 50 = 0, 'new',"
		" 'fixed'), ?2, ?2, ?2, iif(?1 % 50 = 0, NULL, ?2 + 1), ?2, 1, ?3, ?4, ?5, ?6,"
		" printf('layer-%d', ?5 % 10))",
	[CHAIN] = "INSERT INTO chains(run_id, n, incident_id, verdict, verdict_reason, state,"
		  " root_id, evidence_ends_at, confidence) VALUES(?, ?, ?, 'LIKELY', 'a rival is"
		  " close', 'new', ?, 4, 0.5)",
	[CHAIN_TEST] = "INSERT INTO chain_tests(run_id, chain, n, test_id) VALUES(?, ?, 1, ?)",
	[WHY] = "INSERT INTO whys(run_id, chain, n, cause_id, statement, basis, evidence, count,"
		" first, last, score, order_supported) VALUES(?1, ?2, ?3, ?4, ?5, 'observed', ?6,"
		" 2, ?7, ?7, 0.9, 1)",
	[WHY_EVIDENCE] = "INSERT INTO why_evidence(run_id, chain, why, n, evidence)"
			 " VALUES(?, ?, ?, ?, ?)",
	[ACTION] = "INSERT INTO actions(run_id, chain, n, kind, text, done_when, state)"
		   " VALUES(?, ?, 1, 'fix', 'Give the service what it waits for.', NULL, 'open')",
	[DOCUMENT] = "INSERT INTO documents(id, incident_id, sha256, text)"
		     " VALUES(?1, ?2, printf('%064d', ?1), ?3)",
	[WORDS] = "INSERT INTO document_words(rowid, text) VALUES(?, ?)",
};

static sqlite3 *db;
static sqlite3_stmt *statements[ROW_COUNT];
static struct dice dice;
static int64_t entry_id, incident_id;

static void check(int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE)
		return;
	fprintf(stderr, "history: %s\n", sqlite3_errmsg(db));
	exit(1);
}

/* FORMAT has a letter a parameter: "i" for an int64_t, "t" for a text. */
static void put(enum row row, const char *format, ...)
{
	sqlite3_stmt *statement = statements[row];
	va_list arguments;

	va_start(arguments, format);
	for (int i = 1; *format != '\0'; format++, i++)
		if (*format == 't')
			check(sqlite3_bind_text(
				statement, i, va_arg(arguments, const char *), -1, SQLITE_STATIC));
		else
			check(sqlite3_bind_int64(statement, i, va_arg(arguments, int64_t)));
	va_end(arguments);
	check(sqlite3_step(statement));
	check(sqlite3_reset(statement));
}

/* One word in ten is rare, as ids of requests are. */
static void make_text(char *out, size_t size)
{
	static const char *const words[] = { "connection", "refused", "timeout", "pool", "worker",
		"container", "module", "missing", "token", "expired", "database", "session",
		"upstream", "request", "failed", "while", "reading", "header", "agent", "started" };
	size_t at = 0;

	for (int i = 0; i < 12; i++)
		at += (size_t)snprintf(
			out + at, size - at, "%s%s", i > 0 ? " " : "", words[dice_roll(&dice, 20)]);
	snprintf(out + at, size - at, " id%06x", dice_roll(&dice, 0x1000000));
}

static void put_piece(int64_t run, int64_t chain, int64_t piece, int64_t time, int64_t service)
{
	char text[256];

	make_text(text, sizeof(text));
	entry_id++;
	put(ENTRY, "iiiit", entry_id, run, time, service, text);
	put(EVIDENCE, "iiiit", run, (chain - 1) * PIECES + piece, entry_id, time, text);
	put(DOCUMENT, "iit", entry_id, incident_id, text);
	put(WORDS, "it", entry_id, text);
}

static void put_chain(int64_t run, int64_t chain, int64_t time)
{
	int64_t service = 2 + dice_roll(&dice, SERVICES), root = 1 + dice_roll(&dice, CAUSES);
	int64_t symptom = 1 + dice_roll(&dice, CAUSES), first = (chain - 1) * PIECES;

	incident_id++;
	put(INCIDENT, "iiiiii", incident_id, run, chain, symptom, root, service);
	put(CHAIN, "iiii", run, chain, incident_id, root);
	put(CHAIN_TEST, "iii", run, chain, chain);
	put(ACTION, "ii", run, chain);
	for (int64_t i = 1; i <= PIECES; i++)
		put_piece(run, chain, i, time + i, service);
	for (int64_t i = 0; i < WHYS; i++) {
		put(WHY, "iiiitii", run, chain, i, i == 0 ? symptom : root,
			"The worker waited for the pool, and the pool was empty.",
			first + 2 * i + 1, time);
		put(WHY_EVIDENCE, "iiiii", run, chain, i, (int64_t)1, first + 2 * i + 1);
		put(WHY_EVIDENCE, "iiiii", run, chain, i, (int64_t)2, first + 2 * i + 2);
	}
}

static void put_run(int64_t run)
{
	int64_t time = START + run * HOUR;

	put(SOURCE, "ii", run, time);
	put(RUN, "ii", run, time);
	put(RUN_SOURCE, "i", run);
	for (int64_t i = 1; i <= TESTS; i++)
		put(RESULT, "ii", run, i);
	for (int64_t i = 1; i <= CHAINS; i++)
		put_chain(run, i, time);
}

static void put_names(void)
{
	char name[64], title[64];

	put(NAME, "it", (int64_t)1, "log");
	for (int64_t i = 0; i < SERVICES; i++) {
		snprintf(name, sizeof(name), "service-%d", (int)i);
		put(NAME, "it", i + 2, name);
	}
	for (int64_t i = 1; i <= TESTS; i++) {
		snprintf(name, sizeof(name), "tests/e2e/test_%d.py::test_it", (int)i);
		put(TEST, "it", i, name);
	}
	for (int64_t i = 1; i <= CAUSES; i++) {
		snprintf(name, sizeof(name), "deploy.cause-%d", (int)i);
		snprintf(title, sizeof(title), "The deployment lacks part %d", (int)i);
		put(CAUSE, "itt", i, name, title);
	}
}

int main(int argc, char **argv)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	int64_t runs = argc == 3 ? atoll(argv[2]) : 0;
	struct store *store;
	struct err err = { 0 };

	if (runs < 1) {
		fprintf(stderr, "usage: history FILE RUNS\n");
		return 2;
	}
	if (store_open(mem, argv[1], &store, &err) < 0) {
		fprintf(stderr, "history: %s\n", err.text);
		return 1;
	}
	talloc_free(mem);
	dice = dice_of(1);
	check(sqlite3_open(argv[1], &db));
	check(sqlite3_exec(db, "PRAGMA synchronous = OFF; BEGIN", NULL, NULL, NULL));
	for (int i = 0; i < ROW_COUNT; i++)
		check(sqlite3_prepare_v2(db, sql[i], -1, &statements[i], NULL));
	put_names();
	for (int64_t i = 1; i <= runs; i++)
		put_run(i);
	check(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
	for (int i = 0; i < ROW_COUNT; i++)
		sqlite3_finalize(statements[i]);
	check(sqlite3_close(db));
	return 0;
}
