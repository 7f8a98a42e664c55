/* Faults: a full disk, a killed process, several processes at once. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

#define LINES 400

/* Nothing but whole sources of LINES entries each, and SQLite finds no damage. */
static void assert_sound(const struct fixture *fixture)
{
	assert_int_equal(fixture_number(fixture,
				 "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
		1);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM (SELECT count(*) AS n FROM entries"
					" GROUP BY source_id) WHERE n <> 400"),
		0);
}

/* Reads sources of LINES entries until one fails; how many succeeded. */
static unsigned read_until_full(struct fixture *fixture, struct err *err)
{
	struct entry *entry = fixture_entry(fixture, NULL, 1, NULL, "");
	char *text = mem_array(fixture, char, 2001);
	unsigned count = 0;

	memset(text, 'x', 2000);
	entry->text = text;
	entry->text_len = 2000;
	for (; count < 1000; count++) {
		char *content = mem_printf(fixture, "content %u", count);
		struct source_info *source = fixture_source(fixture, "a.log", content);
		bool known_here;

		if (store_source_begin(fixture->store, source, err) < 0)
			return count;
		for (entry->line = 1; entry->line <= LINES; entry->line++)
			if (store_entry_add(fixture->store, entry, &known_here, err) < 0)
				return count;
		if (store_source_end(fixture->store, source, err) < 0)
			return count;
	}
	return count;
}

static void a_full_disk_is_told_and_leaves_whole_sources(void **state)
{
	struct rlimit before, limit;
	struct fixture *fixture = *state;
	struct err err = { 0 };
	unsigned count;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 4U << 20;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	count = read_until_full(fixture, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_in_range(count, 1, 999);
	assert_int_equal(err.code, ERR_STORE);
	if (strstr(err.text, "nothing of this step was kept") == NULL)
		fail_msg("%s", err.text);
	assert_sound(fixture);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sources"), count);
	fixture_read(fixture, fixture->store, "b.log", "with room again", LINES);
	assert_sound(fixture);
}

static void a_full_disk_keeps_no_half_of_a_diagnosis(void **state)
{
	struct rlimit before, limit;
	struct fixture *fixture = *state;
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", LINES);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct err err = { 0 };
	char *text = mem_array(fixture, char, (4U << 20) + 1);

	memset(text, 'x', 4U << 20);
	diagnosis->incidents[0]->whys[2]->statement = text;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 2U << 20;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), -1);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(err.code, ERR_STORE);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM runs"), 0);
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_sound(fixture);
}

/* In a process of its own: read sources "PREFIX N" and say so on PIPE after each; never return. */
static void read_in_child(const struct fixture *fixture, char prefix, unsigned sources, int pipe)
{
	struct store *store = NULL;
	struct err err = { 0 };

	if (store_open(NULL, fixture->path, &store, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		_exit(1);
	}
	for (unsigned i = 0; i < sources; i++) {
		char *content = mem_printf(store, "%c %u", prefix, i);

		fixture_read(store, store, content, content, LINES);
		if (pipe >= 0 && write(pipe, "x", 1) != 1)
			_exit(2);
	}
	talloc_free(store);
	_exit(0);
}

static void a_killed_process_leaves_whole_sources(void **state)
{
	struct fixture *fixture = *state;
	int ends[2], status;
	char byte;

	for (unsigned round = 0; round < 5; round++) {
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (child == 0)
			read_in_child(fixture, (char)('a' + round), 1000000, ends[1]);
		close(ends[1]);
		for (unsigned i = 0; i <= round; i++)
			assert_int_equal(read(ends[0], &byte, 1), 1);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		assert_true(WIFSIGNALED(status));
		close(ends[0]);
		assert_sound(fixture);
		assert_true(fixture_number(fixture, "SELECT count(*) FROM sources") > round);
	}
	fixture_read(fixture, fixture->store, "z.log", "after all of them", LINES);
	assert_sound(fixture);
}

static void several_processes_make_and_fill_one_database(void **state)
{
	struct fixture *fixture = *state;
	pid_t children[6];
	int status;

	talloc_free(fixture->store);
	fixture->store = NULL;
	unlink(fixture->path);
	for (size_t i = 0; i < 6; i++) {
		children[i] = fork();
		if (children[i] == 0) /* pairs of them read the same sources */
			read_in_child(fixture, (char)('a' + i / 2), 20, -1);
	}
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	assert_sound(fixture);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sources"), 60);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 60 * LINES);
}

/* Another program that makes the database after a statement of the one that opens it. */
static struct {
	const char *path;
	unsigned after, done; /* statements of the first connection */
} intruder;

static int intrude(unsigned type, void *context, void *statement, void *duration)
{
	sqlite3 *db = sqlite3_db_handle(statement);
	struct store *store = NULL;
	struct err err = { 0 };

	(void)type;
	(void)context;
	(void)duration;
	/* nobody else writes while the first one does */
	if (sqlite3_get_autocommit(db) == 0 || ++intruder.done != intruder.after)
		return 0;
	sqlite3_reset_auto_extension();
	if (store_open(NULL, intruder.path, &store, &err) < 0)
		fail_msg("%s", err.text);
	talloc_free(store);
	return 0;
}

static int watch(sqlite3 *db, const char **problem, const struct sqlite3_api_routines *routines)
{
	(void)problem;
	(void)routines;
	return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, intrude, NULL);
}

static void a_database_may_be_made_by_another_process_at_any_moment(void **state)
{
	struct fixture *fixture = *state;
	struct err err = { 0 };

	intruder.path = fixture->path;
	do {
		talloc_free(fixture->store);
		fixture->store = NULL;
		unlink(fixture->path);
		intruder.after++;
		intruder.done = 0;
		sqlite3_auto_extension((void (*)(void))watch);
		if (store_open(NULL, fixture->path, &fixture->store, &err) < 0)
			fail_msg("after %u statements: %s", intruder.after, err.text);
		sqlite3_reset_auto_extension();
		assert_sound(fixture);
	} while (intruder.done >= intruder.after);
	assert_true(intruder.after > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_full_disk_is_told_and_leaves_whole_sources,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_full_disk_keeps_no_half_of_a_diagnosis, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_killed_process_leaves_whole_sources, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(several_processes_make_and_fill_one_database,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_database_may_be_made_by_another_process_at_any_moment, fixture_setup,
			fixture_teardown),
	};

	return cmocka_run_group_tests_name("store faults", tests, NULL, NULL);
}
