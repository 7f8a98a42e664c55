#include "unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/test.h"

int fixture_setup(void **state)
{
	struct fixture *fixture = mem_new(NULL, struct fixture);
	struct err err = { 0 };

	strcpy(fixture->folder, "/tmp/fivewhys-store-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL)
		return -1;
	snprintf(fixture->path, sizeof(fixture->path), "%s/history.db", fixture->folder);
	*state = fixture;
	if (store_open(NULL, fixture->path, &fixture->store, &err) == 0)
		return 0;
	print_message("# %s\n", err.text);
	return -1;
}

int fixture_teardown(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	struct fixture *fixture = *state;
	char path[128];

	talloc_free(fixture->store);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", fixture->path, endings[i]);
		unlink(path);
	}
	rmdir(fixture->folder);
	talloc_free(fixture);
	return 0;
}

void fixture_reopen(struct fixture *fixture)
{
	struct err err = { 0 };

	talloc_free(fixture->store);
	fixture->store = NULL;
	if (store_open(NULL, fixture->path, &fixture->store, &err) < 0)
		fail_msg("%s", err.text);
}

struct source_info *fixture_source(TALLOC_CTX *mem, const char *name, const char *content)
{
	struct source_info *source = mem_new(mem, struct source_info);

	source->name = mem_strdup(source, name);
	source->path = source->name;
	source->format = "plain-log";
	source->bytes = strlen(content);
	source->first = TIME_NONE;
	source->last = TIME_NONE;
	digest_of(content, strlen(content), source->sha256);
	return source;
}

struct entry *fixture_entry(TALLOC_CTX *mem, const struct source_info *source, uint64_t line,
	const char *insert_id, const char *text)
{
	struct entry *entry = mem_new(mem, struct entry);

	entry->source = source;
	entry->line = line;
	entry->order = line;
	entry->time = WHEN_SECOND * (int64_t)line;
	entry->severity = SEVERITY_ERROR;
	entry->insert_id = insert_id;
	entry->log = "run.example.com/stderr";
	entry->service = "shop";
	entry->text = text;
	entry->text_len = strlen(text);
	return entry;
}

struct source_info *fixture_read(
	TALLOC_CTX *mem, struct store *store, const char *name, const char *content, unsigned lines)
{
	struct source_info *source = fixture_source(mem, name, content);
	struct err err = { 0 };
	bool known_here;

	if (store_source_begin(store, source, &err) < 0)
		fail_msg("%s", err.text);
	for (unsigned line = 1; line <= lines; line++, source->entries++) {
		char *text = mem_printf(source, "line %u", line);
		struct entry *entry = fixture_entry(source, source, line, NULL, text);

		if (store_entry_add(store, entry, &known_here, &err) < 0)
			fail_msg("%s", err.text);
	}
	if (store_source_end(store, source, &err) < 0)
		fail_msg("%s", err.text);
	return source;
}

static struct evidence *quote(TALLOC_CTX *mem, const struct entry *entry, unsigned number)
{
	struct evidence *evidence = mem_new(mem, struct evidence);

	evidence->number = number;
	evidence->entry = entry;
	evidence->role = "error";
	digest_of(entry->text, entry->text_len, evidence->sha256);
	return evidence;
}

static struct why *add_why(struct diagnosis *diagnosis, const char *id, enum cause_kind kind,
	enum basis basis, struct evidence *evidence)
{
	struct incident *incident = diagnosis->incidents[0];
	struct why *why = mem_new(incident, struct why);
	struct cause *cause = mem_new(why, struct cause);

	cause->id = id;
	cause->title = "A title";
	cause->kind = kind;
	why->cause = cause;
	why->n = (unsigned)incident->why_count;
	why->statement = "It happened";
	why->basis = basis;
	why->count = evidence != NULL;
	why->first = evidence != NULL ? evidence->entry->time : TIME_NONE;
	why->last = why->first;
	if (evidence != NULL) {
		why->evidence = mem_array(why, struct evidence *, 1);
		why->evidence[why->evidence_count++] = evidence;
		diagnosis->evidence[diagnosis->evidence_count++] = evidence;
	}
	incident->whys[incident->why_count++] = why;
	return why;
}

