/* Links: times, keys, the join of tests with logs, logs alone. */
#include <string.h>

#include "unit/reason_world.h"
#include "unit/test.h"

/* A symptom of a failing test, a cause in a log, and an edge between them. */
struct pair {
	struct world *world;
	struct cause *symptom, *cause;
	struct edge *edge;
	struct source_info *transcript, *log;
	struct test *test;
};

static struct pair pair_new(void)
{
	struct pair pair = { .world = world_new() };

	pair.symptom = world_cause(pair.world, "a.symptom", KIND_SYMPTOM);
	pair.cause = world_cause(pair.world, "b.cause", KIND_ROOT);
	pair.edge = world_edge(pair.world, pair.symptom, pair.cause);
	pair.transcript = world_transcript(pair.world, "t.txt");
	pair.log = world_log(pair.world, "l.json");
	pair.test = world_test(pair.world, pair.transcript, "x::y", OUTCOME_FAILED);
	return pair;
}

static void fire(struct pair *pair, struct cause *cause, struct source_info *source,
	struct test *test, int64_t time, const char *text)
{
	world_fire(world_finding(pair->world, cause),
		world_entry(pair->world, source, test, time, text, 1));
}

static void show_symptom(struct pair *pair, int64_t time)
{
	fire(pair, pair->symptom, pair->transcript, pair->test, time,
		"server rejected the connection: HTTP 503");
}

static struct incident *only_incident(struct pair *pair)
{
	struct diagnosis *diagnosis = world_conclude(pair->world);

	assert_int_equal(diagnosis->incident_count, 1);
	return diagnosis->incidents[0];
}

static void a_cause_in_the_log_shortly_before_explains(void **state)
{
	struct pair pair = pair_new();
	struct incident *incident;

	(void)state;
	show_symptom(&pair, AT(100));
	fire(&pair, pair.cause, pair.log, NULL, AT(90), "died");
	incident = only_incident(&pair);
	assert_ptr_equal(incident->root, pair.cause);
	assert_true(incident->whys[1]->link.order_supported);
	assert_int_equal(incident->whys[1]->link.gap, 10 * WHEN_SECOND);
	assert_non_null(incident->join);
	assert_true(incident->confidence > 0 && incident->confidence < 1);
	talloc_free(pair.world);
}

static void a_cause_long_before_explains_nothing(void **state)
{
	struct pair pair = pair_new();

	(void)state;
	show_symptom(&pair, AT(1000));
	fire(&pair, pair.cause, pair.log, NULL, AT(100), "died");
	assert_null(only_incident(&pair)->root);
	talloc_free(pair.world);
}

static void a_cause_after_its_effect_is_shown_as_not_in_order(void **state)
{
	struct pair pair = pair_new();
	struct incident *incident;

	(void)state;
	show_symptom(&pair, AT(100));
	fire(&pair, pair.cause, pair.log, NULL, AT(160), "died");
	incident = only_incident(&pair);
	assert_false(incident->whys[1]->link.order_supported);
	assert_string_equal(verdict_name(incident->verdict), "POSSIBLE");
	talloc_free(pair.world);
}

static void an_earlier_cause_is_preferred_to_a_later_one(void **state)
{
	struct pair pair = pair_new();
	struct cause *late = world_cause(pair.world, "a.late", KIND_ROOT);
	struct incident *incident;

	(void)state;
	world_edge(pair.world, pair.symptom, late);
	show_symptom(&pair, AT(100));
	fire(&pair, pair.cause, pair.log, NULL, AT(90), "died");
	fire(&pair, late, pair.log, NULL, AT(160), "died too");
	incident = only_incident(&pair);
	assert_ptr_equal(incident->root, pair.cause);
	assert_int_equal(incident->alternative_count, 1);
	assert_string_equal(incident->alternatives[0].verdict, "order not supported");
	talloc_free(pair.world);
}

