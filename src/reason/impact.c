/* What works again; see impact.h. */
#include "reason/impact.h"

#include <fnmatch.h>
#include <string.h>
#include <uthash.h>

#include "reason/loop.h"

/* A test that any turn tells of. */
struct known {
	const char *name;
	enum outcome outcome; /* in the last turn */
	const char **layers; /* of the incidents that it was broken by */
	size_t layer_count;
	bool inside; /* it is of a capability */
	UT_hash_handle hh;
};

static struct known *known_of(TALLOC_CTX *mem, struct known **tests, const char *name)
{
	struct known *known;

	HASH_FIND_STR(*tests, name, known);
	if (known == NULL) {
		known = mem_new(mem, struct known);
		known->name = name;
		HASH_ADD_KEYPTR(hh, *tests, known->name, strlen(known->name), known);
	}
	return known;
}

static void add_layers(TALLOC_CTX *mem, struct known **tests, const struct incident *incident)
{
	const struct cause *end = loop_end(incident);

	for (size_t i = 0; end != NULL && end->layer != NULL && i < incident->test_count; i++) {
		struct known *known = known_of(mem, tests, incident->tests[i]->name);

		known->layers =
			mem_grow(known, known->layers, known->layer_count, sizeof(*known->layers));
		known->layers[known->layer_count++] = end->layer;
	}
}

static struct known *all_tests(TALLOC_CTX *mem, struct diagnosis *const *turns, size_t turn_count)
{
	struct known *tests = NULL;

	for (size_t i = 0; i < turn_count; i++) {
		const struct run *run = turns[i]->run;

		for (size_t j = 0; j < run->test_count; j++) {
			struct known *known = known_of(mem, &tests, run->tests[j]->name);

			if (i + 1 == turn_count)
				known->outcome = run->tests[j]->outcome;
		}
		for (size_t j = 0; j < turns[i]->incident_count; j++)
			add_layers(mem, &tests, turns[i]->incidents[j]);
	}
	return tests;
}

static bool is_of(const struct capability *capability, const struct known *test)
{
	for (const char **glob = capability->tests; glob != NULL && *glob != NULL; glob++)
		if (fnmatch(*glob, test->name, 0) == 0)
			return true;
	for (const char **layer = capability->layers; layer != NULL && *layer != NULL; layer++)
		for (size_t i = 0; i < test->layer_count; i++)
			if (strcmp(*layer, test->layers[i]) == 0)
				return true;
	return false;
}

/*
 * Whole percents that add up to 100: each part rounded down, and what is missing then goes to those
 * that lost most by it (largest remainders);
 * of equals to the one that claims least.
 */
static struct impact_percent percent_of(double restored, double blocked)
{
	double parts[] = { restored * 100, blocked * 100, 100 - restored * 100 - blocked * 100 };
	unsigned whole[3], sum = 0;

	for (size_t i = 0; i < 3; i++) {
		/* nine digits are meant; what is behind them is the machine's */
		parts[i] = parts[i] < 0 ? 0 : parts[i] + 1e-9;
		whole[i] = (unsigned)parts[i];
		sum += whole[i];
	}
	for (; sum < 100; sum++) {
		size_t most = 0;

		for (size_t i = 1; i < 3; i++)
			if (parts[i] - whole[i] > parts[most] - whole[most] - 1e-9)
				most = i;
		whole[most]++;
	}
	return (struct impact_percent){ whole[0], whole[1], whole[2] };
}

static void count_test(struct impact_share *share, const struct known *test)
{
	share->tests++;
	share->passed += test->outcome == OUTCOME_PASSED;
	share->failed += test->outcome == OUTCOME_FAILED || test->outcome == OUTCOME_ERROR;
}

static void sum_up(struct impact *impact)
{
	double weight = 0, restored = 0, blocked = 0;

	for (size_t i = 0; i < impact->count; i++) {
		struct impact_share *share = &impact->shares[i];
		double tests = share->tests > 0 ? (double)share->tests : 1;
		double passed = (double)share->passed / tests;
		double failed = (double)share->failed / tests;

		share->percent = percent_of(passed, failed);
		weight += share->capability->weight;
		restored += share->capability->weight * passed;
		blocked += share->capability->weight * failed;
	}
	impact->percent = percent_of(restored / weight, blocked / weight);
}

void impact_judge(TALLOC_CTX *mem, const struct capability *capabilities, size_t count,
	struct diagnosis *const *turns, size_t turn_count, struct impact *out)
{
	static const char *every[] = { "*", NULL };
	static const struct capability all = { "all tests", 1, every, NULL };
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct known *tests = all_tests(scratch, turns, turn_count);

	if (count == 0)
		capabilities = &all;
	*out = (struct impact){ .count = count > 0 ? count : 1 };
	out->shares = mem_array(mem, struct impact_share, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->shares[i].capability = &capabilities[i];
	for (struct known *test = tests; test != NULL; test = test->hh.next) {
		for (size_t i = 0; i < out->count; i++)
			if (is_of(&capabilities[i], test)) {
				count_test(&out->shares[i], test);
				test->inside = true;
			}
		out->outside += !test->inside;
	}
	sum_up(out);
	HASH_CLEAR(hh, tests);
	talloc_free(scratch);
}
