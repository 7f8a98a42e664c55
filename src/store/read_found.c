/* What was found in a run: findings, and what stayed open. */
#include "store/read.h"

static void add_finding(struct reading *reading, sqlite3_stmt *rows)
{
	struct finding *finding = mem_new(reading->mem, struct finding);
	bool fired = strcmp((const char *)sqlite3_column_text(rows, 0), "fired") == 0;

	*finding = (struct finding){ .verdict = fired ? FINDING_FIRED : FINDING_INCONCLUSIVE,
		.reason = sql_row_text(finding, rows, 1),
		.absence = sqlite3_column_int(rows, 2) != 0,
		.count = sql_row_count(rows, 3),
		.first = sql_row_time(rows, 4),
		.last = sql_row_time(rows, 5),
		.cause = read_cause(finding, rows, 6) };
	*(struct finding **)read_grow(reading, sizeof(finding)) = finding;
}

/* Numbers of findings begin at 1; foreign keys say that they are there. */
static struct finding *finding_at(const struct reading *reading, sqlite3_stmt *rows, int column)
{
	struct finding **items = reading->items;
	int64_t number = sqlite3_column_int64(rows, column);

	return number >= 1 && (uint64_t)number <= reading->count ? items[number - 1] : NULL;
}

static void add_key(struct reading *reading, sqlite3_stmt *rows)
{
	struct finding *finding = finding_at(reading, rows, 0);

	if (finding == NULL)
		return;
	finding->keys =
		mem_grow(finding, finding->keys, finding->key_count, sizeof(*finding->keys));
	finding->keys[finding->key_count++] =
		(struct binding){ sql_row_text(finding, rows, 1), sql_row_text(finding, rows, 2) };
}

static void widen(struct occurrence *occurrence, int64_t time)
{
	if (time == TIME_NONE)
		return;
	if (occurrence->first == TIME_NONE || time < occurrence->first)
		occurrence->first = time;
	if (occurrence->last == TIME_NONE || time > occurrence->last)
		occurrence->last = time;
}

static void add_hit(struct reading *reading, sqlite3_stmt *rows)
{
	struct finding *finding = finding_at(reading, rows, READ_ENTRY_COLUMNS);
	uint64_t number = sql_row_count(rows, READ_ENTRY_COLUMNS + 1);
	struct occurrence *occurrence;
	struct entry *entry;

	if (finding == NULL)
		return;
	/* hits come by the number of their occurrence, from 1 and without gaps */
	if (number > finding->occurrence_count) {
		finding->occurrences = mem_grow(finding, finding->occurrences,
			finding->occurrence_count, sizeof(*occurrence));
		finding->occurrences[finding->occurrence_count++] =
			(struct occurrence){ .first = TIME_NONE, .last = TIME_NONE };
	}
	occurrence = &finding->occurrences[finding->occurrence_count - 1];
	entry = read_entry(reading->mem, rows, reading->run);
	occurrence->entries =
		mem_grow(finding, occurrence->entries, occurrence->entry_count, sizeof(entry));
	occurrence->entries[occurrence->entry_count++] = entry;
	widen(occurrence, entry->time);
}

int store_run_findings(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct findings *out, struct err *err)
{
	struct reading reading = { .mem = mem, .run = run };

	if (read_rows(store, RUN_FINDINGS, &reading, add_finding, err) < 0 ||
		read_rows(store, RUN_KEYS, &reading, add_key, err) < 0 ||
		read_rows(store, RUN_HITS, &reading, add_hit, err) < 0)
		return -1;
	*out = (struct findings){ reading.items, reading.count };
	return 0;
}

static void add_undiagnosed(struct reading *reading, sqlite3_stmt *rows)
{
	struct undiagnosed *item = mem_new(reading->mem, struct undiagnosed);

	item->test = read_test(rows, 0, reading->run);
	item->first_error = sql_row_text(item, rows, 1);
	item->newest_error = sql_row_text(item, rows, 2);
	item->pattern = sql_row_text(item, rows, 3);
	item->missed_because = sql_row_text(item, rows, 4);
	item->nearest = read_cause(item, rows, 5);
	*(struct undiagnosed **)read_grow(reading, sizeof(item)) = item;
}

static void add_evidence(struct reading *reading, sqlite3_stmt *rows)
{
	struct undiagnosed **items = reading->items, *item;
	uint64_t number = sql_row_count(rows, READ_ENTRY_COLUMNS + 3);

	if (number < 1 || number > reading->count)
		return;
	item = items[number - 1];
	item->evidence =
		mem_grow(item, item->evidence, item->evidence_count, sizeof(*item->evidence));
	item->evidence[item->evidence_count++] = read_evidence(item, rows, reading->run);
}

int store_run_undiagnosed(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct undiagnosed ***out, size_t *count, struct err *err)
{
	struct reading reading = { .mem = mem, .run = run };

	if (read_rows(store, RUN_UNDIAGNOSED, &reading, add_undiagnosed, err) < 0 ||
		read_rows(store, RUN_UNDIAGNOSED_EVIDENCE, &reading, add_evidence, err) < 0)
		return -1;
	*out = reading.items;
	*count = reading.count;
	return 0;
}

static void add_unexplained(struct reading *reading, sqlite3_stmt *rows)
{
	*(struct unexplained *)read_grow(reading, sizeof(struct unexplained)) =
		(struct unexplained){ sql_row_text(reading->mem, rows, READ_ENTRY_COLUMNS + 3),
			sql_row_count(rows, READ_ENTRY_COLUMNS + 4),
			read_evidence(reading->mem, rows, reading->run) };
}

int store_run_unexplained(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct unexplained **out, size_t *count, struct err *err)
{
	struct reading reading = { .mem = mem, .run = run };

	if (read_rows(store, RUN_UNEXPLAINED, &reading, add_unexplained, err) < 0)
		return -1;
	*out = reading.items;
	*count = reading.count;
	return 0;
}

static void add_error(struct reading *reading, sqlite3_stmt *rows)
{
	*(struct error_pattern *)read_grow(reading, sizeof(struct error_pattern)) =
		(struct error_pattern){ sql_row_text(reading->mem, rows, READ_ENTRY_COLUMNS),
			read_test(rows, READ_ENTRY_COLUMNS + 2, reading->run),
			read_entry(reading->mem, rows, reading->run),
			sql_row_count(rows, READ_ENTRY_COLUMNS + 1) };
}

int store_run_errors(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct error_pattern **out, size_t *count, struct err *err)
{
	struct reading reading = { .mem = mem, .run = run };

	if (read_rows(store, RUN_ERRORS, &reading, add_error, err) < 0)
		return -1;
	*out = reading.items;
	*count = reading.count;
	return 0;
}

int store_error_passes(struct store *store, const struct run *run, const struct test *test,
	const char *pattern, struct err *err)
{
	const struct sql_value values[] = { sql_integer(run->id),
		sql_text(test != NULL ? test->name : NULL), sql_text(pattern) };

	return sql_get(store, ERROR_PASSES, values, NULL, err);
}
