/* What the lint says of rules that load. */
#include <stdlib.h>

#include "unit/rule_help.h"

static struct loaded lint_text(const char *text)
{
	struct loaded loaded = load_text(text);

	if (loaded.result < 0)
		print_problems(&loaded);
	assert_int_equal(loaded.result, 0);
	rules_lint(loaded.mem, loaded.rules, &loaded.problems);
	return loaded;
}

/* A file with one good cause but for TEXT; EXTRA is what the file says beside it. */
static struct loaded lint_cause(const char *text, const char *extra)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct loaded loaded = lint_text(mem_printf(mem,
		"%s\ncauses:\n"
		"  - id: a.one\n"
		"    title: t\n"
		"    examples: {match: [a], clean: [b]}\n"
		"%s\n",
		extra, text));

	talloc_free(mem);
	return loaded;
}

static const struct {
	const char *text, *says;
	bool warning;
} findings[] = {
	{ "    why: a human error broke it", "blames a person", false },
	{ "    why: the release script forgot the module", "blames a person", false },
	{ "    why: the table should have an index", "blames a person", false },
	{ "    why: x\n    when: {match: {regex: '\\d+'}}", "no literal of 4 characters", false },
	{ "    why: x\n    when: {match: {regex: 'abc|defgh'}}", "no literal of 4 characters",
		false },
	{ "    why: x\n    when: {match: {regex: '^E\\s+\\d'}}", "no literal of 4 characters",
		true },
	{ "    why: x\n    when: {match: {regex: '\\d+', where: {service: a}}}",
		"no literal of 4 characters", true },
	{ "    why: x\n    when: {match: {regex: '(a+)+bbbb$'}}", "runs out of its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '^(?:\\w+\\s?)*abcd$'}}", "its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '(.*)(.*)(.*)abcd'}}", "its match limit", false },
	{ "    why: x\n    when: {match: {regex: 'abcd(?=(?:x|xx)*$)'}}", "its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '(.*) pod (.*?) (.*)x'}}",
		"\"a pod \", then \" \" \u00d7 1024, then", false },
	{ "    why: x\n    when: {match: {regex: '\\s+$ abcd'}}",
		"on \" \" \u00d7 1024, then \"\\n  abcd\" (1031 bytes)", false },
	{ "    why: x\n    when: {match: {regex: '(a|a)*bcde'}}", "\"a\" \u00d7 256, then", false },
	{ "    why: x\n    when: {match: {regex: '(\\w+\\s?)+:abcd'}}", "its match limit", false },
	{ "    why: x\n    when: {match: {regex: '(?:\\w+\\.)+Error'}}", "its match limit", false },
	{ "    why: x\n    when: {match: {regex: '(?:x|y|(?:\\d+)+)+abcd'}}", "its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '(?!(?:\\w+\\d*)+$)abcd'}}", "its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '(?<h>[^:]+):\\d+ refused'}}", "its match limit",
		false },
	{ "    why: x\n    when: {match: {regex: '(\\w+)\\1abcd'}}", "its match limit", false },
	{ "    why: x\n    when: {match: {regex: 'abcd.*efgh.*ijkl'}}",
		"slow on long lines: it runs out of its match limit on \"abcd\", then \"aefgh\" "
		"\u00d7 408, then",
		true },
	{ "    why: x\n    where: {field: {path: a, op: regex, value: '(x+x+)+y'}}\n"
	  "    when: {all: [abcd, efgh]}",
		"its match limit", false },
	{ "    why: x\n    when: {match: a, not: [b]}", "\"not\" of \"b\" is of zero width",
		false },
	{ "    why: x\n    when: {all: [a, b], not: [{literal: c, absolute: true}]}",
		"is of zero width", false },
	{ "    why: x\n    when: {match: {regex: 'lost (?<service>\\w+) here'}}",
		"the group \"service\" hides the key of that name", true },
	{ "    why: x\n    kind: root", "without a \"leaf\"", true },
	{ "    why: x\n    leaf: code", "is no root", true },
	{ "    why: x\n    done_when: a.two is absent in the next run",
		"done_when: no cause has the id \"a.two\"", false },
	{ "    tags: a", "has no \"why\"", true },
	{ "    why: x\n    because: [a.one]", "edges lead in a circle: a.one -> a.one", false },
};

