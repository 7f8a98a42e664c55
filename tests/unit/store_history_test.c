/* What a history makes of incidents while runs are kept, replaced, and brought over from before. */
#include <string.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

/* Keep a run of its own bytes: its test fails with the incident, or passes. Owned by the fixture. */
static struct diagnosis *keep_run(
	struct fixture *fixture, const char *name, bool fails, const char *commit)
{
	struct source_info *source = fixture_read(fixture, fixture->store, name, name, 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, name);
	struct err err = { 0 };

	diagnosis->run->commit = commit;
	if (!fails) {
		diagnosis->incident_count = diagnosis->evidence_count = 0;
		diagnosis->run->tests[0]->outcome = OUTCOME_PASSED;
		diagnosis->run->counts = (struct counts){ .passed = 1 };
	}
	if (store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err) < 0)
		fail_msg("%s", err.text);
	return diagnosis;
}

static const char *state_in(const struct diagnosis *diagnosis)
{
	return incident_state_name(diagnosis->incidents[0]->history.state);
}

static void assert_incident(const struct fixture *fixture, const char *columns)
{
	char *sql = mem_printf(NULL, "SELECT count(*) FROM incidents WHERE %s", columns);

	if (fixture_number(fixture, sql) != 1)
		fail_msg("not so: %s", columns);
	talloc_free(sql);
}

static void an_incident_is_new_persists_is_fixed_and_regresses(void **state)
{
	struct fixture *fixture = *state;
	struct diagnosis *diagnosis;

	assert_string_equal(state_in(keep_run(fixture, "a", true, NULL)), "new");
	assert_string_equal(state_in(keep_run(fixture, "b", true, NULL)), "persisting");
	keep_run(fixture, "c", false, NULL);
	assert_incident(fixture, "state = 'fixed' AND fixed_run = 3 AND last_run = 2");
	diagnosis = keep_run(fixture, "d", true, NULL);
	assert_string_equal(state_in(diagnosis), "regressed");
	assert_int_equal(diagnosis->incidents[0]->history.fixed_run, 3);
	assert_int_equal(diagnosis->incidents[0]->history.since_run, 4);
	assert_incident(fixture, "state = 'regressed' AND since_run = 4 AND occurrences = 3");
	assert_int_equal(fixture_number(fixture,
				 "SELECT count(*) FROM chains WHERE (run_id = 1 AND state = 'new')"
				 " OR (run_id = 2 AND state = 'persisting')"
				 " OR (run_id = 4 AND state = 'regressed')"),
		3);
}

static void a_pass_on_the_same_commit_makes_it_flaky_and_not_fixed(void **state)
{
	struct fixture *fixture = *state;

	keep_run(fixture, "a", true, "c1");
	keep_run(fixture, "b", false, "c1");
	assert_incident(fixture, "state = 'flaky' AND fixed_run IS NULL");
	keep_run(fixture, "c", false, "c2");
	assert_incident(fixture, "state = 'fixed' AND fixed_run = 3");
}

static void a_run_that_did_not_get_to_its_test_proves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source;
	struct diagnosis *diagnosis;
	struct err err = { 0 };

	keep_run(fixture, "a", true, NULL);
	source = fixture_read(fixture, fixture->store, "b", "b", 3);
	diagnosis = fixture_diagnosis(fixture, source, "b");
	diagnosis->incident_count = diagnosis->evidence_count = 0;
	diagnosis->run->tests[0]->outcome = OUTCOME_SKIPPED;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_incident(fixture, "state = 'new' AND reached_run = 1 AND last_run = 1");
}

