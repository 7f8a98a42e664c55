/* Pages of a live source: one transaction a page, with how far reading then is. */
#include "store/entries.h"
#include "store/sql.h"

int store_page_begin(struct store *store, const struct source_info *source, struct err *err)
{
	if (entries_begin(store, source, err) < 0)
		return -1;
	store->source_id = source->id;
	store->added = 0;
	if (store->page.id != source->id) {
		store->page = (struct source_info){ .id = source->id };
		store->single = 0;
	}
	store->in_source = true;
	return 0;
}

/* The row of the source counts its entries once, and what all pages of all times told. */
static int grow_source(struct store *store, const struct source_info *source, struct err *err)
{
	const struct source_info *before = &store->page;
	const struct sql_value values[] = { sql_integer(source->id), sql_count(store->added),
		sql_count(source->untimed - before->untimed),
		sql_count(source->bytes - before->bytes),
		sql_count(source->skipped - before->skipped),
		sql_count(source->redactions - before->redactions), sql_time(source->first),
		sql_time(source->last), sql_count(store->single) };

	return sql_run(store, SOURCE_GROW, values, err);
}

static int update_slice(struct store *store, const struct slice *slice, struct err *err)
{
	const struct sql_value values[] = { sql_integer(slice->id), sql_integer(slice->lower),
		sql_integer(slice->page_size), sql_text(slice->question), sql_text(slice->token),
		sql_time(slice->token_time), sql_time(slice->reached), sql_integer(slice->began),
		sql_count(slice->entries), sql_count(slice->requests), sql_integer(slice->done) };

	return sql_run(store, SLICE_UPDATE, values, err);
}

/* Rows of this process that follow each other are one span, however many pages they came in. */
static void add_span(struct store *store, struct span span)
{
	struct span *newest = store->span_count > 0 ? &store->spans[store->span_count - 1] : NULL;

	if (span.last < span.first)
		return;
	if (newest != NULL && newest->last + 1 == span.first) {
		newest->last = span.last;
		return;
	}
	store->spans = mem_grow(store, store->spans, store->span_count, sizeof(span));
	store->spans[store->span_count++] = span;
}

int store_page_end(struct store *store, const struct source_info *source, const struct slice *slice,
	struct err *err)
{
	struct span span = { .first = store->first_row };
	int64_t next = 0;

	if (!store->in_source)
		return err_set(err, ERR_STORE, "%s: no page was begun", store->name);
	store->in_source = false;
	if (grow_source(store, source, err) < 0 ||
		(slice != NULL && update_slice(store, slice, err) < 0) ||
		sql_get(store, ENTRY_NEXT, NULL, &next, err) < 0 || sql_commit(store, err) < 0) {
		sql_rollback(store);
		return err_wrap(err, "%s", source->name);
	}
	store->page = *source;
	span.last = next - 1;
	add_span(store, span);
	return 0;
}
