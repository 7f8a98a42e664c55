/* The history at a glance: the newest runs, who saw an incident, which causes come back. */
#include "store/read.h"

#include <stdlib.h>

int store_runs_newest(TALLOC_CTX *mem, struct store *store, int64_t before, unsigned limit,
	struct run ***out, size_t *count, struct err *err)
{
	const struct sql_value values[] = { before != 0 ? sql_integer(before) : sql_null(),
		sql_integer(limit) };
	struct run **runs = mem_array(mem, struct run *, limit + 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, RUNS_NEWEST, values, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0)
		runs[found++] = read_run(runs, store, rows);
	*out = runs;
	*count = found;
	return got;
}

int store_sightings(TALLOC_CTX *mem, struct store *store, int64_t incident, unsigned limit,
	struct store_sighting **out, size_t *count, struct err *err)
{
	const struct sql_value values[] = { sql_integer(incident), sql_integer(limit) };
	struct store_sighting *items = mem_array(mem, struct store_sighting, limit + 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, INCIDENT_SIGHTINGS, values, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0)
		items[found++] = (struct store_sighting){ .run = read_run(items, store, rows),
			.state = sql_row_text(items, rows, READ_RUN_COLUMNS),
			.verdict = sql_row_text(items, rows, READ_RUN_COLUMNS + 1) };
	*out = items;
	*count = found;
	return got;
}

static size_t place_of(struct run *const *runs, size_t count, int64_t id)
{
	size_t i = 0;

	while (i < count && runs[i]->id != id)
		i++;
	return i;
}

/* Rows come cause by cause, so the last item is that of the row, or none has it yet. */
static struct store_cause *cause_of(
	struct store_cause **items, size_t *count, sqlite3_stmt *rows, size_t run_count)
{
	const char *id = (const char *)sqlite3_column_text(rows, 2);
	struct store_cause *item;

	if (*count > 0 && strcmp((*items)[*count - 1].cause->id, id) == 0)
		return &(*items)[*count - 1];
	*items = mem_grow(NULL, *items, *count, sizeof(**items));
	item = &(*items)[(*count)++];
	*item = (struct store_cause){ .cause = read_cause(*items, rows, 2),
		.seen = mem_array(*items, uint64_t, run_count) };
	return item;
}

static int compare(const void *left, const void *right)
{
	const struct store_cause *a = left, *b = right;

	if (a->total != b->total)
		return a->total > b->total ? -1 : 1;
	return strcmp(a->cause->id, b->cause->id);
}

int store_causes(TALLOC_CTX *mem, struct store *store, struct run *const *runs, size_t run_count,
	struct store_cause **out, size_t *count, struct err *err)
{
	const struct sql_value oldest = sql_integer(run_count > 0 ? runs[run_count - 1]->id : 0);
	struct store_cause *items = mem_array(mem, struct store_cause, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got = 0;

	if (run_count > 0 && sql_rows(store, CAUSES_SEEN, &oldest, &rows, err) < 0)
		return -1;
	while (run_count > 0 && (got = sql_row(store, rows, err)) > 0) {
		size_t place = place_of(runs, run_count, sqlite3_column_int64(rows, 0));
		struct store_cause *item;

		if (place == run_count)
			continue;
		item = cause_of(&items, &found, rows, run_count);
		item->seen[place] = sql_row_count(rows, 1);
		item->total += item->seen[place];
	}
	qsort(items, found, sizeof(*items), compare);
	*out = items;
	*count = found;
	return got;
}

static int read_names(TALLOC_CTX *mem, struct store *store, enum statement which, const char ***out,
	size_t *count, struct err *err)
{
	const char **names = mem_array(mem, const char *, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, which, NULL, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		names = mem_grow(mem, names, found, sizeof(*names));
		names[found++] = sql_row_text(mem, rows, 0);
	}
	*out = names;
	*count = found;
	return got;
}

int store_choices(TALLOC_CTX *mem, struct store *store, struct store_choices *out, struct err *err)
{
	if (read_names(mem, store, LAYERS_SEEN, &out->layers, &out->layer_count, err) < 0)
		return -1;
	return read_names(mem, store, SERVICES_SEEN, &out->services, &out->service_count, err);
}