static void keys_that_differ_exclude_a_cause(void **state)
{
	struct pair pair = pair_new();
	struct entry *effect, *cause;

	(void)state;
	world_same(pair.edge, "service");
	effect = world_entry(pair.world, pair.log, NULL, AT(100), "HTTP 503", 1);
	cause = world_entry(pair.world, pair.log, NULL, AT(90), "died", 1);
	effect->test = pair.test;
	effect->service = "one";
	cause->service = "two";
	world_fire(world_finding(pair.world, pair.symptom), effect);
	world_fire(world_finding(pair.world, pair.cause), cause);
	assert_null(only_incident(&pair)->root);
	talloc_free(pair.world);
}

static void a_key_that_one_side_lacks_makes_it_likely(void **state)
{
	struct pair pair = pair_new();
	struct incident *incident;
	struct entry *cause;

	(void)state;
	world_same(pair.edge, "service");
	show_symptom(&pair, AT(100));
	cause = world_entry(pair.world, pair.log, NULL, AT(90), "died", 1);
	cause->service = "two";
	world_fire(world_finding(pair.world, pair.cause), cause);
	incident = only_incident(&pair);
	assert_string_equal(verdict_name(incident->verdict), "LIKELY");
	assert_string_equal(incident->whys[1]->link.keys_missing, "service");
	talloc_free(pair.world);
}

static void a_test_that_asked_for_nothing_is_joined_with_nothing(void **state)
{
	struct pair pair = pair_new();
	struct incident *incident;

	(void)state;
	fire(&pair, pair.symptom, pair.transcript, pair.test, AT(100),
		"E   fixture 'alpha' not found");
	fire(&pair, pair.cause, pair.log, NULL, AT(90), "died");
	incident = only_incident(&pair);
	assert_null(incident->root);
	assert_string_equal(incident->join, "with nothing: the test made no request");
	talloc_free(pair.world);
}

static void a_shared_trace_joins_with_certainty(void **state)
{
	struct pair pair = pair_new();
	struct incident *incident;
	struct entry *cause;

	(void)state;
	fire(&pair, pair.symptom, pair.transcript, pair.test, AT(100),
		"HTTP 503 trace 4bf92f3577b34da6a3ce929d0e0e4736");
	cause = world_entry(pair.world, pair.log, NULL, AT(90), "died", 1);
	cause->trace = "projects/example/traces/4bf92f3577b34da6a3ce929d0e0e4736";
	world_fire(world_finding(pair.world, pair.cause), cause);
	incident = only_incident(&pair);
	assert_string_equal(verdict_name(incident->verdict), "CONFIRMED");
	talloc_free(pair.world);
}

static void request(struct pair *pair, int64_t time, int status, const char *path)
{
	struct entry entry = { .time = time, .text = "", .source = pair->log };

	entry.http_status = status;
	entry.path = path;
	reasoner_observe(pair->world->reasoner, &entry, 0);
}

static void equal_numbers_of_failures_tell_between_causes(void **state)
{
	struct pair pair = pair_new();
	struct cause *other = world_cause(pair.world, "a.other", KIND_ROOT);
	struct finding *symptom = world_finding(pair.world, pair.symptom);
	struct finding *many = world_finding(pair.world, other);
	struct finding *three = world_finding(pair.world, pair.cause);
	struct incident *incident;

	(void)state;
	world_edge(pair.world, pair.symptom, other);
	for (int i = 0; i < 3; i++) {
		struct test *test = i == 0 ? pair.test
					   : world_test(pair.world, pair.transcript,
						     i == 1 ? "x::b" : "x::c", OUTCOME_ERROR);

		world_fire(symptom, world_entry(pair.world, pair.transcript, test, TIME_NONE,
					    "rejected: HTTP 403", 1));
		world_fire(three,
			world_entry(pair.world, pair.log, NULL, AT(i), "refused: no token", 1));
	}
	for (int i = 0; i < 9; i++)
		world_fire(many,
			world_entry(pair.world, pair.log, NULL, AT(i), "refused: bad token", 1));
	request(&pair, AT(1), 403, "/ws");
	incident = only_incident(&pair);
	assert_ptr_equal(incident->root, pair.cause);
	assert_int_equal(incident->test_count, 3);
	assert_non_null(strstr(incident->whys[1]->link.keys_agreed, "number of failures (3)"));
	assert_non_null(strstr(incident->join, "answered 403"));
	talloc_free(pair.world);
}

