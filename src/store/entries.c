/* Reading: one transaction a source, and each entry once. */
#include "store/entries.h"

#include <stdlib.h>
#include <string.h>

#include "store/names.h"

/*
 * The first 64 bits of the SHA-256 of time, text and test; see tables.c for what it tells apart.
 * A result file may tell the same of several tests in one line, so the test is part of it.
 */
static int64_t hash_of(const struct entry *entry)
{
	unsigned char time[8];
	char text[DIGEST_TEXT], *end = text + 16;
	struct digest *digest = digest_new(NULL);
	uint64_t hash;

	for (unsigned i = 0; i < sizeof(time); i++)
		time[i] = (unsigned char)((uint64_t)entry->time >> (56 - 8 * i));
	digest_add(digest, time, sizeof(time));
	digest_add(digest, entry->text, entry->text_len);
	if (entry->test != NULL)
		digest_add(digest, entry->test->name, strlen(entry->test->name) + 1);
	digest_end(digest, text);
	talloc_free(digest);
	*end = '\0';
	hash = strtoull(text, NULL, 16);
	return (int64_t)hash;
}

static int find(struct store *store, const struct entry *entry, const struct sql_value *columns,
	int64_t *row, struct err *err)
{
	const struct sql_value by_insert_id[] = { columns[9], columns[2], columns[4] };
	const struct sql_value by_place[] = { columns[0], columns[1], columns[17] };
	int found = entry->insert_id != NULL
			    ? sql_get(store, ENTRY_BY_INSERT_ID, by_insert_id, row, err)
			    : sql_get(store, ENTRY_BY_PLACE, by_place, row, err);

	if (found == 0)
		return err_set(
			err, ERR_STORE, "%s: an entry was neither added nor found", store->name);
	return found < 0 ? -1 : 0;
}

int entries_row(struct store *store, const struct entry *entry, int64_t source_id, int64_t *row,
	struct err *err)
{
	const char *shared[NAMES_COLUMNS] = { entry->log, entry->service, entry->revision,
		entry->instance, entry->pod };
	struct sql_value columns[] = { sql_integer(source_id), sql_count(entry->line),
		sql_time(entry->time), sql_integer(entry->severity), sql_null(), sql_null(),
		sql_null(), sql_null(), sql_null(), sql_text(entry->insert_id),
		sql_text(entry->trace), sql_text(entry->span), sql_text(entry->thread),
		sql_text(entry->method), sql_text(entry->path),
		entry->http_status == 0 ? sql_null() : sql_integer(entry->http_status),
		sql_bytes(entry->text, entry->text_len), sql_null() };
	int added;

	for (unsigned i = 0; i < NAMES_COLUMNS; i++)
		if (store_names_id(store, i, shared[i], &columns[4 + i], err) < 0)
			return -1;
	if (entry->insert_id == NULL)
		columns[17] = sql_integer(hash_of(entry));
	added = sql_add(store, ENTRY_ADD, columns, row, err);
	return added != 0 ? added : find(store, entry, columns, row, err);
}

int entries_find(struct store *store, const struct entry *entry, int64_t source_id, int64_t *row,
	struct err *err)
{
	struct sql_value values[] = { sql_integer(source_id), sql_count(entry->line), sql_null() };
	int found;

	if (entry->insert_id != NULL)
		return 0;
	values[2] = sql_integer(hash_of(entry));
	found = sql_get(store, ENTRY_BY_PLACE, values, row, err);
	if (found != 0)
		return found;
	/* its test may have got another name since: what is quoted is the same all the same */
	values[2] = sql_bytes(entry->text, entry->text_len);
	return sql_get(store, ENTRY_BY_TEXT, values, row, err);
}

int entries_begin(struct store *store, const struct source_info *source, struct err *err)
{
	sql_rollback(store); /* of a source or page that was begun and never ended */
	store->in_source = false;
	/*
	 * Names are looked up within the transaction, and the source has its row, or gets it at the end
	 * of it, so what entries refer to is there: not to ask for each of them saves a third.
	 */
	if (sql_execute(store, "PRAGMA foreign_keys = OFF", err) < 0)
		return -1;
	if (sql_begin(store, err) < 0)
		return err_wrap(err, "%s", source->name);
	if (!store->is_private)
		store_names_forget(store->names);
	if (sql_get(store, ENTRY_NEXT, NULL, &store->first_row, err) >= 0)
		return 0;
	sql_rollback(store);
	return err_wrap(err, "%s", source->name);
}

