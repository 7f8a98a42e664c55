/* What the history says of the rules, in one query for all of them, and one for the totals. */
#include "store/read.h"

static struct store_tally tally_in(TALLOC_CTX *mem, sqlite3_stmt *rows)
{
	return (struct store_tally){ .cause = sql_row_text(mem, rows, 0),
		.findings = sql_row_count(rows, 1),
		.runs = sql_row_count(rows, 2),
		.passing = sql_row_count(rows, 3),
		.chains = sql_row_count(rows, 4),
		.beaten = sql_row_count(rows, 5),
		.tries = sql_row_count(rows, 6),
		.bytes = sql_row_count(rows, 7),
		.limited = sql_row_count(rows, 8),
		.last_run = sqlite3_column_int64(rows, 9),
		.last = sql_row_time(rows, 10),
		.winner = sql_row_text(mem, rows, 11) };
}

int store_tallies(TALLOC_CTX *mem, struct store *store, const struct store_filter *filter,
	struct store_tally **out, size_t *count, struct err *err)
{
	const struct sql_value values[] = { sql_time(filter->since), sql_text(filter->label) };
	struct store_tally *tallies = mem_array(mem, struct store_tally, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, TALLIES, values, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		tallies = mem_grow(mem, tallies, found, sizeof(*tallies));
		tallies[found++] = tally_in(mem, rows);
	}
	*out = tallies;
	*count = found;
	return got;
}

int store_totals(struct store *store, const struct store_filter *filter, struct store_totals *out,
	struct err *err)
{
	const struct sql_value values[] = { sql_time(filter->since), sql_text(filter->label) };
	sqlite3_stmt *rows;
	int got;

	if (sql_rows(store, TOTALS, values, &rows, err) < 0)
		return -1;
	got = sql_row(store, rows, err);
	if (got > 0)
		*out = (struct store_totals){ .runs = sql_row_count(rows, 0),
			.passing = sql_row_count(rows, 1),
			.failures = sql_row_count(rows, 2),
			.explained = sql_row_count(rows, 3),
			.symptoms = sql_row_count(rows, 4),
			.undiagnosed = sql_row_count(rows, 5),
			.explained_runs = sql_row_count(rows, 6),
			.open_runs = sql_row_count(rows, 7),
			.open_errors = sql_row_count(rows, 8) };
	sqlite3_reset(rows);
	return got < 0 ? -1 : 0;
}
