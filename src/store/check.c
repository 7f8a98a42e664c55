/* The health of a database, for who asks before there is trouble. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/schema.h"

static int find_damage(TALLOC_CTX *mem, struct store *store, const char **out, struct err *err)
{
	sqlite3_stmt *statement;
	const char *text = NULL;
	int result = 0;

	if (sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &statement, NULL) !=
		SQLITE_OK)
		return sql_error(store, err);
	if (sqlite3_step(statement) == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(statement, 0);
	else
		result = sql_error(store, err);
	*out = text == NULL || strcmp(text, "ok") == 0 ? NULL : mem_strdup(mem, text);
	sqlite3_finalize(statement);
	return result;
}

/* The nearest folder above PATH that is there. */
static bool can_be_made(const char *path)
{
	char *folder = mem_strdup(NULL, path), *slash;
	bool result;

	while ((slash = strrchr(folder, '/')) != NULL && slash != folder) {
		*slash = '\0';
		if (access(folder, F_OK) == 0)
			break;
	}
	result = access(slash == NULL ? "." : slash == folder ? "/" : folder, W_OK | X_OK) == 0;
	talloc_free(folder);
	return result;
}

static int look(TALLOC_CTX *mem, struct store *store, const char *path, struct store_health *out,
	struct err *err)
{
	/* with a folder before it no name is special to SQLite */
	char *name = mem_printf(store, "%s%s", path[0] != '/' ? "./" : "", path);

	if (sqlite3_open_v2(name, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
		SQLITE_OK)
		return sql_error(store, err);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (schema_version(store, &out->version, err) < 0)
		return -1;
	return find_damage(mem, store, &out->damage, err);
}

int store_check(TALLOC_CTX *mem, const char *path, struct store_health *out, struct err *err)
{
	struct store *store;
	struct stat status;
	int result;

	*out = (struct store_health){ .newest = SCHEMA_VERSION };
	if (stat(path, &status) < 0 && errno == ENOENT) {
		out->is_writable = can_be_made(path);
		return 0;
	}
	out->exists = true;
	out->is_writable = access(path, W_OK) == 0;
	store = mem_new(NULL, struct store);
	store->name = path;
	result = look(mem, store, path, out, err);
	sqlite3_close(store->db);
	talloc_free(store);
	return result;
}
