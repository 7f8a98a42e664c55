/* entries.list. Sources: google/logging/v2/logging.proto, and what its clients see. */
#include <stdlib.h>
#include <string.h>

#include "standin/access.h"
#include "standin/cursor.h"
#include "standin/identity.h"
#include "standin/lql.h"
#include "standin/query.h"
#include "standin/quota.h"
#include "standin/reply.h"
#include "standin/standin.h"

/* A page as it is gathered: entries found, and how far was looked. */
struct page {
	const struct logs_entry **found;
	size_t count;
	const struct logs_entry *last; /* that was looked at */
	bool is_whole; /* nothing is left behind it */
};

static int refuse(struct http_request *request, struct http_reply *reply, const char *message)
{
	reply_error(request, reply, 400, message, NULL);
	return -1;
}

/* 0: *LAST is where to go on (its text is NULL at the beginning). */
static int find_place(struct standin *standin, const struct query *query,
	struct http_request *request, struct http_reply *reply, struct logs_entry *last)
{
	static const char *const messages[] = {
		[PAGES_UNKNOWN] = "page_token is invalid.",
		[PAGES_EXPIRED] = "page_token is expired.",
		[PAGES_OTHER] = "page_token doesn't match arguments from the request",
	};
	enum pages_finding finding;

	*last = (struct logs_entry){ 0 };
	if (query->page_token[0] == '\0')
		return 0;
	finding = pages_find(standin->pages, query->page_token, query->identity,
		clock_now(&standin->clock), last);
	return finding == PAGES_GOOD ? 0 : refuse(request, reply, messages[finding]);
}

static bool is_wanted(
	const struct standin *standin, const struct query *query, const struct logs_entry *entry)
{
	return (entry->arrival == INT64_MIN || entry->arrival <= clock_now(&standin->clock)) &&
	       query_names(query, entry) && lql_matches(query->filter, entry->text, entry->length);
}

/* Of entries with one time, insertId and project only the first is listed. */
static void gather(struct standin *standin, const struct query *query, struct cursor *cursor,
	struct page *page)
{
	size_t limit = query->page_size, looked = 0, scan = standin->settings.scan;
	const struct logs_entry *entry, *before = NULL;

	if (standin->settings.page_limit > 0 && standin->settings.page_limit < limit)
		limit = standin->settings.page_limit;
	while ((entry = cursor_next(cursor)) != NULL) {
		if (page->count == limit || (scan > 0 && looked == scan))
			return;
		looked++;
		page->last = entry;
		if (!is_wanted(standin, query, entry) ||
			(before != NULL && logs_order(before, entry) == 0))
			continue;
		page->found[page->count++] = before = entry;
	}
	page->is_whole = true;
}

/* The project that a request is counted for: the one it names, or that of its first resource. */
static int count_request(struct standin *standin, const struct query *query, bool is_user,
	struct http_request *request, struct http_reply *reply)
{
	const char *project = http_header(request, "x-goog-user-project");

	if (project == NULL)
		project = is_user ? IDENTITY_SDK_PROJECT : strchr(query->parents[0], '/') + 1;
	if (quota_take(standin->quota, project, clock_now(&standin->clock)))
		return 0;
	quota_answer(project, quota_limit_of(standin->quota), NULL, request, reply);
	return -1;
}

/* The entry as it is kept, or with its severity as a number. */
static char *put_entry(char *out, const struct logs_entry *entry, bool is_numeric)
{
	const char *severity = entry->text + entry->severity_at;
	size_t at = 0;

	if (is_numeric && entry->severity_length > 0) {
		out = mempcpy(out, entry->text, entry->severity_at);
		out += sprintf(out, "%d", query_severity(severity, entry->severity_length));
		at = entry->severity_at + entry->severity_length;
	}
	return mempcpy(out, entry->text + at, entry->length - at);
}

static void answer(struct http_request *request, struct http_reply *reply, const struct page *page,
	const char *token)
{
	bool is_numeric = query_wants_numbers(request);
	size_t length = 64 + (token != NULL ? strlen(token) : 0);
	char *text, *out;

	for (size_t i = 0; i < page->count; i++)
		length += page->found[i]->length + 1;
	text = out = mem_array(request, char, length);
	out = stpcpy(out, "{");
	for (size_t i = 0; i < page->count; i++) {
		out = stpcpy(out, i == 0 ? "\"entries\":[" : ",");
		out = put_entry(out, page->found[i], is_numeric);
	}
	if (page->count > 0)
		out = stpcpy(out, "]");
	if (token != NULL)
		out += sprintf(
			out, "%s\"nextPageToken\":\"%s\"", page->count > 0 ? "," : "", token);
	out = stpcpy(out, "}");
	reply_json(request, reply, 200, text, (size_t)(out - text));
}

/* Who asks, for what, may he, and how often. */
static int admit(struct standin *standin, struct http_request *request, struct http_reply *reply,
	struct query **query)
{
	bool is_user;

	if (access_check(standin, request, reply, &is_user) < 0 ||
		query_read(request, reply, query) < 0)
		return -1;
	if (access_parents(standin, request, reply, (*query)->parents, (*query)->parent_count) < 0)
		return -1;
	return count_request(standin, *query, is_user, request, reply);
}

void list_entries(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	int64_t from = INT64_MIN, to = INT64_MAX;
	struct page page = { 0 };
	struct logs_entry last;
	struct cursor cursor;
	struct query *query;
	const char *token = NULL;

	if (admit(standin, request, reply, &query) < 0 ||
		find_place(standin, query, request, reply, &last) < 0)
		return;
	logs_sort(standin->logs);
	lql_span(query->filter, &from, &to);
	cursor = cursor_new(
		standin->logs, from, to, query->is_descending, last.text == NULL ? NULL : &last);
	page.found = mem_array(request, const struct logs_entry *, query->page_size);
	gather(standin, query, &cursor, &page);
	if (!page.is_whole)
		token = pages_issue(
			standin->pages, query->identity, page.last, clock_now(&standin->clock));
	answer(request, reply, &page, token);
}