static struct run *make_run(TALLOC_CTX *mem, struct source_info *source, const char *label)
{
	struct run *run = mem_new(mem, struct run);

	run->label = label;
	run->sources = mem_array(run, struct source_info *, 1);
	run->sources[run->source_count++] = source;
	run->tests = mem_array(run, struct test *, 1);
	run->tests[0] = mem_new(run, struct test);
	run->tests[0]->name = "tests/test_shop.py::test_buy";
	run->tests[0]->outcome = OUTCOME_FAILED;
	run->tests[0]->counts.failed = 1;
	run->tests[0]->start = TIME_NONE;
	run->tests[0]->duration = -1;
	run->tests[0]->source = source;
	run->test_count = 1;
	run->counts.failed = 1;
	run->first = WHEN_SECOND;
	run->last = 3 * WHEN_SECOND;
	run->complete = true;
	memcpy(run->sha256, source->sha256, sizeof(run->sha256));
	return run;
}

struct diagnosis *fixture_diagnosis(TALLOC_CTX *mem, struct source_info *source, const char *label)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);
	struct incident *incident = mem_new(diagnosis, struct incident);
	struct entry *first = fixture_entry(diagnosis, source, 1, NULL, "line 1");
	struct entry *second = fixture_entry(diagnosis, source, 2, NULL, "line 2");
	struct why *root;

	diagnosis->run = make_run(diagnosis, source, label);
	diagnosis->incidents = mem_array(diagnosis, struct incident *, 1);
	diagnosis->incidents[diagnosis->incident_count++] = incident;
	diagnosis->evidence = mem_array(diagnosis, struct evidence *, 2);
	incident->whys = mem_array(incident, struct why *, 3);
	add_why(diagnosis, "shop.unavailable", KIND_SYMPTOM, BASIS_OBSERVED,
		quote(diagnosis, first, 1));
	add_why(diagnosis, "database.down", KIND_CAUSE, BASIS_ABSENT, quote(diagnosis, second, 2));
	root = add_why(diagnosis, "database.disk-full", KIND_ROOT, BASIS_ASSERTED, NULL);
	strcpy(incident->fingerprint, "f1:0123");
	incident->verdict = VERDICT_LIKELY;
	incident->root = root->cause;
	incident->tests = diagnosis->run->tests;
	incident->test_count = 1;
	incident->evidence_ends_at = 1;
	incident->confidence = 0.5;
	return diagnosis;
}

struct findings *fixture_findings(TALLOC_CTX *mem, const struct diagnosis *diagnosis)
{
	struct findings *findings = mem_new(mem, struct findings);
	struct why *why = diagnosis->incidents[0]->whys[0];
	struct finding *finding = mem_new(findings, struct finding);

	findings->items = mem_array(findings, struct finding *, 1);
	findings->items[findings->count++] = finding;
	finding->cause = why->cause;
	finding->count = 1;
	finding->first = why->first;
	finding->last = why->last;
	finding->keys = mem_array(finding, struct binding, 1);
	finding->keys[finding->key_count++] = (struct binding){ "service", "shop" };
	finding->occurrences = mem_array(finding, struct occurrence, 1);
	finding->occurrences[0].entries = mem_array(finding, struct entry *, 1);
	finding->occurrences[0].entries[0] = entry_copy(finding, why->evidence[0]->entry);
	finding->occurrences[0].entry_count = 1;
	finding->occurrence_count = 1;
	why->finding = finding;
	return findings;
}

int64_t fixture_number(const struct fixture *fixture, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	sqlite3 *db = NULL;
	int64_t number = -1;

	assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, NULL), 0);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	if (sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return number;
}

int fixture_execute(const struct fixture *fixture, bool foreign_keys, const char *sql)
{
	sqlite3 *db = NULL;
	int code;

	assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, NULL), 0);
	sqlite3_exec(db, foreign_keys ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF",
		NULL, NULL, NULL);
	code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return code;
}

