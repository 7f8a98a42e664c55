/* Runs, and what was read for them. */
#include "store/read.h"

static int one_run(TALLOC_CTX *mem, struct store *store, enum statement which,
	const struct sql_value *values, struct run **out, struct err *err)
{
	sqlite3_stmt *rows;
	int got;

	if (sql_rows(store, which, values, &rows, err) < 0)
		return -1;
	got = sql_row(store, rows, err);
	if (got > 0)
		*out = read_run(mem, store, rows);
	sqlite3_reset(rows);
	return got;
}

int store_runs(TALLOC_CTX *mem, struct store *store, const struct store_filter *filter,
	struct run ***out, size_t *count, struct err *err)
{
	const struct sql_value values[] = { sql_time(filter->since), sql_text(filter->label) };
	struct run **runs = mem_array(mem, struct run *, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, RUNS_LIST, values, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		runs = mem_grow(mem, runs, found, sizeof(*runs));
		runs[found++] = read_run(mem, store, rows);
	}
	*out = runs;
	*count = found;
	return got;
}

int store_run_find(
	TALLOC_CTX *mem, struct store *store, const char *name, struct run **out, struct err *err)
{
	const struct sql_value id = sql_integer(read_number(name)), label = sql_text(name);
	bool last = strcmp(name, "last") == 0;
	int got = last ? one_run(mem, store, RUN_LAST, NULL, out, err)
		       : one_run(mem, store, RUN_BY_ID, &id, out, err);

	if (got == 0 && !last)
		got = one_run(mem, store, RUN_BY_LABEL, &label, out, err);
	if (got == 0 && last)
		return err_set(err, ERR_NOT_FOUND, "%s: the history has no run yet", store->name);
	if (got == 0)
		return err_set(err, ERR_NOT_FOUND, "%s: no run has the id or the label \"%.200s\"",
			store->name, name);
	return got < 0 ? -1 : 0;
}

int store_run_passing(TALLOC_CTX *mem, struct store *store, const struct run *run,
	const struct test *test, struct run **out, struct err *err)
{
	const struct sql_value values[] = { sql_integer(run->id),
		sql_text(test != NULL ? test->name : NULL) };

	return one_run(mem, store, RUN_PASSING, values, out, err);
}

static void add_source(struct run *run, sqlite3_stmt *rows)
{
	struct source_info *source = mem_new(run, struct source_info);
	const char *sha256 = sql_row_text(source, rows, 14);

	*source = (struct source_info){ .id = sqlite3_column_int64(rows, 0),
		.name = sql_row_text(source, rows, 1),
		.format = sql_row_text(source, rows, 2),
		.entries = sql_row_count(rows, 3),
		.duplicates = sql_row_count(rows, 4),
		.untimed = sql_row_count(rows, 5),
		.bytes = sql_row_count(rows, 6),
		.skipped = sql_row_count(rows, 7),
		.redactions = sql_row_count(rows, 8),
		.truncated = sqlite3_column_int(rows, 9) != 0,
		.transcript = sqlite3_column_int(rows, 10) != 0,
		.zone_unknown = sqlite3_column_int(rows, 11) != 0,
		.first = sql_row_time(rows, 12),
		.last = sql_row_time(rows, 13) };
	snprintf(source->sha256, sizeof(source->sha256), "%s", sha256);
	run->sources = mem_grow(run, run->sources, run->source_count, sizeof(*run->sources));
	run->sources[run->source_count++] = source;
}

static enum outcome outcome_named(const char *name)
{
	enum outcome outcome = OUTCOME_NONE;

	while (outcome + 1 < OUTCOME_COUNT && strcmp(outcome_name(outcome), name) != 0)
		outcome++;
	return outcome;
}

