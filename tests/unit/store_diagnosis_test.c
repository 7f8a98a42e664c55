/* Keeping diagnoses: no why without evidence, runs replaced as a whole, states by earlier runs. */
#include <string.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

static struct diagnosis *save(struct fixture *fixture, const char *label)
{
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, label);
	struct findings *findings = fixture_findings(diagnosis, diagnosis);
	struct err err = { 0 };

	if (store_diagnosis_save(fixture->store, source->sha256, findings, diagnosis, &err) < 0)
		fail_msg("%s", err.text);
	return diagnosis;
}

static void all_that_was_found_is_kept(void **state)
{
	struct fixture *fixture = *state;

	save(fixture, "nightly");
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM runs"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM run_sources"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM results"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM findings"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM finding_keys"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM term_hits"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"), 2);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM incidents"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM chains"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM whys"), 3);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 3);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void evidence_has_its_entry_place_time_text_and_digest(void **state)
{
	struct fixture *fixture = *state;
	struct diagnosis *diagnosis = save(fixture, "nightly");
	char *sql = mem_printf(fixture,
		"SELECT count(*) FROM evidence JOIN entries ON entries.id = entry_id"
		" WHERE number = 2 AND evidence.text = 'line 2' AND entries.text = 'line 2'"
		" AND place = 'line 2' AND evidence.time = 2000000000 AND sha256 = '%s'",
		diagnosis->evidence[1]->sha256);

	assert_int_equal(fixture_number(fixture, sql), 1);
}

static void a_why_that_is_observed_without_evidence_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct err err = { 0 };

	diagnosis->incidents[0]->whys[1]->evidence_count = 0;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, "a_why_needs_evidence"));
	assert_non_null(strstr(err.text, "database.down"));
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM runs"), 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"), 0);
}

/* Each breaks the evidence contract; the database itself must refuse it. */
static const char *const breaches[] = {
	"UPDATE whys SET evidence = NULL WHERE basis = 'observed'",
	"UPDATE whys SET basis = 'observed' WHERE basis = 'asserted'",
	"UPDATE whys SET basis = 'absent' WHERE basis = 'asserted'",
	"UPDATE whys SET basis = 'hypothesis' WHERE basis = 'observed'",
	"UPDATE whys SET basis = 'certain'",
	"UPDATE whys SET evidence = 99 WHERE basis = 'observed'",
	"UPDATE whys SET statement = NULL",
	"INSERT INTO whys(run_id, chain, n, cause_id, statement, basis, count, order_supported)"
	" VALUES(1, 1, 9, 1, 'because', 'observed', 1, 1)",
	"INSERT INTO whys(run_id, chain, n, cause_id, statement, basis, count, order_supported,"
	" evidence) VALUES(1, 1, 9, 1, 'because', 'observed', 1, 1, 99)",
	"INSERT INTO whys(run_id, chain, n, cause_id, statement, basis, count, order_supported,"
	" evidence) VALUES(7, 1, 9, 1, 'because', 'observed', 1, 1, 1)",
	"DELETE FROM evidence",
	"DELETE FROM evidence WHERE number = 1",
	"UPDATE evidence SET number = 99 WHERE number = 1",
	"UPDATE evidence SET run_id = 99",
	"UPDATE evidence SET entry_id = 99",
	"UPDATE evidence SET text = NULL",
	"UPDATE evidence SET place = ''",
	"UPDATE evidence SET sha256 = 'none'",
	"INSERT INTO evidence(run_id, number, entry_id, place, line, text, sha256)"
	" SELECT 1, 9, 99, place, line, text, sha256 FROM evidence WHERE number = 1",
	"DELETE FROM entries",
	"UPDATE chains SET verdict = 'CERTAIN'",
	"UPDATE chains SET verdict = 'CONFIRMED', root_id = NULL",
	"UPDATE chains SET state = 'gone'",
	"UPDATE results SET outcome = 'green'",
	"UPDATE causes SET kind = 'reason'",
	"UPDATE findings SET verdict = 'maybe'",
	"UPDATE findings SET count = 0",
};

static void the_database_refuses_what_breaks_the_evidence_contract(void **state)
{
	struct fixture *fixture = *state;
	int code;

	save(fixture, NULL);
	for (size_t i = 0; i < 2 * sizeof(breaches) / sizeof(breaches[0]); i++) {
		code = fixture_execute(fixture, i % 2 == 0, breaches[i / 2]);
		if (code != SQLITE_CONSTRAINT)
			fail_msg("%s: code %d", breaches[i / 2], code);
	}
}

static void foreign_keys_hold_where_they_are_switched_on(void **state)
{
	static const char *const sql[] = {
		"DELETE FROM runs",
		"DELETE FROM sources",
		"DELETE FROM causes",
		"DELETE FROM names",
		"DELETE FROM tests",
		"DELETE FROM chains",
		"DELETE FROM findings",
		"DELETE FROM incidents",
		"UPDATE why_evidence SET evidence = 99",
		"UPDATE entries SET source_id = 99",
	};
	struct fixture *fixture = *state;

	save(fixture, NULL);
	for (size_t i = 0; i < sizeof(sql) / sizeof(sql[0]); i++)
		if (fixture_execute(fixture, true, sql[i]) != SQLITE_CONSTRAINT)
			fail_msg("%s", sql[i]);
}

