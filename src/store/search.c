/* Searching what was evidence of incidents, and the words of their causes. */
#include "store/read.h"

#include <stdlib.h>

#define SEEN_MAX 20000 /* documents looked at for one page */

/*
 * TEXT as a query of FTS5: all its words, in any order. Each is quoted, so that nothing in it is an
 * operator; the last may go on. To be freed; NULL where there is no word in it.
 */
static char *query_of(const char *text)
{
	char *query = NULL;
	size_t size = 0;
	FILE *stream = mem_check(open_memstream(&query, &size));
	bool any = false;

	for (; *(text += strspn(text, " \t\r\n")) != '\0'; any = true) {
		fputs(any ? " AND \"" : "\"", stream);
		for (; *text != '\0' && strchr(" \t\r\n", *text) == NULL; text++)
			fprintf(stream, "%s%c", *text == '"' ? "\"" : "", *text);
		fputc('"', stream);
	}
	if (any)
		fputs(" *", stream);
	if (fclose(stream) != 0)
		mem_check(NULL);
	if (!any) {
		free(query);
		query = NULL;
	}
	return query;
}

static bool is_known(const struct store_match *matches, size_t count, int64_t incident)
{
	for (size_t i = 0; i < count; i++)
		if (matches[i].incident.id == incident)
			return true;
	return false;
}

/* The incident of a match, as lists show it. */
static int add_match(TALLOC_CTX *mem, struct store *store, int64_t id, char *text,
	struct store_match *out, struct err *err)
{
	const struct store_incident_filter filter = { .id = id, .since = TIME_NONE };
	struct store_incident *items;
	size_t count;

	if (store_incidents(mem, store, &filter, &items, &count, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	*out = (struct store_match){ .incident = items[0], .text = text };
	return 1;
}

/* One match an incident, the newest first. */
static int collect(struct store *store, sqlite3_stmt *rows, size_t limit,
	struct store_match *matches, size_t *count, struct err *err)
{
	int got = 0;

	for (size_t seen = 0; *count < limit && seen < SEEN_MAX; seen++) {
		int64_t id;

		got = sql_row(store, rows, err);
		if (got <= 0)
			break;
		id = sqlite3_column_int64(rows, 0);
		if (is_known(matches, *count, id))
			continue;
		got = add_match(
			matches, store, id, sql_row_text(matches, rows, 1), &matches[*count], err);
		if (got < 0)
			break;
		*count += (size_t)got;
	}
	return got;
}

int store_search(TALLOC_CTX *mem, struct store *store, const char *text, size_t limit,
	struct store_match **out, size_t *count, struct err *err)
{
	struct store_match *matches = mem_array(mem, struct store_match, limit + 1);
	char *query = query_of(text);
	const struct sql_value value = sql_text(query);
	sqlite3_stmt *rows;
	int got = 0;

	*out = matches;
	*count = 0;
	if (query != NULL)
		got = sql_rows(store, DOCUMENTS_FIND, &value, &rows, err);
	if (query != NULL && got >= 0) {
		got = collect(store, rows, limit, matches, count, err);
		sqlite3_reset(rows);
	}
	free(query);
	return got < 0 ? -1 : 0;
}
