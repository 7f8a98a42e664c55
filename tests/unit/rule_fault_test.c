/* Rule files with faults: each is told, with its place. */
#include "unit/rule_help.h"

/* A cause with this in it has exactly one fault, and this is what it says. */
static const struct {
	const char *text, *says;
	unsigned column; /* in the third line of the file */
} faults[] = {
	{ "    titel: x", "did you mean \"title\"?", 5 },
	{ "    flavour: x", "a cause has no key \"flavour\"", 5 },
	{ "    kind: rooot", "kind must be one of: symptom, cause, root", 11 },
	{ "    severity: urgent", "severity must be one of", 15 },
	{ "    leaf: people", "leaf must be one of", 11 },
	{ "    status: gone", "status must be one of", 13 },
	{ "    fix:", "\"fix\" has no value", 5 },
	{ "    title: [a]", "one text is wanted here", 12 },
	{ "    id: a.two", "\"id\" is given twice", 5 },
	{ "    why: '{{colour}}'", "why: nothing binds \"colour\"", 10 },
	{ "    why: '{{servise}}'", "did you mean \"service\"?", 10 },
	{ "    why: '{{#test}}'", "why", 10 },
	{ "    group_by: [tset]", "group_by: nothing binds \"tset\"", 16 },
	{ "    group_by: [count]", "group_by: nothing binds \"count\"", 16 },
	{ "    because: [a.nowhere]", "no cause \"a.nowhere\"", 15 },
	{ "    because: [{cause: a.one, explains: x}]", "an edge has no key", 30 },
	{ "    because: [{within: 1m}]", "needs \"cause\"", 15 },
	{ "    because: [{cause: a.one, weight: 2}]", "a weight is a number", 38 },
	{ "    because: [{cause: a.one, within: -1s}]", "cannot be negative", 38 },
	{ "    because: [{cause: a.one, within: 3 days}]", "a duration", 38 },
	{ "    because: [{cause: a.one, where: {colour: service}}]", "nothing binds \"colour\"",
		15 },
	{ "    because: [{cause: a.one, implied: true, tests: 0}]", "a number from 1", 52 },
	{ "    because: [{cause: a.one, implied: true, tests: many}]", "a number from 1", 52 },
	{ "    because: [{cause: a.one, tests: 2}]", "this one is not", 15 },
	{ "    explains: [{within: 1m}]", "needs \"effect\"", 16 },
	{ "    replaced_by: a.nowhere", "no cause \"a.nowhere\"", 18 },
	{ "    also_matches: [a.nowhere]", "no cause \"a.nowhere\"", 19 },
	{ "    when: plain", "write \"match:\" before the term", 11 },
	{ "    when: {match: a, all: [b]}", "a signature is one of", 11 },
	{ "    when: {within: 1s}", "a signature is one of", 11 },
	{ "    when: {match: a, within: 1s}", "no meaning for a single entry", 19 },
	{ "    when: {match: [a, b]}", "\"match\" is one term", 19 },
	{ "    when: {match: ''}", "a term cannot be empty", 19 },
	{ "    when: {match: {regex: 'a('}}", "regex: missing closing parenthesis at character 3",
		19 },
	{ "    when: {match: {regex: 'a(?'}}", "regex: ", 19 },
	{ "    when: {match: {regex: a, literal: b}}", "a term is one of", 19 },
	{ "    when: {match: {term: a}}", "no term \"a\" in this file", 19 },
	{ "    when: {match: {literal: a, count: 0}}", "a whole number", 39 },
	{ "    when: {match: {literal: a, nocase: perhaps}}", "one of: false, true", 40 },
	{ "    when: {all: []}", "cannot be empty", 17 },
	{ "    when: {all: [a, b], within: soon}", "\"N lines\" or \"scope\"", 33 },
	{ "    when: {any: a}", "must be a list of signatures", 17 },
	{ "    when: {count: {of: a}}", "needs \"at_least\"", 19 },
	{ "    when: {count: {at_least: 2}}", "needs \"of\"", 19 },
	{ "    when: {count: {of: a, at_least: 2, distinct: b}}", "distinct: nothing binds", 11 },
	{ "    when: {absent: {none_of: [a]}}", "needs \"after\"", 20 },
	{ "    when: {absent: {after: a}}", "one of \"none_of\" and \"stages\"", 20 },
	{ "    when: {match: a, not: [{literal: b, anchor: 1}]}", "anchor 1", 28 },
	{ "    when: {match: a, not: [{literal: b, count: 2}]}", "has no count", 28 },
	{ "    when: {match: a, not: [{literal: b, window: -1s}]}", "cannot be negative", 49 },
	{ "    where: {severity: loud}", "a severity such as", 23 },
	{ "    where: {outcome: broken}", "fits no outcome", 22 },
	{ "    where: {field: {path: a..b}}", "a field needs a path", 20 },
	{ "    where: {field: {path: a, op: like, value: b}}", "op must be one of", 34 },
	{ "    where: {field: {path: a, op: eq}}", "a field needs a value", 20 },
	{ "    where: {field: {path: a, op: regex, value: '('}}", "regex: ", 48 },
	{ "    where: {colour: red}", "where has no key", 13 },
	{ "    examples: {match: [{expect: {service: a}}]}", "an example needs a \"log\"", 24 },
	{ "    examples: {clean: [{log: a, expect: {service: a}}]}", "a clean example has no key",
		33 },
	{ "    examples: {match: [{log: a, expect: {colour: a}}]}", "nothing binds \"colour\"",
		24 },
};

