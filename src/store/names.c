/* Ids of strings that repeat: the last one of each column, then a table, then the database. */
#include "store/names.h"

#define uthash_fatal(message) mem_check(NULL)
#include <uthash.h>

/* What an enemy can make us remember: as many names as this, of at most as many bytes. */
#define NAMES_MAX 20000
#define NAME_LENGTH_MAX 200

struct name {
	UT_hash_handle hh;
	int64_t id;
	char *text;
};

struct names {
	struct name *table;
	const struct name *last[NAMES_COLUMNS];
};

void store_names_forget(struct names *names)
{
	HASH_CLEAR(hh, names->table);
	talloc_free_children(names);
	memset(names->last, 0, sizeof(names->last));
}

static int store_names_free(struct names *names)
{
	HASH_CLEAR(hh, names->table);
	return 0;
}

struct names *store_names_new(TALLOC_CTX *mem)
{
	struct names *names = mem_new(mem, struct names);

	talloc_set_destructor(names, store_names_free);
	return names;
}

static const struct name *remember(struct names *names, const char *text, size_t length, int64_t id)
{
	struct name *name;

	if (HASH_COUNT(names->table) >= NAMES_MAX)
		store_names_forget(names);
	name = mem_new(names, struct name);
	name->id = id;
	name->text = mem_strndup(name, text, length);
	HASH_ADD_KEYPTR(hh, names->table, name->text, length, name);
	return name;
}

/* The id in the database, added where it is missing. */
static int fetch(struct store *store, const struct sql_value *text, int64_t *id, struct err *err)
{
	int found = sql_get(store, NAME_FIND, text, id, err);

	if (found == 0)
		found = sql_get(store, NAME_ADD, text, id, err);
	return found < 0 ? -1 : 0;
}

int store_names_id(struct store *store, unsigned column, const char *text, struct sql_value *out,
	struct err *err)
{
	struct names *names = store->names;
	const struct name *last = names->last[column];
	struct sql_value value = sql_text(text);
	struct name *name = NULL;

	*out = sql_null();
	if (text == NULL)
		return 0;
	if (last == NULL || strcmp(last->text, text) != 0) {
		HASH_FIND(hh, names->table, text, value.length, name);
		last = name;
	}
	if (last == NULL) {
		if (fetch(store, &value, &out->integer, err) < 0)
			return -1;
		out->kind = SQL_INTEGER;
		if (value.length > NAME_LENGTH_MAX)
			return 0;
		last = remember(names, text, value.length, out->integer);
	}
	names->last[column] = last;
	*out = sql_integer(last->id);
	return 0;
}
