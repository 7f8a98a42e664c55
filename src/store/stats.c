/* Figures over the history; see stats.h. The views are in tables_history.c. */
#include "store/stats.h"

#include "store/read.h"

static void take_totals(struct store_stats *stats, sqlite3_stmt *rows)
{
	stats->occurrences = sql_row_count(rows, 0);
	stats->incidents = sql_row_count(rows, 1);
	stats->open = sql_row_count(rows, 2);
	stats->runs = sql_row_count(rows, 3);
}

static void take_fixes(struct store_stats *stats, sqlite3_stmt *rows)
{
	stats->fixes = sql_row_count(rows, 0);
	stats->median = sql_row_time(rows, 1);
}

static void add_week(struct store_stats *stats, sqlite3_stmt *rows)
{
	stats->weeks = mem_grow(stats, stats->weeks, stats->week_count, sizeof(*stats->weeks));
	stats->weeks[stats->week_count++] = (struct store_week){ sql_row_text(stats, rows, 0),
		sql_row_count(rows, 1), sql_row_count(rows, 2) };
}

static void add_cause(struct store_stats *stats, sqlite3_stmt *rows)
{
	stats->causes = mem_grow(stats, stats->causes, stats->cause_count, sizeof(*stats->causes));
	stats->causes[stats->cause_count++] = (struct store_top){ sql_row_text(stats, rows, 0),
		sql_row_text(stats, rows, 1), sql_row_count(rows, 2), sql_row_count(rows, 3),
		sql_row_count(rows, 4), sql_row_time(rows, 5) };
}

static void add_verdict(struct store_stats *stats, sqlite3_stmt *rows)
{
	stats->verdicts =
		mem_grow(stats, stats->verdicts, stats->verdict_count, sizeof(*stats->verdicts));
	stats->verdicts[stats->verdict_count++] =
		(struct store_precision){ sql_row_text(stats, rows, 0), sql_row_count(rows, 1),
			sql_row_count(rows, 2), sql_row_count(rows, 3) };
}

/* Each query, what it answers, and where its rows go. */
static const struct {
	enum statement which;
	const char *title;
	void (*take)(struct store_stats *stats, sqlite3_stmt *rows);
} parts[] = {
	{ STATS_TOTALS, "occurrences, incidents, open ones, runs", take_totals },
	{ STATS_WEEKS, "occurrences a week", add_week },
	{ STATS_FIXES, "time to fix: how many, and the median in nanoseconds", take_fixes },
	{ STATS_CAUSES, "top causes", add_cause },
	{ STATS_VERDICTS, "precision by verdict", add_verdict },
};
#define PART_COUNT (sizeof(parts) / sizeof(parts[0]))

static int begin(struct store *store, size_t part, const struct store_incident_filter *filter,
	sqlite3_stmt **rows, struct err *err)
{
	struct sql_value values[READ_FILTER];

	read_filter(filter, values);
	return sql_rows(store, parts[part].which, values, rows, err);
}

int store_stats(TALLOC_CTX *mem, struct store *store, const struct store_incident_filter *filter,
	struct store_stats **out, struct err *err)
{
	struct store_stats *stats = mem_new(mem, struct store_stats);
	sqlite3_stmt *rows;
	int got = 0;

	stats->median = TIME_NONE;
	for (size_t i = 0; i < PART_COUNT && got == 0; i++) {
		if (begin(store, i, filter, &rows, err) < 0)
			return -1;
		while ((got = sql_row(store, rows, err)) > 0)
			parts[i].take(stats, rows);
	}
	*out = stats;
	return got;
}

static char *add_query(TALLOC_CTX *mem, char *text, const char *title, sqlite3_stmt *rows)
{
	char *query = mem_check(sqlite3_expanded_sql(rows));

	text = mem_printf(mem, "%s\n-- %s\n%s;\n", text, title, query);
	sqlite3_free(query);
	return text;
}

int store_stats_sql(TALLOC_CTX *mem, struct store *store,
	const struct store_incident_filter *filter, char **out, struct err *err)
{
	char *text = mem_strdup(mem, "-- The views, as the history has them:\n");
	sqlite3_stmt *rows;
	int got;

	if (sql_rows(store, STATS_VIEWS, NULL, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0)
		text = mem_printf(mem, "%s-- %s\n", text, sqlite3_column_text(rows, 0));
	for (size_t i = 0; i < PART_COUNT && got == 0; i++) {
		got = begin(store, i, filter, &rows, err);
		if (got < 0)
			break;
		text = add_query(mem, text, parts[i].title, rows);
		sqlite3_reset(rows);
	}
	*out = text;
	return got;
}