static void add_test(struct run *run, sqlite3_stmt *rows)
{
	struct test *test = mem_new(run, struct test);
	int64_t source = sqlite3_column_int64(rows, 9);

	*test = (struct test){ .name = sql_row_text(test, rows, 0),
		.outcome = outcome_named((const char *)sqlite3_column_text(rows, 1)),
		.counts = { sql_row_count(rows, 2), sql_row_count(rows, 3), sql_row_count(rows, 4),
			sql_row_count(rows, 5) },
		.start = sql_row_time(rows, 6),
		.duration = sqlite3_column_type(rows, 7) == SQLITE_NULL
				    ? -1
				    : sqlite3_column_int64(rows, 7),
		.message = sql_row_text(test, rows, 8),
		.line = sql_row_count(rows, 10),
		.nameless = sqlite3_column_int(rows, 11) != 0,
		.file = sql_row_text(test, rows, 12),
		.file_line = sql_row_count(rows, 13),
		.step = sqlite3_column_int(rows, 14) != 0 };
	for (size_t i = 0; i < run->source_count; i++)
		if (run->sources[i]->id == source)
			test->source = run->sources[i];
	run->tests = mem_grow(run, run->tests, run->test_count, sizeof(*run->tests));
	run->tests[run->test_count++] = test;
}

static void add_service(struct run *run, sqlite3_stmt *rows)
{
	run->services = mem_grow(run, run->services, run->service_count, sizeof(*run->services));
	run->services[run->service_count++] = (struct service){ .name = sql_row_text(run, rows, 0),
		.entries = sql_row_count(rows, 1),
		.errors = sql_row_count(rows, 2),
		.first = sql_row_time(rows, 3),
		.last = sql_row_time(rows, 4),
		.last_error = sql_row_time(rows, 5),
		.http_status = sqlite3_column_int(rows, 6),
		.http_time = sql_row_time(rows, 7) };
}

/* What the scan ledger says beside its sources. */
static void add_note(struct run *run, sqlite3_stmt *rows)
{
	const struct {
		const char *kind, ***texts;
		size_t *count;
	} kinds[] = {
		{ "gap", &run->gaps, &run->gap_count },
		{ "limit", &run->limits, &run->limit_count },
		{ "count", &run->count_notes, &run->count_note_count },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].kind, (const char *)sqlite3_column_text(rows, 0)) != 0)
			continue;
		*kinds[i].texts =
			mem_grow(run, *kinds[i].texts, *kinds[i].count, sizeof(**kinds[i].texts));
		(*kinds[i].texts)[(*kinds[i].count)++] = sql_row_text(run, rows, 1);
	}
}

static void add_source_note(struct run *run, sqlite3_stmt *rows)
{
	for (size_t i = 0; i < run->source_count; i++) {
		struct source_info *source = run->sources[i];

		if (source->id != sqlite3_column_int64(rows, 0))
			continue;
		source->notes =
			mem_grow(source, source->notes, source->note_count, sizeof(*source->notes));
		source->notes[source->note_count++] = sql_row_text(source, rows, 1);
	}
}

static void add_redacted(struct run *run, sqlite3_stmt *rows)
{
	run_add_redacted(run, (const char *)sqlite3_column_text(rows, 0), sql_row_count(rows, 1));
}

int store_run_load(struct store *store, struct run *run, struct err *err)
{
	static const struct {
		enum statement which;
		void (*add)(struct run *run, sqlite3_stmt *rows);
	} parts[] = { { RUN_SOURCES, add_source }, { RUN_RESULTS, add_test },
		{ RUN_SERVICES, add_service }, { RUN_NOTES, add_note },
		{ SOURCE_NOTES, add_source_note }, { RUN_REDACTED, add_redacted } };
	const struct sql_value id = sql_integer(run->id);
	sqlite3_stmt *rows;
	int got = 0;

	run->source_count = run->test_count = run->service_count = 0;
	run->redacted_count = 0;
	run->gap_count = run->limit_count = run->count_note_count = 0;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && got == 0; i++) {
		if (sql_rows(store, parts[i].which, &id, &rows, err) < 0)
			return -1;
		while ((got = sql_row(store, rows, err)) > 0)
			parts[i].add(run, rows);
	}
	return got;
}

int store_run_entries(struct store *store, const struct run *run, store_entry_visit *visit,
	void *context, struct err *err)
{
	const struct sql_value id = sql_integer(run->id);
	sqlite3_stmt *rows;
	int got, result = 0;

	if (sql_rows(store, RUN_ENTRIES, &id, &rows, err) < 0)
		return -1;
	while (result == 0 && (got = sql_row(store, rows, err)) != 0) {
		struct entry *entry = got > 0 ? read_entry(NULL, rows, run) : NULL;

		result = got < 0 ? -1 : visit(context, entry, err);
		talloc_free(entry);
	}
	sqlite3_reset(rows);
	return result;
}
