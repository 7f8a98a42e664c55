/* Opening: modes, migrations, databases of others. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

static unsigned mode_of(const char *path, const char *ending)
{
	struct stat status;
	char name[128];

	snprintf(name, sizeof(name), "%s%s", path, ending);
	return stat(name, &status) < 0 ? 0 : status.st_mode & 0777;
}

static void only_its_owner_can_read_it_whatever_the_umask(void **state)
{
	struct fixture *fixture = *state;
	static const mode_t masks[] = { 0, 022, 0777 };
	struct err err = { 0 };
	mode_t before = umask(0);

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		talloc_free(fixture->store);
		fixture->store = NULL;
		unlink(fixture->path);
		umask(masks[i]);
		assert_int_equal(store_open(NULL, fixture->path, &fixture->store, &err), 0);
		fixture_read(fixture, fixture->store, "a.log", "bytes", 1);
		assert_int_equal(mode_of(fixture->path, ""), 0600);
		assert_int_equal(mode_of(fixture->path, "-wal"), 0600);
		assert_int_equal(mode_of(fixture->path, "-shm"), 0600);
	}
	umask(before);
}

static void its_folder_is_made_for_its_owner_alone(void **state)
{
	struct fixture *fixture = *state;
	char *folder = mem_printf(fixture, "%s/state/fivewhys", fixture->folder);
	char *path = mem_printf(fixture, "%s/history.db", folder);
	struct store *store = NULL;
	struct err err = { 0 };

	assert_int_equal(store_open(NULL, path, &store, &err), 0);
	assert_int_equal(mode_of(folder, ""), 0700);
	talloc_free(store);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	*strrchr(folder, '/') = '\0';
	assert_int_equal(rmdir(folder), 0);
}

static void it_writes_ahead_and_checks_foreign_keys(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(
		fixture_number(fixture, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
	assert_int_equal(
		fixture_number(fixture, "SELECT user_version FROM pragma_user_version"), 8);
}

static void tables_are_strict_where_sqlite_can(void **state)
{
	struct fixture *fixture = *state;

	if (sqlite3_libversion_number() < 3037000) {
		print_message("# left out: this SQLite has no STRICT tables\n");
		return;
	}
	assert_int_equal(fixture_number(fixture,
				 "SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
				 " AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0"),
		0);
	assert_int_equal(
		fixture_execute(fixture, true, "INSERT INTO names(id, name) VALUES('x', 'y')"),
		SQLITE_MISMATCH);
}

static void an_empty_database_is_brought_up_to_date(void **state)
{
	struct fixture *fixture = *state;
	sqlite3 *db = NULL;

	talloc_free(fixture->store);
	fixture->store = NULL;
	unlink(fixture->path);
	/* version 0, with a header, as one whose first migration was cut short leaves it */
	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "PRAGMA journal_mode = WAL; VACUUM", NULL, NULL, NULL), 0);
	sqlite3_close(db);
	assert_int_equal(
		fixture_number(fixture, "SELECT user_version FROM pragma_user_version"), 0);
	fixture_reopen(fixture);
	assert_int_equal(
		fixture_number(fixture, "SELECT user_version FROM pragma_user_version"), 8);
	fixture_read(fixture, fixture->store, "a.log", "bytes", 3);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 3);
}

static void refuse(struct fixture *fixture, const char *sql, const char *wanted)
{
	struct store *store = NULL;
	struct err err = { 0 };

	assert_int_equal(fixture_execute(fixture, false, sql), SQLITE_OK);
	assert_int_equal(store_open(NULL, fixture->path, &store, &err), -1);
	assert_null(store);
	assert_int_equal(err.code, ERR_STORE);
	if (strstr(err.text, wanted) == NULL || strstr(err.text, fixture->path) == NULL)
		fail_msg("%s", err.text);
}

static void a_newer_database_is_refused_and_left_alone(void **state)
{
	refuse(*state, "PRAGMA user_version = 99", "made by a newer fivewhys (schema 99");
	assert_int_equal(
		fixture_number(*state, "SELECT user_version FROM pragma_user_version"), 99);
}

static void a_database_of_another_program_is_refused(void **state)
{
	refuse(*state, "PRAGMA application_id = 0; PRAGMA user_version = 0",
		"a database of another program");
	refuse(*state, "PRAGMA application_id = 77", "a database of another program");
}

static void what_is_no_database_is_refused_and_left_alone(void **state)
{
	static const char text[] = "This is a letter, not a database. It is long enough to be told "
				   "from the header of one, and must not be overwritten.";
	struct fixture *fixture = *state;
	char *path = mem_printf(fixture, "%s/letter", fixture->folder), *content;
	FILE *file = fopen(path, "w");
	struct store *store = NULL;
	struct err err = { 0 };
	size_t length;

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(store_open(NULL, path, &store, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, "not a database"));
	assert_int_equal(path_read(fixture, path, 1000, &content, &length, &err), 0);
	assert_string_equal(content, text);
	unlink(path);
}

static void a_folder_or_a_device_is_no_database(void **state)
{
	struct fixture *fixture = *state;
	struct store *store = NULL;
	struct err err = { 0 };

	assert_int_equal(store_open(NULL, fixture->folder, &store, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(store_open(NULL, "/dev/null", &store, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "not a regular file"));
}

static void names_that_sqlite_takes_for_more_are_plain_files(void **state)
{
	static const char *const names[] = { ":memory:", "file:x?mode=memory" };
	struct fixture *fixture = *state;
	int before = open(".", O_RDONLY | O_DIRECTORY);

	assert_int_equal(chdir(fixture->folder), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct store *store = NULL;
		struct err err = { 0 };

		assert_int_equal(store_open(NULL, names[i], &store, &err), 0);
		fixture_read(fixture, store, "a.log", "bytes", 1);
		talloc_free(store);
		assert_int_equal(mode_of(names[i], ""), 0600);
		assert_int_equal(unlink(names[i]), 0);
	}
	assert_int_equal(fchdir(before), 0);
	close(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(only_its_owner_can_read_it_whatever_the_umask,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			its_folder_is_made_for_its_owner_alone, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			it_writes_ahead_and_checks_foreign_keys, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			tables_are_strict_where_sqlite_can, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_empty_database_is_brought_up_to_date, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_newer_database_is_refused_and_left_alone,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_database_of_another_program_is_refused, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_database_is_refused_and_left_alone,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_folder_or_a_device_is_no_database, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(names_that_sqlite_takes_for_more_are_plain_files,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("store schema", tests, NULL, NULL);
}
