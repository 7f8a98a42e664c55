/* Reading into the store: each entry once, whole sources only. */
#include <string.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

static int add(struct store *store, struct entry *entry, bool *known_here)
{
	struct err err = { 0 };
	int added = store_entry_add(store, entry, known_here, &err);

	if (added < 0)
		fail_msg("%s", err.text);
	return added;
}

static struct source_info *begin(struct fixture *fixture, const char *name, const char *content)
{
	struct source_info *source = fixture_source(fixture, name, content);
	struct err err = { 0 };

	if (store_source_begin(fixture->store, source, &err) < 0)
		fail_msg("%s", err.text);
	return source;
}

static void end(struct fixture *fixture, struct source_info *source)
{
	struct err err = { 0 };

	if (store_source_end(fixture->store, source, &err) < 0)
		fail_msg("%s", err.text);
}

static void the_same_file_again_adds_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *first, *again;

	first = fixture_read(fixture, fixture->store, "a.log", "bytes", 5);
	fixture_reopen(fixture);
	again = fixture_read(fixture, fixture->store, "copy-of-a.log", "bytes", 5);
	assert_int_equal(again->id, first->id);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 5);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sources"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT name = 'a.log' FROM sources"), 1);
}

static void equal_lines_of_other_files_are_other_entries(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *first, *second;

	first = fixture_read(fixture, fixture->store, "a.log", "bytes", 5);
	second = fixture_read(fixture, fixture->store, "b.log", "other bytes", 5);
	assert_int_not_equal(first->id, second->id);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 10);
}

static void what_was_left_out_the_first_time_is_added_to_the_same_source(void **state)
{
	struct fixture *fixture = *state;

	fixture_read(fixture, fixture->store, "a.log", "bytes", 2);
	fixture_reopen(fixture);
	fixture_read(fixture, fixture->store, "a.log", "bytes", 5);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 5);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(DISTINCT source_id) FROM entries"), 1);
}

static void one_insert_id_is_one_entry_in_whatever_file(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.json", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, "id1", "text");
	struct entry *copy;
	bool known_here;

	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	end(fixture, source);
	source = begin(fixture, "b.json", "b");
	copy = fixture_entry(fixture, source, 9, "id1", "text");
	copy->time = entry->time;
	assert_int_equal(add(fixture->store, copy, &known_here), 0);
	assert_true(known_here);
	assert_int_equal(copy->id, entry->id);
	end(fixture, source);
}

static void another_time_or_log_is_another_entry(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.json", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, "id1", "text");
	bool known_here;

	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->time++;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->log = "run.example.com/stdout";
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->log = NULL;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->time = TIME_NONE;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	assert_int_equal(add(fixture->store, entry, &known_here), 0);
	assert_true(known_here);
	end(fixture, source);
}

static void an_entry_of_an_earlier_run_is_known_but_not_here_until_read_here(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.json", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, "id1", "text");
	bool known_here;
	int64_t id;

	add(fixture->store, entry, &known_here);
	end(fixture, source);
	id = entry->id;
	fixture_reopen(fixture);
	source = begin(fixture, "a.json", "a");
	entry->id = 0;
	assert_int_equal(add(fixture->store, entry, &known_here), 0);
	assert_false(known_here);
	assert_int_equal(entry->id, id);
	end(fixture, source);
	source = begin(fixture, "b.json", "b");
	assert_int_equal(add(fixture->store, entry, &known_here), 0);
	assert_true(known_here);
	end(fixture, source);
}

static void entries_on_one_line_are_told_apart_by_text_and_time(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.json", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "one");
	bool known_here;

	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->text = "two";
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->time++;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	assert_int_equal(add(fixture->store, entry, &known_here), 0);
	assert_false(known_here); /* what a source says twice at one place, it says twice */
	end(fixture, source);
}