static void an_incident_of_logs_alone_is_fixed_where_its_service_was_well(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = fixture_read(fixture, fixture->store, "a", "a", 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, "a");
	struct service service = { .name = "shop",
		.entries = 3,
		.first = TIME_NONE,
		.last = TIME_NONE,
		.last_error = TIME_NONE,
		.http_time = TIME_NONE };
	struct err err = { 0 };

	diagnosis->incidents[0]->test_count = diagnosis->run->test_count = 0;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	keep_run(fixture, "b", false, NULL);
	assert_incident(fixture, "state = 'new'");
	source = fixture_read(fixture, fixture->store, "c", "c", 3);
	diagnosis = fixture_diagnosis(fixture, source, "c");
	diagnosis->incident_count = diagnosis->evidence_count = diagnosis->run->test_count = 0;
	diagnosis->run->services = &service;
	diagnosis->run->service_count = 1;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_incident(fixture, "state = 'fixed' AND fixed_run = 3");
}

static void a_run_that_is_replaced_changes_the_history_with_it(void **state)
{
	struct fixture *fixture = *state;

	keep_run(fixture, "a", true, NULL);
	keep_run(fixture, "b", true, NULL);
	assert_string_equal(state_in(keep_run(fixture, "a", true, NULL)), "new");
	assert_incident(fixture, "state = 'persisting' AND occurrences = 2");
	keep_run(fixture, "a", false, NULL);
	assert_incident(fixture, "state = 'new' AND first_run = 2 AND occurrences = 1");
	keep_run(fixture, "b", false, NULL);
	assert_incident(fixture, "occurrences = 0 AND last_run IS NULL");
}

static void say(struct fixture *fixture, const char *kind)
{
	const struct judgement word = {
		.kind = kind, .author = "someone", .time = 0, .until = TIME_NONE
	};
	struct err err = { 0 };

	if (store_judge(fixture->store, 1, &word, &err) < 0)
		fail_msg("%s", err.text);
}

static void what_people_said_stays_with_an_incident_and_comes_with_its_next_run(void **state)
{
	struct fixture *fixture = *state;
	struct incident *incident;

	keep_run(fixture, "a", true, NULL);
	say(fixture, "confirm");
	say(fixture, "reject");
	keep_run(fixture, "a", false, NULL);
	assert_incident(fixture, "occurrences = 0 AND last_run IS NULL");
	incident = keep_run(fixture, "a", true, NULL)->incidents[0];
	assert_incident(fixture, "id = 1 AND occurrences = 1");
	assert_int_equal(incident->judgement_count, 2);
	assert_string_equal(incident->judgements[0].kind, "reject");
}

static void what_somebody_resolved_is_fixed_until_it_is_seen_again(void **state)
{
	struct fixture *fixture = *state;

	keep_run(fixture, "a", true, NULL);
	say(fixture, "resolve");
	assert_incident(fixture, "state = 'fixed' AND fixed_run = 1");
	assert_string_equal(state_in(keep_run(fixture, "b", true, NULL)), "regressed");
}

static void to_tolerate_needs_an_owner_and_an_end(void **state)
{
	struct fixture *fixture = *state;
	struct judgement word = { .kind = "tolerate", .author = "someone", .until = TIME_NONE };
	struct err err = { 0 };

	keep_run(fixture, "a", true, NULL);
	assert_int_equal(store_judge(fixture->store, 1, &word, &err), -1);
	word.owner = "the team";
	word.until = WHEN_SECOND;
	assert_int_equal(store_judge(fixture->store, 1, &word, &err), 0);
}

static void a_history_of_before_is_brought_over_with_its_states(void **state)
{
	struct fixture *fixture = *state;

	keep_run(fixture, "a", true, NULL);
	keep_run(fixture, "b", false, NULL);
	keep_run(fixture, "c", true, NULL);
	fixture_go_back(fixture, 2);
	fixture_reopen(fixture);
	assert_incident(fixture, "state = 'regressed' AND fixed_run = 2 AND since_run = 3");
	assert_incident(fixture, "service_id IS NOT NULL AND root_id IS NOT NULL");
}

/* Columns of tables, and the text of indexes and triggers, without blanks, in order. */
#define SHAPE                                                                                      \
	"SELECT group_concat(word, char(10)) FROM (SELECT word FROM ("                             \
	"SELECT m.name || '.' || p.name || ' ' || p.type || p.\"notnull\" || p.pk"                 \
	" || ifnull(p.dflt_value, '') AS word FROM sqlite_schema m, pragma_table_info(m.name) p"   \
	" WHERE m.type = 'table' UNION SELECT replace(sql, ' ', '') FROM sqlite_schema"            \
	" WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL) ORDER BY word)"

