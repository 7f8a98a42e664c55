/* Questions to live sources, and how far each was read. */
#include "store/sql.h"

int store_live(struct store *store, struct source_info *source, const char *key, struct err *err)
{
	const struct sql_value values[] = { sql_text(key), sql_text(source->name),
		sql_text(source->format) };

	if (sql_get(store, SOURCE_LIVE, values, &source->id, err) < 0)
		return err_wrap(err, "%s", source->name);
	return 0;
}

int store_pull(struct store *store, const char *resource, const char *filter,
	const struct source_info *source, int64_t *id, struct err *err)
{
	const struct sql_value values[] = { sql_text(resource), sql_text(filter),
		sql_integer(source->id) };

	if (sql_get(store, PULL_ID, values, id, err) < 0)
		return err_wrap(err, "%s", resource);
	return 0;
}

static struct slice *read_slice(TALLOC_CTX *mem, sqlite3_stmt *rows)
{
	struct slice *slice = mem_new(mem, struct slice);
	char *question = sql_row_text(mem, rows, 6);

	slice->id = sqlite3_column_int64(rows, 0);
	slice->from = sqlite3_column_int64(rows, 1);
	slice->to = sqlite3_column_int64(rows, 2);
	slice->received = sql_row_time(rows, 3);
	slice->lower = sqlite3_column_int64(rows, 4);
	slice->page_size = (unsigned)sqlite3_column_int(rows, 5);
	snprintf(slice->question, sizeof(slice->question), "%s", question);
	slice->token = sql_row_text(slice, rows, 7);
	slice->token_time = sql_row_time(rows, 8);
	slice->reached = sql_row_time(rows, 9);
	slice->began = sqlite3_column_int64(rows, 10);
	slice->entries = sql_row_count(rows, 11);
	slice->requests = sql_row_count(rows, 12);
	slice->done = sqlite3_column_int(rows, 13) != 0;
	talloc_free(question);
	return slice;
}

int store_slices(
	struct store *store, TALLOC_CTX *mem, int64_t pull, struct slices *out, struct err *err)
{
	const struct sql_value value = sql_integer(pull);
	sqlite3_stmt *rows;
	int got;

	*out = (struct slices){ NULL, 0 };
	if (sql_rows(store, SLICES_OF, &value, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
		out->items[out->count++] = read_slice(mem, rows);
	}
	return got;
}

int store_slice_add(struct store *store, int64_t pull, struct slice *slice, struct err *err)
{
	const struct sql_value values[] = { sql_integer(pull), sql_integer(slice->from),
		sql_integer(slice->to), sql_time(slice->received), sql_integer(slice->lower),
		sql_integer(slice->page_size), sql_text(slice->question), sql_text(slice->token),
		sql_time(slice->token_time), sql_time(slice->reached), sql_integer(slice->began),
		sql_count(slice->entries), sql_count(slice->requests), sql_integer(slice->done) };

	return sql_get(store, SLICE_ADD, values, &slice->id, err) < 0 ? -1 : 0;
}