static void each_fault_is_told_at_its_place_and_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct loaded loaded = load_cause(faults[i].text);

		if (loaded.problems.count != 1 || loaded.problems.items[0].place.line != 3 ||
			loaded.problems.items[0].place.column != faults[i].column) {
			print_message("# %s\n", faults[i].text);
			print_problems(&loaded);
		}
		assert_int_equal(loaded.result, -1);
		assert_int_equal(loaded.problems.count, 1);
		must_say(&loaded, faults[i].says);
		assert_int_equal(loaded.problems.items[0].place.line, 3);
		assert_int_equal(loaded.problems.items[0].place.column, faults[i].column);
		assert_string_equal(loaded.problems.items[0].place.file, "r.yaml");
		talloc_free(loaded.mem);
	}
}

static void all_faults_of_a_file_are_told_in_order(void **state)
{
	struct loaded loaded = load_text("version: 2\n"
					 "terms: {a: {regex: '('}}\n"
					 "causes:\n"
					 "  - id: a.One\n"
					 "    kind: rot\n"
					 "    when: {match: {regex: '[', as: (}}\n"
					 "    because: [a.nowhere]\n"
					 "  - title: nameless\n"
					 "linkz: []\n");
	unsigned last = 0;

	(void)state;
	assert_int_equal(loaded.problems.errors, 8);
	for (size_t i = 0; i < loaded.problems.count; i++) {
		assert_true(loaded.problems.items[i].place.line >= last);
		last = loaded.problems.items[i].place.line;
	}
	assert_string_equal(loaded.err.text, "r.yaml:1:10: this program reads version 1");
	assert_int_equal(loaded.err.code, ERR_RULE);
	talloc_free(loaded.mem);
}

static void broken_yaml_is_told_and_the_documents_before_it_are_checked(void **state)
{
	struct loaded loaded = load_text("causes: [{id: a.one, kind: no}]\n---\ncauses: [}\n");

	(void)state;
	assert_int_equal(loaded.problems.errors, 2);
	must_say(&loaded, "YAML: ");
	assert_int_equal(loaded.problems.items[1].place.line, 3);
	talloc_free(loaded.mem);
}

static void bytes_that_are_no_utf8_are_told(void **state)
{
	struct loaded loaded = load_text("causes: [{id: \"\xff\"}]\n");

	(void)state;
	must_say(&loaded, "YAML: invalid leading UTF-8 octet");
	talloc_free(loaded.mem);
}

static void a_nul_character_is_refused(void **state)
{
	struct loaded loaded = load_cause("    title: \"a\\0b\"");

	(void)state;
	must_say(&loaded, "a NUL character cannot be used");
	talloc_free(loaded.mem);
}

static void deep_nesting_is_refused(void **state)
{
	char text[1001];
	struct loaded loaded;

	(void)state;
	memset(text, '[', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	loaded = load_text(text);
	must_say(&loaded, "nested deeper than 64");
	talloc_free(loaded.mem);
}

static void aliases_that_multiply_are_refused(void **state)
{
	struct loaded loaded = load_text("a: &a [x, x, x, x, x, x, x, x, x, x]\n"
					 "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
					 "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
					 "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
					 "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
					 "f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n"
					 "g: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]\n");

	(void)state;
	must_say(&loaded, "aliases add up to more than");
	talloc_free(loaded.mem);
	loaded = load_text("a: &a [*a]\n");
	must_say(&loaded, "no anchor \"a\" before this");
	talloc_free(loaded.mem);
}

static void a_slip_in_the_name_of_a_term_is_warned_of(void **state)
{
	struct loaded loaded =
		load_text("terms: {request-sent: Sent it}\n"
			  "causes:\n"
			  "  - id: a.one\n"
			  "    when: {all: [request-snet, request-sent], within: 1s}\n");

	(void)state;
	assert_int_equal(loaded.result, 0);
	must_say(&loaded, "did you mean the term \"request-sent\"?");
	assert_true(loaded.problems.items[0].warning);
	talloc_free(loaded.mem);
}

static void names_of_a_regex_that_does_not_compile_are_still_known(void **state)
{
	struct loaded loaded = load_cause("    when: {match: {regex: '(?<x>a)('}}\n"
					  "    why: '{{x}}'");

	(void)state;
	assert_int_equal(loaded.problems.errors, 1);
	talloc_free(loaded.mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_is_told_at_its_place_and_alone),
		cmocka_unit_test(all_faults_of_a_file_are_told_in_order),
		cmocka_unit_test(broken_yaml_is_told_and_the_documents_before_it_are_checked),
		cmocka_unit_test(bytes_that_are_no_utf8_are_told),
		cmocka_unit_test(a_nul_character_is_refused),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(aliases_that_multiply_are_refused),
		cmocka_unit_test(a_slip_in_the_name_of_a_term_is_warned_of),
		cmocka_unit_test(names_of_a_regex_that_does_not_compile_are_still_known),
	};

	return cmocka_run_group_tests_name("rules with faults", tests, NULL, NULL);
}