static char *shape_of(const struct fixture *fixture)
{
	sqlite3_stmt *statement = NULL;
	sqlite3 *db = NULL;
	char *shape;

	assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, NULL), 0);
	assert_int_equal(sqlite3_prepare_v2(db, SHAPE, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	shape = mem_strdup(NULL, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return shape;
}

static void an_older_database_becomes_what_a_new_one_is(void **state)
{
	struct fixture *fixture = *state;
	char *fresh = shape_of(fixture), *older, *raised;

	fixture_go_back(fixture, 1);
	older = shape_of(fixture);
	fixture_reopen(fixture);
	raised = shape_of(fixture);
	assert_string_not_equal(older, fresh);
	assert_string_equal(raised, fresh);
	talloc_free(fresh);
	talloc_free(older);
	talloc_free(raised);
}

/* How many incidents QUERY finds; the last page's matches and next are kept in *MATCHES and *NEXT. */
static size_t find(struct fixture *fixture, const struct store_query *query,
	struct store_match **matches, int64_t *next)
{
	struct err err = { 0 };
	size_t count;

	if (store_search(fixture, fixture->store, query, matches, &count, next, &err) < 0)
		fail_msg("%s", err.text);
	return count;
}

static struct store_query words(const char *text)
{
	return (struct store_query){ .text = text, .filter = { .since = TIME_NONE, .limit = 9 } };
}

static void evidence_and_words_of_causes_are_found_also_from_before(void **state)
{
	struct fixture *fixture = *state;
	struct store_query query = words("2 LIN");
	struct store_match *matches;
	int64_t next;

	keep_run(fixture, "a", true, NULL);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(find(fixture, &query, &matches, &next), 1);
		assert_string_equal(matches[0].text, "line 2");
		assert_int_equal(matches[0].incident.id, 1);
		fixture_go_back(fixture, 2);
		fixture_reopen(fixture);
	}
	keep_run(fixture, "a", true, NULL);
	query.text = "database.disk-full";
	assert_int_equal(find(fixture, &query, &matches, &next), 1);
	query.text = "\" OR ( NEAR *";
	assert_int_equal(find(fixture, &query, &matches, &next), 0);
}

/* As keep_run, with a fingerprint of its own, and the layer of its root. */
static void keep_other(struct fixture *fixture, const char *name, const char *layer)
{
	struct source_info *source = fixture_read(fixture, fixture->store, name, name, 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, name);
	struct incident *incident = diagnosis->incidents[0];
	struct cause *root = mem_new(diagnosis, struct cause);
	struct err err = { 0 };

	*root = *incident->root;
	root->id = mem_printf(diagnosis, "%s.root", name);
	root->layer = layer;
	incident->root = incident->whys[2]->cause = root;
	snprintf(incident->fingerprint, sizeof(incident->fingerprint), "f1:%s", name);
	if (store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err) < 0)
		fail_msg("%s", err.text);
}

static void a_search_goes_on_and_tells_each_incident_once(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e" };
	struct fixture *fixture = *state;
	struct store_query query = words("line");
	struct store_match *matches;
	unsigned seen[6] = { 0 }, pages = 0;

	for (size_t i = 0; i < 5; i++)
		keep_other(fixture, names[i], "database");
	query.filter.limit = 2;
	do {
		size_t count = find(fixture, &query, &matches, &query.before);

		assert_true(count <= 2);
		for (size_t i = 0; i < count; i++)
			seen[matches[i].incident.id]++;
		pages++;
	} while (query.before != 0 && pages < 9);
	assert_int_equal(pages, 3);
	for (size_t i = 1; i <= 5; i++)
		assert_int_equal(seen[i], 1);
}

static size_t list_count(struct fixture *fixture, const struct store_incident_filter *filter)
{
	struct store_incident *items;
	struct err err = { 0 };
	size_t count;

	if (store_incidents(fixture, fixture->store, filter, &items, &count, &err) < 0)
		fail_msg("%s", err.text);
	return count;
}

