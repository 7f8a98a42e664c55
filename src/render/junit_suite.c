/* From tests to suites of cases. */
#include "render/junit_suite.h"

#include <string.h>
#include <uthash.h>

#include "render/alert_path.h"

#define UNNAMED "tests that the transcript does not name"

struct known {
	struct junit_suite suite;
	UT_hash_handle hh;
};

struct building {
	struct junit_suites *suites;
	struct known *known; /* by name */
	uint64_t surplus; /* passes of tests that failed, too, and that the run does not count */
};

static uint64_t *count_of(struct counts *counts, enum outcome outcome)
{
	uint64_t *const all[OUTCOME_COUNT] = { NULL, &counts->passed, &counts->skipped,
		&counts->failed, &counts->errors };

	return all[outcome];
}

/* Where the last SEPARATOR before a bracket is; NULL: nowhere, or nothing is before or behind it. */
static const char *last_of(const char *name, const char *separator)
{
	size_t length = strcspn(name, "["), wanted = strlen(separator);
	const char *found = NULL;

	for (size_t i = 1; i + wanted < length; i++)
		if (strncmp(name + i, separator, wanted) == 0)
			found = name + i;
	return found;
}

/* "tests/e2e/test_x.py::TestY" as "tests.e2e.test_x.TestY". */
static char *dotted(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *out = mem_array(mem, char, length + 1);
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		bool colons = i + 1 < length && text[i] == ':' && text[i + 1] == ':';

		if (i + 3 <= length && strncmp(text + i, ".py", 3) == 0 &&
			(i + 3 == length || text[i + 3] == ':'))
			i += 2;
		else if (colons || text[i] == '/' || text[i] == '\\')
			out[used++] = '.';
		else
			out[used++] = text[i];
		i += colons;
	}
	out[used] = '\0';
	return out;
}

/* A reader puts both together again with a full stop between them. */
static void split(TALLOC_CTX *mem, const char *name, struct junit_case *out)
{
	const char *end = last_of(name, "::");
	size_t taken = 2;

	out->name = name;
	if (end == NULL && memchr(name, ' ', strcspn(name, "[")) == NULL) {
		end = last_of(name, ".");
		taken = 1;
	}
	if (end == NULL)
		return;
	out->classname = dotted(mem, name, (size_t)(end - name));
	out->name = end + taken;
	if (strcmp(out->classname, out->name) == 0) { /* a reader would keep one of them */
		out->classname = NULL;
		out->name = name;
	}
}

static struct junit_suite *find_suite(struct building *building, const char *name)
{
	struct junit_suites *suites = building->suites;
	struct known *known;

	HASH_FIND_STR(building->known, name, known);
	if (known == NULL) {
		known = mem_new(suites, struct known);
		known->suite = (struct junit_suite){ .name = name, .duration = -1 };
		HASH_ADD_KEYPTR(hh, building->known, known->suite.name, strlen(name), known);
		suites->items = mem_grow(
			suites, suites->items, suites->count, sizeof(struct junit_suite *));
		suites->items[suites->count++] = &known->suite;
	}
	return &known->suite;
}

static void add_case(
	struct junit_suites *suites, struct junit_suite *suite, const struct junit_case *item)
{
	suite->cases = mem_grow(suites, suite->cases, suite->count, sizeof(struct junit_case));
	suite->cases[suite->count++] = *item;
	++*count_of(&suite->counts, item->outcome);
	++*count_of(&suites->counts, item->outcome);
	if (item->duration < 0)
		return;
	if (suite->duration < 0)
		suite->duration = 0;
	if (__builtin_add_overflow(suite->duration, item->duration, &suite->duration))
		suite->duration = INT64_MAX;
}

/* The outcomes of TEST, its worst one at least. */
static struct counts outcomes_of(const struct test *test)
{
	struct counts counts = test->counts;

	/* another transcript told of an outcome that is worse than those counted */
	if (*count_of(&counts, test->outcome) == 0) {
		counts = (struct counts){ 0 };
		*count_of(&counts, test->outcome) = 1;
	}
	return counts;
}

static void add_test(struct building *building, const struct test *test)
{
	struct junit_suites *suites = building->suites;
	struct junit_case item = { .test = test, .duration = test->duration };
	const char *name = test->nameless ? NULL : alert_path_named(suites, test->name);
	struct counts counts = outcomes_of(test);
	struct junit_suite *suite;

	split(suites, test->name, &item);
	if (name == NULL)
		name = item.classname != NULL ? item.classname : "tests";
	suite = find_suite(building, name);
	if (test->outcome > OUTCOME_PASSED)
		for (; building->surplus > 0 && counts.passed > 0; counts.passed--)
			building->surplus--;
	for (enum outcome outcome = OUTCOME_COUNT; outcome-- > OUTCOME_PASSED;)
		for (uint64_t left = *count_of(&counts, outcome); left > 0; left--) {
			item.outcome = outcome;
			add_case(suites, suite, &item);
			item.duration = -1;
		}
}

static void add_unnamed(struct building *building, const struct run *run)
{
	struct junit_suites *suites = building->suites;
	struct counts stated = run->counts, missing = { 0 };
	struct junit_suite *suite;
	bool any = false;

	for (enum outcome outcome = OUTCOME_PASSED; outcome < OUTCOME_COUNT; outcome++) {
		uint64_t wanted = *count_of(&stated, outcome);
		uint64_t *have = count_of(&suites->counts, outcome);

		if (wanted <= *have)
			continue;
		*count_of(&missing, outcome) = wanted - *have;
		*have = wanted;
		any = true;
	}
	if (!any)
		return;
	suite = find_suite(building, UNNAMED);
	suite->counts = missing;
}

struct junit_suites *junit_suites_of(TALLOC_CTX *mem, const struct run *run)
{
	struct building building = { .suites = mem_new(mem, struct junit_suites) };

	uint64_t passed = 0;

	for (size_t i = 0; i < run->test_count; i++)
		if (run->tests[i]->outcome != OUTCOME_NONE)
			passed += outcomes_of(run->tests[i]).passed;
	if (passed > run->counts.passed)
		building.surplus = passed - run->counts.passed;
	for (size_t i = 0; i < run->test_count; i++)
		if (run->tests[i]->outcome != OUTCOME_NONE)
			add_test(&building, run->tests[i]);
	add_unnamed(&building, run);
	HASH_CLEAR(hh, building.known);
	return building.suites;
}
