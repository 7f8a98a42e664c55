/* Rows of what many rows refer to: causes, tests, entries. */
#include "store/saving.h"

#include "store/entries.h"

int saving_cause(
	struct saving *saving, const struct cause *cause, struct sql_value *out, struct err *err)
{
	*out = sql_null();
	if (cause == NULL)
		return 0;
	out->kind = SQL_INTEGER;
	return sql_get(saving->store, CAUSE_ID,
		       (const struct sql_value[]){ sql_text(cause->id), sql_text(cause->title),
			       sql_text(cause_kind_name(cause->kind)), sql_text(cause->layer),
			       sql_text(cause_severity_name(cause->severity)),
			       sql_text(cause->leaf) },
		       &out->integer, err) < 0
		       ? -1
		       : 0;
}

int saving_test(struct saving *saving, const char *name, struct sql_value *out, struct err *err)
{
	const struct sql_value value = sql_text(name);

	*out = sql_null();
	if (name == NULL)
		return 0;
	out->kind = SQL_INTEGER;
	return sql_get(saving->store, TEST_ID, &value, &out->integer, err) < 0 ? -1 : 0;
}

int saving_entry(
	struct saving *saving, const struct entry *entry, struct sql_value *out, struct err *err)
{
	int64_t row = 0;
	int found;

	if (entry->source == NULL || entry->source->id == 0)
		return err_set(err, ERR_STORE, "line %llu of a source that was not kept",
			(unsigned long long)entry->line);
	found = entries_find(saving->store, entry, entry->source->id, &row, err);
	if (found == 0)
		found = entries_row(saving->store, entry, entry->source->id, &row, err);
	if (found < 0)
		return -1;
	*out = sql_integer(row);
	return 0;
}
