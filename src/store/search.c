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

/* One page while it is read. ALL holds the values of the filter, and those of the query before them. */
struct page {
	struct store *store;
	struct sql_value all[READ_FILTER];
	struct store_match *matches;
	size_t count, limit;
	int64_t before; /* document where it begins; 0: at the newest */
	int64_t last; /* document that was told of */
};

/* 1: a page before has told of this incident. */
static int is_told(struct page *page, int64_t incident, struct err *err)
{
	const struct sql_value values[] = { page->all[0], page->all[1], sql_integer(incident) };
	int64_t newer;

	if (page->before == 0)
		return 0;
	return sql_get(page->store, DOCUMENT_NEWER, values, &newer, err);
}

/* The incident of a match, as lists show it. */
static int add_match(struct page *page, int64_t id, char *text, struct err *err)
{
	const struct store_incident_filter filter = { .id = id, .since = TIME_NONE };
	struct store_incident *items;
	size_t count;

	if (store_incidents(page->matches, page->store, &filter, &items, &count, err) < 0)
		return -1;
	if (count > 0)
		page->matches[page->count++] = (struct store_match){ items[0], text };
	return 0;
}

/* The document at hand. 1: it is one match too many, so that there is a next page. */
static int look(struct page *page, sqlite3_stmt *rows, struct err *err)
{
	int64_t incident = sqlite3_column_int64(rows, 1);
	int told;

	if (sqlite3_column_int(rows, 3) != 1 || is_known(page->matches, page->count, incident))
		return 0;
	told = is_told(page, incident, err);
	if (told != 0)
		return told < 0 ? -1 : 0;
	if (page->count == page->limit)
		return 1;
	page->last = sqlite3_column_int64(rows, 0);
	return add_match(page, incident, sql_row_text(page->matches, rows, 2), err);
}

/* One match an incident, the newest first. *NEXT: where another page begins. */
static int collect(struct page *page, sqlite3_stmt *rows, int64_t *next, struct err *err)
{
	int got = 1, more = 0;

	for (size_t seen = 0; more == 0 && (got = sql_row(page->store, rows, err)) > 0; seen++) {
		if (seen == SEEN_MAX) {
			page->last = sqlite3_column_int64(rows, 0) + 1;
			more = 1;
		} else
			more = look(page, rows, err);
	}
	sqlite3_reset(rows);
	if (got < 0 || more < 0)
		return -1;
	*next = more > 0 ? page->last : 0;
	return 0;
}

int store_search(TALLOC_CTX *mem, struct store *store, const struct store_query *query,
	struct store_match **out, size_t *count, int64_t *next, struct err *err)
{
	struct page page = {
		.store = store, .limit = query->filter.limit, .before = query->before
	};
	char *text = query_of(query->text);
	sqlite3_stmt *rows;
	int result = 0;

	page.matches = mem_array(mem, struct store_match, page.limit + 1);
	read_filter(&query->filter, page.all);
	page.all[0] = sql_text(text);
	page.all[1] = sql_integer(page.before != 0 ? page.before : INT64_MAX);
	*next = 0;
	if (text != NULL)
		result = sql_rows(store, DOCUMENTS_FIND, page.all, &rows, err);
	if (text != NULL && result == 0)
		result = collect(&page, rows, next, err);
	free(text);
	*out = page.matches;
	*count = page.count;
	return result;
}
