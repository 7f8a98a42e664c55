/* Rows as nouns. */
#include "store/read.h"

struct run *read_run(TALLOC_CTX *mem, const struct store *store, sqlite3_stmt *rows)
{
	struct run *run = mem_new(mem, struct run);
	const char *sha256 = sql_row_text(run, rows, 15);

	*run = (struct run){ .id = sqlite3_column_int64(rows, 0),
		.kept = !store->is_private,
		.label = sql_row_text(run, rows, 1),
		.commit = sql_row_text(run, rows, 2),
		.branch = sql_row_text(run, rows, 3),
		.environment = sql_row_text(run, rows, 4),
		.counts = { sql_row_count(rows, 5), sql_row_count(rows, 6), sql_row_count(rows, 7),
			sql_row_count(rows, 8) },
		.first = sql_row_time(rows, 9),
		.last = sql_row_time(rows, 10),
		.entries = sql_row_count(rows, 11),
		.bytes = sql_row_count(rows, 12),
		.redactions = sql_row_count(rows, 13),
		.complete = sqlite3_column_int(rows, 14) != 0,
		.recorded = sql_row_time(rows, 16),
		.iteration = (unsigned)sqlite3_column_int(rows, 17) };
	snprintf(run->sha256, sizeof(run->sha256), "%s", sha256);
	return run;
}

static const struct source_info *source_of(const struct run *run, int64_t id)
{
	for (size_t i = 0; i < run->source_count; i++)
		if (run->sources[i]->id == id)
			return run->sources[i];
	return NULL;
}

struct entry *read_entry(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run)
{
	struct entry *entry = mem_new(mem, struct entry);

	*entry = (struct entry){ .id = sqlite3_column_int64(rows, 0),
		.source = source_of(run, sqlite3_column_int64(rows, 1)),
		.line = sql_row_count(rows, 2),
		.time = sql_row_time(rows, 3),
		.severity = (enum severity)sqlite3_column_int(rows, 4),
		.insert_id = sql_row_text(entry, rows, 5),
		.log = sql_row_text(entry, rows, 6),
		.service = sql_row_text(entry, rows, 7),
		.revision = sql_row_text(entry, rows, 8),
		.instance = sql_row_text(entry, rows, 9),
		.pod = sql_row_text(entry, rows, 10),
		.trace = sql_row_text(entry, rows, 11),
		.span = sql_row_text(entry, rows, 12),
		.thread = sql_row_text(entry, rows, 13),
		.method = sql_row_text(entry, rows, 14),
		.path = sql_row_text(entry, rows, 15),
		.http_status = sqlite3_column_int(rows, 16),
		.text = sql_row_text(entry, rows, 17),
		.text_len = (size_t)sqlite3_column_bytes(rows, 17) };
	return entry;
}

static enum cause_kind kind_named(const char *name)
{
	enum cause_kind kind = KIND_SYMPTOM;

	while (kind < KIND_ROOT && strcmp(cause_kind_name(kind), name) != 0)
		kind++;
	return kind;
}

static enum cause_severity severity_named(const char *name)
{
	enum cause_severity rating = RATING_LOW;

	while (rating < RATING_CRITICAL && strcmp(cause_severity_name(rating), name) != 0)
		rating++;
	return rating;
}

struct cause *read_cause(TALLOC_CTX *mem, sqlite3_stmt *rows, int column)
{
	struct cause *cause;

	if (sqlite3_column_type(rows, column) == SQLITE_NULL)
		return NULL;
	cause = mem_new(mem, struct cause);
	cause->id = sql_row_text(cause, rows, column);
	cause->title = sql_row_text(cause, rows, column + 1);
	cause->kind = kind_named((const char *)sqlite3_column_text(rows, column + 2));
	cause->layer = sql_row_text(cause, rows, column + 3);
	cause->severity = severity_named((const char *)sqlite3_column_text(rows, column + 4));
	cause->leaf = sql_row_text(cause, rows, column + 5);
	return cause;
}

struct evidence *read_evidence(TALLOC_CTX *mem, sqlite3_stmt *rows, const struct run *run)
{
	struct evidence *evidence = mem_new(mem, struct evidence);
	const char *sha256 = sql_row_text(evidence, rows, READ_ENTRY_COLUMNS + 1);

	evidence->entry = read_entry(evidence, rows, run);
	evidence->number = (unsigned)sqlite3_column_int(rows, READ_ENTRY_COLUMNS);
	snprintf(evidence->sha256, sizeof(evidence->sha256), "%s", sha256);
	evidence->role = sql_row_text(evidence, rows, READ_ENTRY_COLUMNS + 2);
	return evidence;
}

struct test *read_test(sqlite3_stmt *rows, int column, const struct run *run)
{
	const char *name = (const char *)sqlite3_column_text(rows, column);

	for (size_t i = 0; name != NULL && i < run->test_count; i++)
		if (strcmp(run->tests[i]->name, name) == 0)
			return run->tests[i];
	return NULL;
}

int read_rows(struct store *store, enum statement which, struct reading *reading, read_add *add,
	struct err *err)
{
	const struct sql_value id = sql_integer(reading->run->id);
	sqlite3_stmt *rows;
	int got;

	if (sql_rows(store, which, &id, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0)
		add(reading, rows);
	return got;
}

void *read_grow(struct reading *reading, size_t size)
{
	reading->items = mem_grow(reading->mem, reading->items, reading->count, size);
	return (char *)reading->items + size * reading->count++;
}

int64_t read_number(const char *name)
{
	int64_t number = 0;

	for (; *name >= '0' && *name <= '9' && number < INT32_MAX; name++)
		number = 10 * number + (*name - '0');
	return *name == '\0' ? number : 0;
}