static void the_same_run_again_keeps_its_id_and_replaces_what_was_found(void **state)
{
	struct fixture *fixture = *state;
	struct diagnosis *first = save(fixture, "nightly"), *again;
	struct source_info *source;
	struct err err = { 0 };

	save(fixture, "other");
	fixture_reopen(fixture);
	source = fixture_read(fixture, fixture->store, "a.log", "bytes", 3);
	again = fixture_diagnosis(fixture, source, "nightly");
	strcpy(again->incidents[0]->fingerprint, "f1:9999");
	again->incidents[0]->why_count = 2;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, again, &err), 0);
	assert_int_equal(again->run->id, first->run->id);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM runs"), 2);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM whys"), 5);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM findings"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM incidents"), 2);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void an_incident_without_a_chain_keeps_its_id_and_nothing_else(void **state)
{
	struct fixture *fixture = *state;
	struct diagnosis *diagnosis = save(fixture, NULL);
	struct err err = { 0 };

	diagnosis->incident_count = 0;
	assert_int_equal(
		store_diagnosis_save(fixture->store, diagnosis->run->sha256, NULL, diagnosis, &err),
		0);
	assert_int_equal(
		fixture_number(fixture, "SELECT count(*) FROM incidents WHERE occurrences = 0"), 1);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM chains"), 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"), 2);
}

static const char *state_of(struct fixture *fixture, const char *label)
{
	return incident_state_name(save(fixture, label)->incidents[0]->history.state);
}

static void an_incident_is_new_once_and_persists_in_later_runs(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(state_of(fixture, "one"), "new");
	assert_string_equal(state_of(fixture, "two"), "persisting");
	fixture_reopen(fixture);
	assert_string_equal(state_of(fixture, "one"), "new");
	assert_string_equal(state_of(fixture, "two"), "persisting");
}

static void evidence_that_was_not_kept_as_an_entry_is_kept_with_the_diagnosis(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", 1);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct err err = { 0 };

	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 2);
}

static void a_test_that_got_its_name_late_does_not_double_its_entries(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_source(fixture, "a.log", "bytes");
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct test *test = diagnosis->run->tests[0];
	struct err err = { 0 };
	bool known_here;

	assert_int_equal(store_source_begin(fixture->store, source, &err), 0);
	for (size_t i = 0; i < diagnosis->evidence_count; i++) {
		struct entry *entry = entry_copy(fixture, diagnosis->evidence[i]->entry);

		entry->test = test;
		assert_int_equal(store_entry_add(fixture->store, entry, &known_here, &err), 1);
		diagnosis->evidence[i]->entry = entry;
	}
	assert_int_equal(store_source_end(fixture->store, source, &err), 0);
	test->name = "tests/test_shop.py::test_sell";
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 2);
}

static void evidence_of_a_source_that_was_not_kept_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_source(fixture, "a.log", "bytes");
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct err err = { 0 };

	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
}

static void what_stays_unexplained_is_kept_with_its_evidence(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_read(fixture, fixture->store, "a.log", "bytes", 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, NULL);
	struct undiagnosed undiagnosed = { .test = diagnosis->run->tests[0],
		.first_error = "line 1",
		.evidence = diagnosis->evidence,
		.evidence_count = 2 };
	struct undiagnosed *all = &undiagnosed;
	struct unexplained unexplained = {
		.pattern = "line <number>", .count = 3, .evidence = diagnosis->evidence[0]
	};
	struct err err = { 0 };

	diagnosis->incident_count = 0;
	diagnosis->evidence_count = 0; /* quoted by number even where the list lacks them */
	diagnosis->undiagnosed = &all;
	diagnosis->undiagnosed_count = 1;
	diagnosis->unexplained = &unexplained;
	diagnosis->unexplained_count = 1;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM undiagnosed_evidence"), 2);
	assert_int_equal(fixture_number(fixture, "SELECT count FROM unexplained"), 3);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			all_that_was_found_is_kept, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(evidence_has_its_entry_place_time_text_and_digest,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_why_that_is_observed_without_evidence_is_refused,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			the_database_refuses_what_breaks_the_evidence_contract, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(foreign_keys_hold_where_they_are_switched_on,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			the_same_run_again_keeps_its_id_and_replaces_what_was_found, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_incident_without_a_chain_keeps_its_id_and_nothing_else, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(an_incident_is_new_once_and_persists_in_later_runs,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			evidence_that_was_not_kept_as_an_entry_is_kept_with_the_diagnosis,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_test_that_got_its_name_late_does_not_double_its_entries, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(evidence_of_a_source_that_was_not_kept_is_refused,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_stays_unexplained_is_kept_with_its_evidence,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("store diagnosis", tests, NULL, NULL);
}