static void logs_alone_give_chains_without_tests(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "b.root", KIND_ROOT);
	struct cause *noise = world_cause(world, "c.noise", KIND_CAUSE);
	const char *const tags[] = { "noise", NULL };
	struct source_info *log = world_log(world, "l.json");
	struct finding *of_symptom = world_finding(world, symptom);
	struct finding *of_root = world_finding(world, root);
	struct diagnosis *diagnosis;

	(void)state;
	noise->tags = (const char **)tags;
	world_edge(world, symptom, root);
	for (int i = 0; i < 50; i++) {
		world_fire(of_root, world_entry(world, log, NULL, AT(100 * i), "died", 1));
		world_fire(of_symptom, world_entry(world, log, NULL, AT(100 * i + 5), "503", 1));
	}
	world_fire(world_finding(world, noise), world_entry(world, log, NULL, AT(1), "meh", 1));
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_int_equal(diagnosis->incidents[0]->test_count, 0);
	assert_int_equal(diagnosis->incidents[0]->why_count, 2);
	assert_int_equal(diagnosis->incidents[0]->whys[0]->count, 50);
	assert_ptr_equal(diagnosis->incidents[0]->root, root);
	assert_true(diagnosis->failed);
	talloc_free(world);
}

/* A log in which COUNT entries of this severity show a cause of this kind, and nothing else. */
static size_t incidents_of(
	enum cause_kind kind, enum severity severity, size_t count, const char *text, bool optional)
{
	static const char *const tags[] = { "optional", NULL };
	struct world *world = world_new();
	struct cause *cause = world_cause(world, "a.cause", kind);
	struct finding *finding = world_finding(world, cause);
	struct source_info *log = world_log(world, "l.json");
	size_t incidents;

	if (optional)
		cause->tags = (const char **)(uintptr_t)tags;
	for (size_t i = 0; i < count; i++) {
		struct entry *entry = world_entry(world, log, NULL, AT(i), text, 1);

		entry->severity = severity;
		world_fire(finding, entry);
	}
	incidents = world_conclude(world)->incident_count;
	talloc_free(world);
	return incidents;
}

static void what_a_log_lives_with_is_no_incident(void **state)
{
	(void)state;
	assert_int_equal(incidents_of(KIND_CAUSE, SEVERITY_WARNING, 1, "retrying", false), 0);
	assert_int_equal(incidents_of(KIND_CAUSE, SEVERITY_WARNING, 3, "retrying", false), 1);
	assert_int_equal(incidents_of(KIND_CAUSE, SEVERITY_ERROR, 1, "refused", false), 1);
	assert_int_equal(incidents_of(KIND_CAUSE, SEVERITY_DEFAULT, 1, "refused", false), 1);
	assert_int_equal(incidents_of(KIND_SYMPTOM, SEVERITY_WARNING, 1, "exit(3)", false), 1);
	assert_int_equal(incidents_of(KIND_SYMPTOM, SEVERITY_WARNING, 9, "no token", true), 0);
	assert_int_equal(incidents_of(KIND_SYMPTOM, SEVERITY_INFO, 1, "simulating", false), 0);
	assert_int_equal(incidents_of(KIND_SYMPTOM, SEVERITY_INFO, 1, "HTTP/1.1\" 503", false), 1);
}

