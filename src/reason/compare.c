/* What changed from one run to another: causes by fingerprint, depth and tests. */
#include "reason/compare.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

const char *compare_change_name(enum change change)
{
	static const char *const names[CHANGE_COUNT] = { "same", "appeared", "vanished",
		"moved deeper", "moved up", "not reached", "another cause" };

	return names[change];
}

/* The tests of a run by name. */
struct result {
	const struct test *test;
	UT_hash_handle hh;
};

static struct result *results_of(TALLOC_CTX *mem, const struct run *run)
{
	struct result *items = mem_array(mem, struct result, run->test_count + 1), *known = NULL;

	for (size_t i = 0; i < run->test_count; i++) {
		const char *name = run->tests[i]->name;

		items[i].test = run->tests[i];
		HASH_ADD_KEYPTR(hh, known, name, strlen(name), &items[i]);
	}
	return known;
}

static enum outcome outcome_in(const struct result *results, const char *name)
{
	const struct result *found;

	HASH_FIND_STR(results, name, found);
	return found == NULL ? OUTCOME_NONE : found->test->outcome;
}

static bool is_failure(enum outcome outcome)
{
	return outcome == OUTCOME_FAILED || outcome == OUTCOME_ERROR;
}

static enum change change_of_test(enum outcome before, enum outcome after)
{
	if (is_failure(before) && after == OUTCOME_PASSED)
		return CHANGE_VANISHED;
	if (is_failure(before) && !is_failure(after))
		return CHANGE_NOT_REACHED;
	return !is_failure(before) && is_failure(after) ? CHANGE_APPEARED : CHANGE_SAME;
}

void compare_count(struct comparison *comparison, const struct test_change *test)
{
	size_t *const counters[CHANGE_COUNT] = {
		[CHANGE_SAME] = &comparison->still_failing,
		[CHANGE_APPEARED] = &comparison->broken,
		[CHANGE_VANISHED] = &comparison->fixed,
		[CHANGE_NOT_REACHED] = &comparison->not_reached,
	};

	++*counters[test->change];
}

static void add_test(TALLOC_CTX *mem, struct comparison *out, const char *name, enum outcome before,
	enum outcome after)
{
	struct test_change *test;

	if (before == OUTCOME_PASSED && after == OUTCOME_PASSED)
		out->passed_both++;
	if (!is_failure(before) && !is_failure(after))
		return;
	out->tests = mem_grow(mem, out->tests, out->test_count, sizeof(*out->tests));
	test = &out->tests[out->test_count++];
	*test = (struct test_change){ .name = name,
		.before = before,
		.after = after,
		.change = change_of_test(before, after) };
	compare_count(out, test);
}