static void a_filter_means_the_same_in_lists_searches_and_figures(void **state)
{
	static const struct {
		struct store_incident_filter filter;
		size_t wanted;
	} cases[] = {
		{ { .since = TIME_NONE }, 3 },
		{ { .since = TIME_NONE, .layer = "database" }, 2 },
		{ { .since = TIME_NONE, .layer = "deploy" }, 1 },
		{ { .since = TIME_NONE, .layer = "nowhere" }, 0 },
		{ { .since = TIME_NONE, .service = "shop" }, 3 },
		{ { .since = TIME_NONE, .service = "other" }, 0 },
		{ { .since = TIME_NONE, .test = "tests/test_shop.py::test_buy" }, 3 },
		{ { .since = TIME_NONE, .test = "tests/test_shop.py" }, 0 },
		{ { .since = TIME_NONE, .cause = "b.root" }, 1 },
		{ { .since = TIME_NONE, .cause = "b.root", .layer = "deploy" }, 0 },
		{ { .since = TIME_NONE, .state = "new" }, 1 },
		{ { .since = TIME_NONE, .state = "not reached" }, 2 },
		{ { .since = TIME_NONE, .state = "fixed" }, 0 },
		{ { .since = TIME_NONE, .open = true }, 3 },
		{ { .since = WHEN_SECOND }, 3 },
		{ { .since = 100 * WHEN_SECOND }, 0 },
	};
	struct fixture *fixture = *state;
	struct store_query query = words("line");
	struct store_match *matches;
	struct store_stats *stats;
	struct err err = { 0 };
	int64_t next;

	keep_other(fixture, "a", "deploy");
	keep_other(fixture, "b", "database");
	keep_other(fixture, "c", "database");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		query.filter = cases[i].filter;
		query.filter.limit = 9;
		assert_int_equal(list_count(fixture, &cases[i].filter), cases[i].wanted);
		assert_int_equal(find(fixture, &query, &matches, &next), cases[i].wanted);
		assert_int_equal(
			store_stats(fixture, fixture->store, &cases[i].filter, &stats, &err), 0);
		assert_int_equal(stats->incidents, cases[i].wanted);
	}
}

static void the_layer_of_an_incident_follows_the_rules_and_survives_a_migration(void **state)
{
	const struct store_incident_filter of = { .since = TIME_NONE, .layer = "deploy" };
	struct fixture *fixture = *state;

	keep_other(fixture, "a", "database");
	assert_int_equal(list_count(fixture, &of), 0);
	keep_other(fixture, "a", "deploy");
	assert_int_equal(list_count(fixture, &of), 1);
	fixture_go_back(fixture, 4);
	fixture_reopen(fixture);
	assert_int_equal(list_count(fixture, &of), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_incident_is_new_persists_is_fixed_and_regresses),
		TEST(a_pass_on_the_same_commit_makes_it_flaky_and_not_fixed),
		TEST(a_run_that_did_not_get_to_its_test_proves_nothing),
		TEST(an_incident_of_logs_alone_is_fixed_where_its_service_was_well),
		TEST(a_run_that_is_replaced_changes_the_history_with_it),
		TEST(what_people_said_stays_with_an_incident_and_comes_with_its_next_run),
		TEST(what_somebody_resolved_is_fixed_until_it_is_seen_again),
		TEST(to_tolerate_needs_an_owner_and_an_end),
		TEST(a_history_of_before_is_brought_over_with_its_states),
		TEST(an_older_database_becomes_what_a_new_one_is),
		TEST(evidence_and_words_of_causes_are_found_also_from_before),
		TEST(a_search_goes_on_and_tells_each_incident_once),
		TEST(a_filter_means_the_same_in_lists_searches_and_figures),
		TEST(the_layer_of_an_incident_follows_the_rules_and_survives_a_migration),
	};

	return cmocka_run_group_tests_name("store history", tests, NULL, NULL);
}