static void a_clock_without_a_zone_is_not_days_away_from_utc(void **state)
{
	static const struct {
		int hours; /* of the cause, before the symptom by its own clock */
		bool explains;
	} cases[] = { { 13, true }, { 15, false }, { 7 * 24, false }, { -11, true },
		{ -14, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pair pair = pair_new();

		pair.transcript->zone_unknown = true;
		show_symptom(&pair, AT(0));
		fire(&pair, pair.cause, pair.log, NULL, AT(-3600 * cases[i].hours), "died");
		if ((only_incident(&pair)->root != NULL) != cases[i].explains)
			fail_msg("%d hours", cases[i].hours);
		talloc_free(pair.world);
	}
}

static bool never_seen(void *context, const struct term *term, int64_t from, int64_t to)
{
	(void)context;
	(void)term;
	return from > to;
}

static void a_cause_whose_expectation_was_not_seen_is_ruled_out(void **state)
{
	struct pair pair = pair_new();
	struct expectation expectation = { .text = "pool is exhausted" };
	struct incident *incident;

	(void)state;
	pair.world->options.seen = never_seen;
	pair.cause->expects = &expectation;
	pair.cause->expect_count = 1;
	talloc_free(pair.world->reasoner);
	pair.world->reasoner = NULL;
	show_symptom(&pair, AT(100));
	fire(&pair, pair.cause, pair.log, NULL, AT(90), "died");
	incident = only_incident(&pair);
	assert_null(incident->root);
	assert_string_equal(incident->alternatives[0].verdict, "ruled out");
	assert_string_equal(
		incident->alternatives[0].because, "\"pool is exhausted\" was not seen");
	talloc_free(pair.world);
}

static void an_alternative_is_no_incident_of_its_own(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "b.root", KIND_ROOT);
	struct cause *rival = world_cause(world, "c.rival", KIND_ROOT);
	struct source_info *log = world_log(world, "l.json");
	struct diagnosis *diagnosis;

	(void)state;
	world_edge(world, symptom, root);
	world_edge(world, symptom, rival)->weight = 0.9;
	world_fire(world_finding(world, symptom), world_entry(world, log, NULL, AT(10), "503", 1));
	world_fire(world_finding(world, root), world_entry(world, log, NULL, AT(9), "died", 1));
	world_fire(world_finding(world, rival), world_entry(world, log, NULL, AT(9), "full", 1));
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_ptr_equal(diagnosis->incidents[0]->root, root);
	assert_int_equal(diagnosis->incidents[0]->alternative_count, 1);
	talloc_free(world);
}

static void a_second_reading_of_the_same_lines_is_told_once(void **state)
{
	struct world *world = world_new();
	struct cause *symptom = world_cause(world, "a.symptom", KIND_SYMPTOM);
	struct cause *root = world_cause(world, "b.root", KIND_ROOT);
	struct cause *general = world_cause(world, "c.general", KIND_CAUSE);
	struct source_info *log = world_log(world, "l.json");
	struct entry *line = world_entry(world, log, NULL, AT(9), "no module alpha", 2);
	struct diagnosis *diagnosis;

	(void)state;
	world_edge(world, symptom, root);
	world_fire(world_finding(world, symptom), world_entry(world, log, NULL, AT(10), "503", 1));
	world_fire(world_finding(world, root), line);
	world_fire(world_finding(world, general), line);
	diagnosis = world_conclude(world);
	assert_int_equal(diagnosis->incident_count, 1);
	assert_ptr_equal(diagnosis->incidents[0]->root, root);
	talloc_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cause_in_the_log_shortly_before_explains),
		cmocka_unit_test(a_cause_long_before_explains_nothing),
		cmocka_unit_test(a_cause_after_its_effect_is_shown_as_not_in_order),
		cmocka_unit_test(an_earlier_cause_is_preferred_to_a_later_one),
		cmocka_unit_test(keys_that_differ_exclude_a_cause),
		cmocka_unit_test(a_key_that_one_side_lacks_makes_it_likely),
		cmocka_unit_test(a_test_that_asked_for_nothing_is_joined_with_nothing),
		cmocka_unit_test(a_shared_trace_joins_with_certainty),
		cmocka_unit_test(equal_numbers_of_failures_tell_between_causes),
		cmocka_unit_test(logs_alone_give_chains_without_tests),
		cmocka_unit_test(what_a_log_lives_with_is_no_incident),
		cmocka_unit_test(a_clock_without_a_zone_is_not_days_away_from_utc),
		cmocka_unit_test(an_alternative_is_no_incident_of_its_own),
		cmocka_unit_test(a_second_reading_of_the_same_lines_is_told_once),
		cmocka_unit_test(a_cause_whose_expectation_was_not_seen_is_ruled_out),
	};

	return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