static int by_name(const void *a, const void *b)
{
	const struct test_change *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static void compare_tests(TALLOC_CTX *mem, const struct run *before, const struct result *old,
	const struct run *after, const struct result *new, struct comparison *out)
{
	for (size_t i = 0; i < after->test_count; i++)
		add_test(mem, out, after->tests[i]->name, outcome_in(old, after->tests[i]->name),
			after->tests[i]->outcome);
	for (size_t i = 0; i < before->test_count; i++) {
		const struct result *found;

		HASH_FIND_STR(new, before->tests[i]->name, found);
		if (found == NULL)
			add_test(mem, out, before->tests[i]->name, before->tests[i]->outcome,
				OUTCOME_NONE);
	}
	if (out->test_count > 0)
		qsort(out->tests, out->test_count, sizeof(*out->tests), by_name);
}

static const struct incident *same_in(
	const struct diagnosis *diagnosis, const struct incident *incident)
{
	for (size_t i = 0; i < diagnosis->incident_count; i++)
		if (strcmp(diagnosis->incidents[i]->fingerprint, incident->fingerprint) == 0)
			return diagnosis->incidents[i];
	return NULL;
}

/* Do they share a test, or, where neither has any, the symptom? */
static bool share_tests(const struct incident *one, const struct incident *other)
{
	for (size_t i = 0; i < one->test_count; i++)
		for (size_t j = 0; j < other->test_count; j++)
			if (strcmp(one->tests[i]->name, other->tests[j]->name) == 0)
				return true;
	return one->test_count + other->test_count == 0 && one->why_count > 0 &&
	       other->why_count > 0 &&
	       strcmp(one->whys[0]->cause->id, other->whys[0]->cause->id) == 0;
}

/*
 * The incident of DIAGNOSIS that stands where INCIDENT stands in OTHER: they share a test, and OTHER
 * does not have it too.
 */
static const struct incident *counterpart(const struct diagnosis *diagnosis,
	const struct diagnosis *other, const struct incident *incident)
{
	for (size_t i = 0; i < diagnosis->incident_count; i++)
		if (share_tests(incident, diagnosis->incidents[i]) &&
			same_in(other, diagnosis->incidents[i]) == NULL)
			return diagnosis->incidents[i];
	return NULL;
}

/* Where the chain ends: its root, else its symptom. */
static const char *end_of(const struct incident *incident)
{
	if (incident->root != NULL)
		return incident->root->id;
	return incident->why_count > 0 ? incident->whys[0]->cause->id : "";
}

/* Does CHAIN name the end of OTHER above its own end? */
static bool goes_beyond(const struct incident *chain, const struct incident *other)
{
	const char *end = end_of(other);

	if (strcmp(end, end_of(chain)) == 0)
		return false;
	for (size_t i = 0; i < chain->why_count; i++) {
		if (strcmp(chain->whys[i]->cause->id, end_of(chain)) == 0)
			return false;
		if (strcmp(chain->whys[i]->cause->id, end) == 0)
			return true;
	}
	return false;
}

const char *compare_service(const struct incident *incident)
{
	for (size_t i = incident->why_count; i > 0; i--)
		for (size_t j = 0; j < incident->whys[i - 1]->evidence_count; j++)
			if (incident->whys[i - 1]->evidence[j]->entry->service != NULL)
				return incident->whys[i - 1]->evidence[j]->entry->service;
	return NULL;
}

/* Without tests, logs of the same service that were read whole, and lack it, say that it is gone. */
static enum change proof_by_logs(const struct incident *incident, const struct run *run)
{
	const char *name = compare_service(incident);

	for (size_t i = 0; name != NULL && run->complete && i < run->service_count; i++)
		if (strcmp(run->services[i].name, name) == 0)
			return CHANGE_VANISHED;
	return CHANGE_NOT_REACHED;
}

/* What the tests of an incident that is no more say: all pass, or one of them proves nothing. */
static enum change proof(
	const struct incident *incident, const struct run *run, const struct result *results)
{
	for (size_t i = 0; i < incident->test_count; i++)
		if (outcome_in(results, incident->tests[i]->name) != OUTCOME_PASSED)
			return CHANGE_NOT_REACHED;
	return incident->test_count > 0 ? CHANGE_VANISHED : proof_by_logs(incident, run);
}

static void add_cause(TALLOC_CTX *mem, struct comparison *out, struct cause_change change)
{
	out->causes = mem_grow(mem, out->causes, out->cause_count, sizeof(*out->causes));
	out->causes[out->cause_count++] = change;
}

static void compare_after(TALLOC_CTX *mem, const struct diagnosis *before,
	const struct diagnosis *after, struct comparison *out)
{
	for (size_t i = 0; i < after->incident_count; i++) {
		const struct incident *now = after->incidents[i];
		const struct incident *then = same_in(before, now);
		enum change change = then != NULL ? CHANGE_SAME : CHANGE_APPEARED;

		if (then == NULL)
			then = counterpart(before, after, now);
		if (change == CHANGE_APPEARED && then != NULL && goes_beyond(now, then))
			change = CHANGE_DEEPER;
		else if (change == CHANGE_APPEARED && then != NULL && goes_beyond(then, now))
			change = CHANGE_SHALLOWER;
		else if (change == CHANGE_APPEARED)
			then = NULL;
		add_cause(mem, out, (struct cause_change){ change, then, now, NULL });
	}
}

static bool is_told(const struct comparison *comparison, const struct incident *before)
{
	for (size_t i = 0; i < comparison->cause_count; i++)
		if (comparison->causes[i].before == before)
			return true;
	return false;
}

static void compare_before(TALLOC_CTX *mem, const struct diagnosis *before,
	const struct diagnosis *after, const struct result *results, struct comparison *out)
{
	for (size_t i = 0; i < before->incident_count; i++) {
		const struct incident *then = before->incidents[i], *other;
		enum change change;

		if (is_told(out, then))
			continue;
		change = proof(then, after->run, results);
		other = change == CHANGE_NOT_REACHED ? counterpart(after, before, then) : NULL;
		add_cause(mem, out,
			(struct cause_change){
				other != NULL ? CHANGE_OTHER : change, then, NULL, other });
	}
}

void compare_runs(TALLOC_CTX *mem, const struct diagnosis *before, const struct diagnosis *after,
	struct comparison *out)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct result *old = results_of(scratch, before->run);
	struct result *new = results_of(scratch, after->run);

	*out = (struct comparison){ .causes = NULL };
	compare_tests(mem, before->run, old, after->run, new, out);
	compare_after(mem, before, after, out);
	compare_before(mem, before, after, new, out);
	HASH_CLEAR(hh, old);
	HASH_CLEAR(hh, new);
	talloc_free(scratch);
}