/* What each version added, taken away again, newest first. */
static const struct {
	unsigned version;
	const char *sql;
} undo[] = {
	{ 8, "DROP TABLE source_notes" },
	{ 8, "ALTER TABLE whys DROP COLUMN specificity_factor" },
	{ 8, "ALTER TABLE whys DROP COLUMN time_factor" },
	{ 8, "ALTER TABLE whys DROP COLUMN key_factor" },
	{ 8, "ALTER TABLE whys DROP COLUMN weight" },
	{ 8, "ALTER TABLE whys DROP COLUMN moment" },
	{ 8, "ALTER TABLE results DROP COLUMN step" },
	{ 7, "DROP TABLE run_redactions" },
	{ 6, "ALTER TABLE results DROP COLUMN file_line" },
	{ 6, "ALTER TABLE results DROP COLUMN file" },
	{ 5, "DROP TRIGGER causes_moved" },
	{ 5, "DROP TRIGGER incidents_moved" },
	{ 5, "DROP INDEX incidents_by_state" },
	{ 5, "DROP INDEX incidents_fixed" },
	{ 5, "DROP INDEX incidents_by_layer" },
	{ 5, "ALTER TABLE incidents DROP COLUMN layer" },
	{ 4, "DROP TABLE slices" },
	{ 4, "DROP TABLE pulls" },
	{ 3, "DROP VIEW stats_occurrences" },
	{ 3, "DROP VIEW stats_fixes" },
	{ 3, "DROP VIEW stats_words" },
	{ 3, "DROP TABLE document_words" },
	{ 3, "DROP TABLE documents" },
	{ 3, "DROP TABLE judgements" },
	{ 3, "DROP TABLE run_services" },
	{ 3, "DROP INDEX incidents_by_last_run" },
	{ 3, "DROP INDEX incidents_by_last_chain" },
	{ 3, "DROP INDEX incidents_open" },
	{ 3, "DROP INDEX incidents_by_service" },
	{ 3, "DROP INDEX incidents_by_cause" },
	{ 3, "DROP INDEX chain_tests_by_test" },
	{ 3, "DROP INDEX runs_by_inputs" },
	{ 3, "CREATE UNIQUE INDEX runs_by_inputs"
	     " ON runs(sha256, ifnull(label, ''), ifnull(commit_id, ''))" },
	{ 3, "ALTER TABLE runs DROP COLUMN clock_offset" },
	{ 3, "ALTER TABLE runs DROP COLUMN clock_note" },
	{ 3, "ALTER TABLE runs DROP COLUMN recorded" },
	{ 3, "ALTER TABLE runs DROP COLUMN iteration" },
	{ 3, "ALTER TABLE incidents DROP COLUMN state" },
	{ 3, "ALTER TABLE incidents DROP COLUMN first_run" },
	{ 3, "ALTER TABLE incidents DROP COLUMN last_run" },
	{ 3, "ALTER TABLE incidents DROP COLUMN since_run" },
	{ 3, "ALTER TABLE incidents DROP COLUMN fixed_run" },
	{ 3, "ALTER TABLE incidents DROP COLUMN reached_run" },
	{ 3, "ALTER TABLE incidents DROP COLUMN occurrences" },
	{ 3, "ALTER TABLE incidents DROP COLUMN last_chain" },
	{ 3, "ALTER TABLE incidents DROP COLUMN symptom_id" },
	{ 3, "ALTER TABLE incidents DROP COLUMN root_id" },
	{ 3, "ALTER TABLE incidents DROP COLUMN service_id" },
	{ 3, "CREATE TRIGGER chains_removed AFTER DELETE ON chains BEGIN SELECT 1; END" },
	{ 2, "DROP VIEW beaten" },
	{ 2, "DROP VIEW explained_runs" },
	{ 2, "DROP VIEW failures" },
	{ 2, "DROP VIEW passing_runs" },
	{ 2, "DROP TABLE rule_costs" },
	{ 2, "DROP TABLE error_patterns" },
};

void fixture_go_back(struct fixture *fixture, unsigned version)
{
	char *sql = mem_printf(fixture, "PRAGMA user_version = %u", version);

	talloc_free(fixture->store);
	fixture->store = NULL;
	for (size_t i = 0; i < sizeof(undo) / sizeof(undo[0]); i++)
		if (undo[i].version > version)
			assert_int_equal(fixture_execute(fixture, false, undo[i].sql), SQLITE_OK);
	assert_int_equal(fixture_execute(fixture, false, sql), SQLITE_OK);
}
