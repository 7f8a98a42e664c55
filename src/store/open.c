/* Opening: a file that only its owner can read, shared with other processes; or a private one. */
#include "store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/names.h"
#include "store/schema.h"

#define WAIT_MILLISECONDS 2
#define WAIT_NOTE 2500 /* times, until a person is told */
#define WAIT_MAX 150000 /* times: five minutes, as another process may be reading a long source */

/* Called by SQLite while another process writes; 0: give up. */
static int wait_for_others(void *context, int times)
{
	struct store *store = context;

	if (times >= WAIT_MAX)
		return 0;
	if (times >= WAIT_NOTE && !store->has_waited) {
		store->has_waited = true;
		log_warn("%s: waiting for another process that writes to it", store->name);
	}
	sqlite3_sleep(WAIT_MILLISECONDS);
	return 1;
}

static int store_free(struct store *store)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	/* an open transaction is rolled back; the log is folded into the database by the last one */
	sqlite3_close(store->db);
	return 0;
}

static int make_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int result;

	if (slash == NULL || slash == path)
		return 0;
	folder = mem_strndup(NULL, path, (size_t)(slash - path));
	result = path_make(folder, err);
	talloc_free(folder);
	return result;
}

/* SQLite gives -wal and -shm the mode of the database, so that of a new one is all that is set. */
static int make_file(const char *path, bool *empty, struct err *err)
{
	struct stat status;
	int file, result = 0;

	if (make_folder(path, err) < 0)
		return -1;
	file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
	if (file < 0 || fstat(file, &status) < 0)
		result = err_io(err, "%s", path);
	else if (!S_ISREG(status.st_mode))
		result = err_set(err, ERR_IO, "%s: not a regular file", path);
	else if (status.st_size == 0 && (status.st_mode & 0777) != 0600 && fchmod(file, 0600) < 0)
		result = err_io(err, "%s", path);
	*empty = result == 0 && status.st_size == 0;
	if (file >= 0)
		close(file);
	return result;
}

/*
 * Several processes that make one database at once can meet here; SQLite does not wait then. To
 * turn an empty file into one with a log, SQLite would wait for the disk four times, to be able to
 * go back to the empty file; but the page it writes must be there before a log is relied on.
 */
static int use_log(struct store *store, bool empty, struct err *err)
{
	int times = 0;

	if (empty && sql_execute(store, "PRAGMA synchronous = OFF", err) < 0)
		return -1;
	while (sql_execute(store, "PRAGMA journal_mode = WAL", err) < 0)
		if (sqlite3_errcode(store->db) != SQLITE_BUSY || !wait_for_others(store, times++))
			return -1;
	if (empty && sql_sync(store, err) < 0)
		return -1;
	return sql_execute(store,
		"PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;"
		"PRAGMA journal_size_limit = 16777216",
		err);
}

/*
 * What is private is lost with the process anyway: nothing waits for the disk. The rollback
 * journal is a file all the same, as one in memory grows with the input.
 */
static int use_memory(struct store *store, struct err *err)
{
	return sql_execute(store,
		"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF;"
		"PRAGMA cache_size = -4096; PRAGMA locking_mode = EXCLUSIVE",
		err);
}

static int connect(struct store *store, const char *path, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	/* a name such as ":memory:" or "file:x" means nothing special with a folder before it */
	char *name = mem_printf(store, "%s%s", path != NULL && path[0] != '/' ? "./" : "",
		path != NULL ? path : "");
	bool empty = false;

	/* a count of all memory, which nobody asks for, would be locked at every allocation */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (path != NULL && make_file(path, &empty, err) < 0)
		return -1;
	if (sqlite3_open_v2(name, &store->db, flags, NULL) != SQLITE_OK)
		return sql_error(store, err);
	sqlite3_extended_result_codes(store->db, 0);
	sqlite3_busy_handler(store->db, wait_for_others, store);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (sql_execute(store, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON", err) < 0)
		return -1;
	if ((store->is_private ? use_memory(store, err) : use_log(store, empty, err)) < 0)
		return -1;
	return sql_execute(store,
		"CREATE TEMP TABLE seen(id INTEGER PRIMARY KEY);"
		"CREATE TEMP TABLE noted(id INTEGER PRIMARY KEY)",
		err);
}

static struct store *new_store(TALLOC_CTX *mem, const char *path)
{
	struct store *store = mem_new(mem, struct store);

	talloc_set_destructor(store, store_free);
	store->is_private = path == NULL;
	store->name = path != NULL ? mem_strdup(store, path) : "the private store";
	store->names = store_names_new(store);
	return store;
}

int store_open(TALLOC_CTX *mem, const char *path, struct store **out, struct err *err)
{
	struct store *store = new_store(mem, path);

	if (connect(store, path, err) < 0 || schema_migrate(store, err) < 0) {
		talloc_free(store);
		return -1;
	}
	*out = store;
	return 0;
}

int store_open_reading(TALLOC_CTX *mem, const char *path, struct store **out, struct err *err)
{
	struct store *store;

	if (access(path, F_OK) < 0)
		return errno == ENOENT
			       ? err_set(err, ERR_NOT_FOUND,
					 "%s: there is no history yet; triage begins it", path)
			       : err_io(err, "%s", path);
	store = new_store(mem, path);
	if (connect(store, path, err) < 0 || schema_migrate(store, err) < 0 ||
		sql_execute(store, "PRAGMA query_only = ON", err) < 0) {
		talloc_free(store);
		return -1;
	}
	*out = store;
	return 0;
}
