/* Rules in the language of CRE: what they mean, and what is said against faulty ones. */
#include <string.h>

#include "unit/match_world.h"

/* One rule whose "rule" is BODY, in YAML of one line. */
static void begin(struct world *world, const char *body)
{
	char *text = mem_printf(NULL,
		"rules:\n  - cre: {id: CRE-2030-0001, severity: 1, title: One, unknown: 1}\n"
		"    metadata: {id: aaaaaaaaaaaa1, gen: 1}\n    rule: %s\n",
		body);

	world_rules(world, text);
	talloc_free(text);
}

#define EVENT "event: {source: cre.log.test}, "

static void a_set_of_one_value_fires_on_every_entry_with_it(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "match: [{value: disk full}]}}");
	world_line(&world, 2, "the disk full again");
	world_line(&world, 1, "the disk full, told late");
	world_line(&world, 3, "the Disk Full");
	assert_int_equal(world_fired(&world), 2);
	world_end(&world);
}

static void what_is_older_than_an_entry_before_it_completes_no_set(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "window: 10s, match: [one, two]}}");
	world_line(&world, 5, "one");
	world_line(&world, 4, "two");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
	begin(&world, "{set: {" EVENT "window: 10s, match: [one, two]}}");
	world_line(&world, 5, "two");
	world_line(&world, 5, "one");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void a_window_is_closed_to_the_nanosecond(void **state)
{
	static const char body[] = "{set: {" EVENT "window: 1s, match: [one, two]}}";
	struct world world;

	(void)state;
	begin(&world, body);
	world_at(&world, 0, WHEN_SECOND, "one");
	world_at(&world, 0, 2 * WHEN_SECOND, "two");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
	begin(&world, body);
	world_at(&world, 0, WHEN_SECOND, "one");
	world_at(&world, 0, 2 * WHEN_SECOND + 1, "two");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void equal_terms_of_a_set_are_counted_together(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "window: 10s, match: [{value: retry, count: 2}, retry]}}");
	world_line(&world, 1, "retry");
	world_line(&world, 2, "retry");
	assert_int_equal(world_fired(&world), 0);
	world_line(&world, 3, "retry");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void the_only_step_of_a_sequence_has_no_window(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{sequence: {" EVENT "window: 1s, order: [{value: retry, count: 2}]}}");
	world_line(&world, 1, "retry");
	world_line(&world, 1000, "retry");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void a_sequence_wins_over_a_set_beside_it(void **state)
{
	struct world world;

	(void)state;
	begin(&world,
		"{set: {match: [three]}, sequence: {" EVENT "window: 1s, order: [one, two]}}");
	world_line(&world, 1, "three");
	assert_int_equal(world_fired(&world), 0);
	world_line(&world, 2, "one");
	world_line(&world, 3, "two");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void a_negated_entry_in_the_window_behind_takes_the_frame_away(void **state)
{
	static const char body[] =
		"{set: {" EVENT "match: [lost], negate: [{value: back, window: 5s}]}}";
	struct world world;

	(void)state;
	begin(&world, body);
	world_line(&world, 1, "lost");
	world_line(&world, 6, "back");
	assert_int_equal(world_fired(&world), 0);
	world_line(&world, 10, "lost");
	world_line(&world, 15.5, "back");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void folded_lines_have_no_separator(void **state)
{
	struct world world;
	struct entry entry = { .time = WHEN_SECOND,
		.text = "panic: lost\n  at main.go",
		.raw = "panic: lost\n  at main.go",
		.raw_len = 24 };

	(void)state;
	begin(&world, "{set: {" EVENT "match: [{regex: 'panic.*main'}, 'lost  at'], window: 1s}}");
	world_entry(&world, &entry);
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void the_line_as_it_was_read_is_looked_at(void **state)
{
	struct world world;
	struct entry entry = { .time = WHEN_SECOND,
		.text = "refused",
		.raw = "{\"level\":\"fatal\",\"msg\":\"refused\"}",
		.raw_len = 33 };

	(void)state;
	begin(&world, "{set: {" EVENT "match: [{jq: '.level == \"fatal\"'}, {value: '\"msg\":'}],"
		      " window: 1s}}");
	world_entry(&world, &entry);
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void the_ends_of_a_regex_are_those_of_the_text(void **state)
{
	struct world world;
	struct entry entry = { .time = WHEN_SECOND, .text = "first\nsecond" };

	(void)state;
	begin(&world, "{set: {" EVENT "match: [{regex: 'first$'}]}}");
	world_entry(&world, &entry);
	world_line(&world, 2, "first");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
}

static void what_re2_has_is_let_alone(void **state)
{
	static const char *const patterns[] = { "one}+ two", "\\x{41}+ two", "(?i:one)+? two",
		"(?P<name>one){2,3}? two", "[*+]+ two", "\\++ two", "(?-s)one.+ two",
		"(one|)+ two" };

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		char *body =
			mem_printf(NULL, "{set: {" EVENT "match: [{regex: '%s'}]}}", patterns[i]);
		struct world world;

		begin(&world, body);
		assert_int_equal(rules_cause_count(world.rules), 1);
		world_end(&world);
		talloc_free(body);
	}
}

/* An entry whose "a" has COUNT elements. */
static struct entry list_of(TALLOC_CTX *mem, size_t count)
{
	struct entry entry = { .time = WHEN_SECOND, .text = "x" };
	char *raw = mem_strdup(mem, "{\"a\":[0");

	for (size_t i = 1; i < count; i++)
		raw = talloc_strdup_append_buffer(raw, ",0");
	entry.raw = talloc_strdup_append_buffer(raw, "]}");
	entry.raw_len = strlen(entry.raw);
	return entry;
}

static void a_jq_program_that_would_hold_a_run_up_is_not_run(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct entry few = list_of(mem, 100), many = list_of(mem, 20000);
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "match: [{jq: '.a[] == .a[]'}]}}");
	world_entry(&world, &many);
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
	begin(&world, "{set: {" EVENT "match: [{jq: '.a[] == .a[]'}]}}");
	world_entry(&world, &few);
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
	begin(&world, "{set: {" EVENT "match: [{jq: '.a[] == 0'}]}}");
	world_entry(&world, &many);
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
	talloc_free(mem);
}

static void a_negated_entry_before_a_single_one_is_not_seen(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "match: [lost], negate: [restored]}}");
	world_line(&world, 1, "restored");
	world_line(&world, 1, "lost");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
	begin(&world, "{set: {" EVENT "match: [lost], negate: [restored]}}");
	world_line(&world, 1, "lost");
	world_line(&world, 1, "restored");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void of_equal_times_the_first_term_is_given_up(void **state)
{
	static const char body[] = "{set: {" EVENT "window: 9s, match: [lost, gone],"
				   " negate: [{value: kept, anchor: 1, absolute: true}]}}";
	struct world world;

	(void)state;
	begin(&world, body);
	world_line(&world, 1, "lost, gone and kept");
	world_line(&world, 2, "lost");
	assert_int_equal(world_fired(&world), 1);
	world_end(&world);
	begin(&world, body);
	world_line(&world, 1, "lost, gone and kept");
	world_line(&world, 2, "gone");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void what_stands_before_the_first_time_is_no_entry(void **state)
{
	struct world world;

	(void)state;
	begin(&world, "{set: {" EVENT "match: [banner]}}");
	world_line(&world, -1, "banner");
	assert_int_equal(world_fired(&world), 1);
	world_line(&world, 1, "started");
	assert_int_equal(world_fired(&world), 0);
	world_end(&world);
}

static void terms_are_used_by_their_names(void **state)
{
	struct world world;

	(void)state;
	world_rules(&world,
		"section: version\nversion: 2\n---\n"
		"terms: {lost: {regex: 'connection .* lost', field: msg}}\n"
		"rules:\n"
		"  - cre: {id: CRE-2030-0001}\n    metadata: {id: aaaaaaaaaaaa1}\n"
		"    rule: {set: {" EVENT "match: [lost]}}\n"
		"  - cre: {id: CRE-2030-0002}\n    metadata: {id: aaaaaaaaaaaa2}\n"
		"    rule: {set: {" EVENT "window: 1m, match: [{value: lost, count: 2}]}}\n");
	assert_int_equal(rules_cause_count(world.rules), 2);
	world_line(&world, 1, "lost");
	world_line(&world, 2, "connection 7 lost");
	assert_int_equal(world_fired(&world), 1);
	world_line(&world, 3, "connection 8 lost");
	assert_int_equal(world_fired(&world), 3);
	world_end(&world);
}

static void texts_are_those_of_the_author_and_say_something(void **state)
{
	struct world world;
	const struct cause *cause;

	(void)state;
	world_rules(&world,
		"rules:\n"
		"  - cre:\n      id: CRE-2030-0001\n      severity: 0\n      title: '{{one}} is "
		"full'\n"
		"      cause: |\n        The {{volume}} has no room, as\n        logs are kept. "
		"More is known.\n"
		"      mitigation: |\n        - Remove old logs\n        - Ask for **more** room.\n"
		"        ```\n        df -h\n        ```\n"
		"      references: [https://example.com/1]\n"
		"    metadata: {id: aaaaaaaaaaaa1}\n    rule: {set: {" EVENT "match: [full]}}\n"
		"  - cre: {id: CRE-2030-0002, title: Two, cause: See references., impact: Slow}\n"
		"    metadata: {id: aaaaaaaaaaaa2}\n    rule: {set: {" EVENT "match: [two]}}\n");
	cause = rules_cause(world.rules, 0);
	assert_string_equal(cause->title, "{{one}} is full");
	assert_string_equal(cause->why, "The {{volume}} has no room, as logs are kept");
	assert_string_equal(cause->fix, "Remove old logs; Ask for more room.");
	assert_string_equal(cause->references[0], "https://example.com/1");
	assert_int_equal(cause->severity, RATING_CRITICAL);
	assert_null(cause->impact);
	cause = rules_cause(world.rules, 1);
	assert_string_equal(cause->why, "Two");
	assert_string_equal(cause->impact, "Slow");
	assert_int_equal(cause->severity, RATING_MEDIUM);
	world_end(&world);
}

static void what_only_other_engines_run_is_left_out_and_told(void **state)
{
	static const char text[] =
		"rules:\n"
		"  - cre: {id: CRE-2030-0001}\n    metadata: {id: aaaaaaaaaaaa1}\n"
		"    rule: {set: {" EVENT "window: 1s, match: [one, {set: {match: [two]}}]}}\n"
		"  - cre: {id: CRE-2030-0002}\n    metadata: {id: aaaaaaaaaaaa2}\n"
		"    rule: {set: {" EVENT "match: [two]}}\n";
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct rule_problems problems;
	struct rules *rules;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
		rules_load_text(mem, "x.yaml", text, strlen(text), &rules, &problems, &err), 0);
	assert_int_equal(rules_cause_count(rules), 1);
	assert_int_equal(problems.count, 1);
	assert_true(problems.items[0].warning);
	assert_non_null(strstr(problems.items[0].text, "CRE-2030-0001 is left out"));
	talloc_free(mem);
}

static void faulty_rules_are_refused(void **state)
{
	static const struct {
		const char *body, *message;
	} cases[] = {
		{ "{set: {" EVENT "window: 1s}}", "needs \"match\"" },
		{ "{sequence: {" EVENT "window: 1s}}", "needs \"order\"" },
		{ "{set: {" EVENT "match: [one], order: [one, two]}}", "has no \"order\"" },
		{ "{set: {" EVENT "match: [one, two]}}", "needs a \"window\"" },
		{ "{set: {" EVENT "match: [{value: one, count: 2}]}}", "needs a \"window\"" },
		{ "{set: {" EVENT "window: 1s, match: [one]}}", "has no \"window\"" },
		{ "{sequence: {" EVENT "window: 1s, order: [one]}}", "more than one entry" },
		{ "{sequence: {" EVENT "order: [one, two]}}", "needs a \"window\"" },
		{ "{set: {" EVENT "window: soon, match: [one, two]}}", "duration" },
		{ "{set: {" EVENT "match: [one], negate: [{value: two, count: 2}]}}", "no count" },
		{ "{set: {" EVENT "match: [one], negate: [{value: two, extract: [a]}]}}",
			"extracts nothing" },
		{ "{set: {" EVENT "match: [one], negate: [{value: two, anchor: 1}]}}", "anchor 1" },
		{ "{set: {" EVENT "match: ['']}}", "empty" },
		{ "{set: {" EVENT "match: [{field: one}]}}", "exactly one" },
		{ "{set: {" EVENT "match: [{value: one, regex: two}]}}", "exactly one" },
		{ "{set: {" EVENT "match: [{regex: 'one('}]}}", "regex:" },
		{ "{set: {" EVENT "match: [{regex: 'one(?=two)'}]}}", "regex:" },
		{ "{set: {" EVENT "match: [{regex: 'one++ two'}]}}", "has no \"++" },
		{ "{set: {" EVENT "match: [{regex: 'one{2,3}+ two'}]}}", "has no \"}+" },
		{ "{set: {" EVENT "match: [{regex: '(?x) one'}]}}", "has no \"(?x)" },
		{ "{set: {" EVENT "match: [{regex: \"(?'name'one)\"}]}}", "has no \"(?'n" },
		{ "{set: {" EVENT "match: [{regex: 'one\\h[\\h]two'}]}}", "has no \"\\h" },
		{ "{set: {" EVENT "match: [{jq: '.a |'}]}}", "jq:" },
		{ "{set: {" EVENT "match: [{jq: 'range(9)'}]}}", "jq:" },
		{ "{set: {" EVENT "match: [{jq: '.a[] | [.. | ..] | .[] | .. '}]}}",
			"too many outputs: 0 \",\", of which 16 are allowed, and 5" },
		{ "{set: {" EVENT "match: [{jq: '[0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7]'}]}}",
			"too many outputs: 17" },
		{ "{set: {match: [one]}}", "event.source" },
		{ "{}", "\"set\" or \"sequence\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		TALLOC_CTX *mem = mem_check(talloc_new(NULL));
		char *text = mem_printf(mem,
			"rules:\n  - cre: {id: CRE-2030-0001}\n"
			"    metadata: {id: aaaaaaaaaaaa1}\n    rule: %s\n",
			cases[i].body);
		struct rule_problems problems;
		struct rules *rules;
		struct err err = { 0 };

		assert_int_equal(
			rules_load_text(mem, "x.yaml", text, strlen(text), &rules, &problems, &err),
			-1);
		assert_int_equal(err.code, ERR_RULE);
		if (strstr(err.text, cases[i].message) == NULL ||
			strncmp(err.text, "x.yaml:", 7) != 0 || problems.items[0].place.line == 0)
			fail_msg("%s: %s", cases[i].body, err.text);
		talloc_free(mem);
	}
}

static void ids_are_there_and_given_once(void **state)
{
	static const char *const texts[] = {
		"rules:\n  - metadata: {id: a1}\n    rule: {set: {" EVENT "match: [one]}}\n",
		"rules:\n  - cre: {title: a}\n    metadata: {id: a1}\n    rule: {set: {" EVENT
		"match: [one]}}\n",
		"rules:\n  - cre: {id: CRE-1}\n    rule: {set: {" EVENT "match: [one]}}\n",
		"rules:\n  - cre: {id: CRE-1}\n    metadata: {id: a1}\n    rule: {set: {" EVENT
		"match: [one]}}\n"
		"  - cre: {id: CRE-1}\n    metadata: {id: a2}\n    rule: {set: {" EVENT
		"match: [one]}}\n",
		"rules:\n  - cre: {id: CRE-1}\n    metadata: {id: a1}\n    rule: {set: {" EVENT
		"match: [one]}}\n"
		"  - cre: {id: CRE-2}\n    metadata: {id: a1}\n    rule: {set: {" EVENT
		"match: [one]}}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		TALLOC_CTX *mem = mem_check(talloc_new(NULL));
		struct rule_problems problems;
		struct rules *rules;
		struct err err = { 0 };

		assert_int_equal(rules_load_text(mem, "x.yaml", texts[i], strlen(texts[i]), &rules,
					 &problems, &err),
			-1);
		assert_int_equal(problems.errors, 1);
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_of_one_value_fires_on_every_entry_with_it),
		cmocka_unit_test(what_is_older_than_an_entry_before_it_completes_no_set),
		cmocka_unit_test(a_window_is_closed_to_the_nanosecond),
		cmocka_unit_test(equal_terms_of_a_set_are_counted_together),
		cmocka_unit_test(the_only_step_of_a_sequence_has_no_window),
		cmocka_unit_test(a_sequence_wins_over_a_set_beside_it),
		cmocka_unit_test(a_negated_entry_in_the_window_behind_takes_the_frame_away),
		cmocka_unit_test(folded_lines_have_no_separator),
		cmocka_unit_test(the_line_as_it_was_read_is_looked_at),
		cmocka_unit_test(the_ends_of_a_regex_are_those_of_the_text),
		cmocka_unit_test(what_re2_has_is_let_alone),
		cmocka_unit_test(a_jq_program_that_would_hold_a_run_up_is_not_run),
		cmocka_unit_test(a_negated_entry_before_a_single_one_is_not_seen),
		cmocka_unit_test(of_equal_times_the_first_term_is_given_up),
		cmocka_unit_test(what_stands_before_the_first_time_is_no_entry),
		cmocka_unit_test(terms_are_used_by_their_names),
		cmocka_unit_test(texts_are_those_of_the_author_and_say_something),
		cmocka_unit_test(what_only_other_engines_run_is_left_out_and_told),
		cmocka_unit_test(faulty_rules_are_refused),
		cmocka_unit_test(ids_are_there_and_given_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
