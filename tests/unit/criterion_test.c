/* What done_when texts mean to runs, and what stays for people. */
#include "model/model.h"
#include "unit/test.h"

static const struct {
	const char *text;
	enum criterion_kind kind;
	const char *subject;
	unsigned runs;
} known[] = {
	{ "a.b is absent in 3 consecutive runs", CRITERION_ABSENT, "a.b", 3 },
	{ "a.b is absent in the next run", CRITERION_ABSENT, "a.b", 1 },
	{ "a.b is absent.", CRITERION_ABSENT, "a.b", 1 },
	{ "CRE-2025-0058 is seen in 2 consecutive runs.", CRITERION_SEEN, "CRE-2025-0058", 2 },
	{ "\"event: agent_started\" is seen", CRITERION_TEXT, "event: agent_started", 1 },
	{ "tests/test_a.py::test_b[1] passes in 10 consecutive runs", CRITERION_PASSES,
		"tests/test_a.py::test_b[1]", 10 },
	{ "\"a test with blanks\" passes", CRITERION_PASSES, "a test with blanks", 1 },
};

static const char *const for_people[] = {
	"",
	".",
	" is absent",
	"the table has an index",
	"the old queue is absent",
	"\"a text\" is absent",
	"\"\" is seen",
	"a.b is absent in consecutive runs",
	"a.b is absent in 0 consecutive runs",
	"a.b is absent in 1001 consecutive runs",
	"a.b is absent in 99999999999 consecutive runs",
	"a.b is absent in -1 consecutive runs",
	"a.b is absent for 3 consecutive runs",
	"a.b is absent today",
	"it passes review in the next run",
};

static void what_runs_can_answer_is_read(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct criterion criterion;

		if (!criterion_parse(mem, known[i].text, &criterion))
			fail_msg("not read: %s", known[i].text);
		assert_int_equal(criterion.kind, known[i].kind);
		assert_string_equal(criterion.subject, known[i].subject);
		assert_int_equal(criterion.runs, known[i].runs);
	}
	talloc_free(mem);
}

static void any_other_text_is_left_to_people(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(for_people) / sizeof(for_people[0]); i++) {
		struct criterion criterion;

		if (criterion_parse(mem, for_people[i], &criterion))
			fail_msg("read: %s", for_people[i]);
	}
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_runs_can_answer_is_read),
		cmocka_unit_test(any_other_text_is_left_to_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