int store_source_begin(struct store *store, struct source_info *source, struct err *err)
{
	if (entries_begin(store, source, err) < 0)
		return -1;
	if (sql_get(store, SOURCE_NEXT, NULL, &store->source_id, err) < 0) {
		sql_rollback(store);
		return err_wrap(err, "%s", source->name);
	}
	store->in_source = true;
	return 0;
}

static int compare_span(const void *key, const void *item)
{
	const int64_t *row = key;
	const struct span *span = item;

	return *row < span->first ? -1 : *row > span->last;
}

/* Whether a row that was there was read in this run before; from now on it was. */
static int note_seen(struct store *store, int64_t row, bool *before, struct err *err)
{
	const struct sql_value value = sql_integer(row);
	int noted;

	*before = row >= store->first_row ||
		  (store->span_count > 0 && bsearch(&row, store->spans, store->span_count,
						    sizeof(*store->spans), compare_span) != NULL);
	if (*before)
		return 0;
	noted = sql_add(store, SEEN_ADD, &value, NULL, err);
	*before = noted == 0;
	return noted < 0 ? -1 : 0;
}

int store_entry_add(struct store *store, struct entry *entry, bool *known_here, struct err *err)
{
	int added;

	*known_here = false;
	if (!store->in_source)
		return err_set(err, ERR_STORE, "%s: no source was begun", store->name);
	added = entries_row(store, entry, store->source_id, &entry->id, err);
	store->added += added > 0;
	/* without an insertId only this source has it: a line that says the same again at one place */
	if (added == 0 && entry->insert_id != NULL)
		added = note_seen(store, entry->id, known_here, err);
	store->single += added >= 0 && !*known_here;
	if (added < 0) {
		sql_rollback(store);
		store->in_source = false;
	}
	return added;
}

static int add_source(struct store *store, const struct source_info *source, struct err *err)
{
	const struct sql_value values[] = { sql_integer(store->source_id), sql_text(source->sha256),
		sql_text(source->name), sql_text(source->format), sql_count(source->entries),
		sql_count(source->untimed), sql_count(source->bytes), sql_count(source->skipped),
		sql_count(source->redactions), sql_integer(source->truncated),
		sql_integer(source->transcript), sql_integer(source->zone_unknown),
		sql_time(source->first), sql_time(source->last) };

	return sql_run(store, SOURCE_ADD, values, err);
}

/* The same bytes have been read before, into source ROW: what is new goes there, the rest goes. */
static int join_source(struct store *store, int64_t row, struct err *err)
{
	const struct sql_value move[] = { sql_integer(row), sql_integer(store->first_row) };
	const struct sql_value drop[] = { sql_integer(store->first_row),
		sql_integer(store->source_id) };

	if (sql_run(store, ENTRIES_MOVE, move, err) < 0)
		return -1;
	return sql_run(store, ENTRIES_DROP, drop, err);
}

static int end_source(struct store *store, struct source_info *source, struct err *err)
{
	const struct sql_value sha256 = sql_text(source->sha256);
	struct span span = { .first = store->first_row };
	int64_t row = 0, next = 0;
	int found = sql_get(store, SOURCE_FIND, &sha256, &row, err);

	if (found < 0 ||
		(found ? join_source(store, row, err) : add_source(store, source, err)) < 0 ||
		sql_get(store, ENTRY_NEXT, NULL, &next, err) < 0 || sql_commit(store, err) < 0)
		return -1;
	source->id = found ? row : store->source_id;
	span.last = next - 1;
	if (span.last >= span.first) {
		store->spans = mem_grow(store, store->spans, store->span_count, sizeof(span));
		store->spans[store->span_count++] = span;
	}
	return 0;
}

int store_source_end(struct store *store, struct source_info *source, struct err *err)
{
	if (!store->in_source)
		return err_set(err, ERR_STORE, "%s: no source was begun", store->name);
	store->in_source = false;
	if (end_source(store, source, err) == 0)
		return 0;
	sql_rollback(store);
	return err_wrap(err, "%s", source->name);
}