static void each_finding_is_told_and_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(findings) / sizeof(findings[0]); i++) {
		struct loaded loaded = lint_cause(findings[i].text, "");

		if (loaded.problems.count != 1) {
			print_message("# %s\n", findings[i].text);
			print_problems(&loaded);
		}
		assert_int_equal(loaded.problems.count, 1);
		must_say(&loaded, findings[i].says);
		assert_int_equal(loaded.problems.items[0].warning, findings[i].warning);
		assert_int_equal(loaded.problems.errors, !findings[i].warning);
		talloc_free(loaded.mem);
	}
}

static const char *const good[] = {
	"    why: x\n    when: {match: {regex: 'abcd.*efgh'}}",
	"    why: x\n    when: {match: {regex: 'user=(?<user>\\S+) .*abcd \\d+\\.\\d+ ms'}}",
	"    why: x\n    when: {match: {regex: '\"(?:[^\"\\\\]|\\\\.)*\" abcd'}}",
	"    why: x\n    when: {match: {regex: '^\\s*(?:\\w+: )*abcd'}}",
	"    why: x\n    when: {match: {regex: 'abcd(?:, efgh)* [^:]+: [0-9]+ms$'}}",
	"    why: x\n    when: {match: {regex: '(?i)sessions? lost'}}",
	"    why: x\n    when: {all: [a, b], not: [c]}",
	"    why: x\n    when: {match: a, not: [{literal: b, window: 1s}]}",
	"    why: x\n    done_when: a.one is absent in 3 consecutive runs",
	"    why: x\n    done_when: the table has an index",
	"    why: x\n    fix: the table should have an index",
	"    why: x\n    when: {match: a}\n    kind: root\n    leaf: config",
};

static void good_rules_are_let_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct loaded loaded = lint_cause(good[i], "");

		print_problems(&loaded);
		assert_int_equal(loaded.problems.count, 0);
		talloc_free(loaded.mem);
	}
}

static void a_term_that_is_not_used_is_told(void **state)
{
	struct loaded loaded =
		lint_cause("    why: x\n    when: {match: b}", "terms: {a: abc, b: bcd}");

	(void)state;
	assert_int_equal(loaded.problems.errors, 1);
	must_say(&loaded, "the term \"a\" is not used");
	talloc_free(loaded.mem);
}

static void a_signature_wants_examples_of_both_kinds(void **state)
{
	struct loaded loaded = lint_text("causes:\n"
					 "  - {id: a.one, title: a, why: b, when: {match: c}}\n"
					 "  - {id: a.two, title: a, why: b}\n");

	(void)state;
	assert_int_equal(loaded.problems.errors, 2);
	must_say(&loaded, "a.one has no \"match\" example");
	must_say(&loaded, "a.one has no \"clean\" example");
	talloc_free(loaded.mem);
}

static void a_circle_is_told_once_with_its_causes(void **state)
{
	struct loaded loaded =
		lint_text("causes:\n"
			  "  - {id: a.one, title: a, why: b, because: [a.two]}\n"
			  "  - {id: a.two, title: a, why: b, because: [a.three]}\n"
			  "  - {id: a.three, title: a, why: b, because: [a.two, a.end]}\n"
			  "  - {id: a.end, title: a, why: b}\n");

	(void)state;
	assert_int_equal(loaded.problems.count, 1);
	must_say(&loaded, "edges lead in a circle: a.two -> a.three -> a.two");
	talloc_free(loaded.mem);
}

static void keys_that_must_agree_must_be_there_on_both_sides(void **state)
{
	struct loaded loaded = lint_text(
		"causes:\n"
		"  - {id: a.one, title: a, why: b, when: {match: {regex: 'abcd(?<x>e)'}},\n"
		"     examples: {match: [a], clean: [b]}, because: [{cause: a.two, same: [x, "
		"test]}]}\n"
		"  - {id: a.two, title: a, why: b, when: {match: abcd}, examples: {match: [a], "
		"clean: "
		"[b]}}\n");

	(void)state;
	assert_int_equal(loaded.problems.count, 1);
	must_say(&loaded, "\"same\": nothing in a.two binds \"x\"");
	talloc_free(loaded.mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_finding_is_told_and_alone),
		cmocka_unit_test(good_rules_are_let_alone),
		cmocka_unit_test(a_term_that_is_not_used_is_told),
		cmocka_unit_test(a_signature_wants_examples_of_both_kinds),
		cmocka_unit_test(a_circle_is_told_once_with_its_causes),
		cmocka_unit_test(keys_that_must_agree_must_be_there_on_both_sides),
	};

	return cmocka_run_group_tests_name("lint of rules", tests, NULL, NULL);
}