static void what_is_told_of_two_tests_in_one_line_is_two_entries(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.json", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "timeout");
	struct test first = { .name = "test_a" }, second = { .name = "test_b" };
	bool known_here;

	entry->test = &first;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	entry->test = &second;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	assert_int_equal(add(fixture->store, entry, &known_here), 0);
	end(fixture, source);
}

static void a_source_that_is_not_ended_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.log", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "text");
	bool known_here;

	entry->service = "only-here";
	add(fixture->store, entry, &known_here);
	source = begin(fixture, "b.log", "b");
	entry->source = source;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	end(fixture, source);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 1);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* Foreign keys are not asked while a source is read: what is remembered must be what is there. */
static void names_that_another_program_removed_are_added_again(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.log", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "text");
	bool known_here;

	entry->service = "removed";
	add(fixture->store, entry, &known_here);
	end(fixture, source);
	assert_int_equal(fixture_execute(fixture, true, "DELETE FROM entries; DELETE FROM names"),
		SQLITE_OK);
	source = begin(fixture, "b.log", "b");
	entry->source = source;
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	end(fixture, source);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void texts_come_back_as_they_were(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.log", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "");
	char *text = mem_array(fixture, char, (1 << 20) + 1);
	bool known_here;

	memset(text, 'x', 1 << 20);
	entry->text = text;
	entry->text_len = 1 << 20;
	entry->service = "it's \"quoted\"; DROP TABLE entries; --";
	assert_int_equal(add(fixture->store, entry, &known_here), 1);
	end(fixture, source);
	assert_int_equal(fixture_number(fixture, "SELECT length(text) FROM entries"), 1 << 20);
	assert_int_equal(fixture_number(fixture,
				 "SELECT count(*) FROM entries JOIN names ON names.id = service_id"
				 " WHERE name = 'it''s \"quoted\"; DROP TABLE entries; --'"),
		1);
}

static void more_names_than_are_remembered_stay_distinct(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = begin(fixture, "a.log", "a");
	char name[16];
	bool known_here;

	for (unsigned i = 1; i <= 21000; i++) {
		struct entry *entry = fixture_entry(fixture, source, i, NULL, "text");

		snprintf(name, sizeof(name), "pod-%u", i % 20500);
		entry->pod = name;
		add(fixture->store, entry, &known_here);
		talloc_free(entry);
	}
	end(fixture, source);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(DISTINCT pod_id) FROM entries"), 20500);
	assert_int_equal(fixture_number(fixture,
				 "SELECT count(*) FROM entries JOIN names ON names.id = pod_id"
				 " WHERE name <> 'pod-' || (line % 20500)"),
		0);
}

static void an_entry_outside_a_source_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_source(fixture, "a.log", "a");
	struct entry *entry = fixture_entry(fixture, source, 1, NULL, "text");
	struct err err = { 0 };
	bool known_here;

	assert_int_equal(store_entry_add(fixture->store, entry, &known_here, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
}

static void a_private_store_keeps_nothing_on_disk(void **state)
{
	struct fixture *fixture = *state;
	struct store *store = NULL;
	struct err err = { 0 };

	assert_int_equal(store_open(fixture, NULL, &store, &err), 0);
	assert_int_not_equal(fixture_read(fixture, store, "a.log", "bytes", 5000)->id, 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 0);
	talloc_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_same_file_again_adds_nothing, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(equal_lines_of_other_files_are_other_entries,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_was_left_out_the_first_time_is_added_to_the_same_source, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(one_insert_id_is_one_entry_in_whatever_file,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			another_time_or_log_is_another_entry, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_entry_of_an_earlier_run_is_known_but_not_here_until_read_here,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(entries_on_one_line_are_told_apart_by_text_and_time,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_told_of_two_tests_in_one_line_is_two_entries, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_source_that_is_not_ended_leaves_nothing, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			texts_come_back_as_they_were, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(names_that_another_program_removed_are_added_again,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(more_names_than_are_remembered_stay_distinct,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_entry_outside_a_source_is_an_error, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_private_store_keeps_nothing_on_disk, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("store entries", tests, NULL, NULL);
}
