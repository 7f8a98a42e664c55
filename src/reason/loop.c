/* Where a loop of fixing is going; see loop.h. */
#include "reason/loop.h"

#include <string.h>

#include "reason/compare.h"

const char *loop_status_name(enum loop_status status)
{
	static const char *const names[LOOP_STATUS_COUNT] = { "green", "first turn", "oscillating",
		"stuck", "converging", "worse", "unchanged" };

	return names[status];
}

const struct cause *loop_end(const struct incident *incident)
{
	if (incident->root != NULL)
		return incident->root;
	return incident->why_count > 0 ? incident->whys[0]->cause : NULL;
}

const struct cause *loop_top(const struct diagnosis *turn)
{
	return turn->incident_count > 0 ? loop_end(turn->incidents[0]) : NULL;
}

static bool is_failure(enum outcome outcome)
{
	return outcome == OUTCOME_FAILED || outcome == OUTCOME_ERROR;
}

uint64_t loop_failing(const struct run *run)
{
	uint64_t count = 0;

	for (size_t i = 0; i < run->test_count; i++)
		count += is_failure(run->tests[i]->outcome);
	return count;
}

/* Without any test it is the logs that must be clean. */
bool loop_is_green(const struct diagnosis *turn)
{
	if (loop_failing(turn->run) > 0)
		return false;
	for (size_t i = 0; i < turn->run->test_count; i++)
		if (turn->run->tests[i]->outcome == OUTCOME_PASSED)
			return true;
	return turn->incident_count == 0;
}

enum outcome loop_outcome(const struct run *run, const char *test)
{
	for (size_t i = 0; i < run->test_count; i++)
		if (strcmp(run->tests[i]->name, test) == 0)
			return run->tests[i]->outcome;
	return OUTCOME_NONE;
}

/* Had this test failed, and then passed, before the last turn? */
static bool is_back(struct diagnosis *const *turns, size_t count, const char *test)
{
	bool failed = false;

	for (size_t i = 0; i + 1 < count; i++) {
		enum outcome outcome = loop_outcome(turns[i]->run, test);

		if (failed && outcome == OUTCOME_PASSED)
			return true;
		failed = failed || is_failure(outcome);
	}
	return false;
}

/* Was this incident fixed by one of these turns? */
static bool is_regressed(struct diagnosis *const *turns, const struct incident *incident)
{
	return incident->history.state == STATE_REGRESSED &&
	       incident->history.fixed_run >= turns[0]->run->id;
}

static const char *what_is_back(struct diagnosis *const *turns, size_t count)
{
	const struct diagnosis *last = turns[count - 1];

	for (size_t i = 0; i < last->run->test_count; i++)
		if (is_failure(last->run->tests[i]->outcome) &&
			is_back(turns, count, last->run->tests[i]->name))
			return last->run->tests[i]->name;
	for (size_t i = 0; i < last->incident_count; i++)
		if (is_regressed(turns, last->incidents[i]) && loop_end(last->incidents[i]) != NULL)
			return loop_end(last->incidents[i])->id;
	return NULL;
}

/* How many turns, up to the last, have its cause on top? */
static size_t same_cause(struct diagnosis *const *turns, size_t count)
{
	const struct cause *top = loop_top(turns[count - 1]);
	size_t same = 0;

	while (top != NULL && same < count) {
		const struct cause *cause = loop_top(turns[count - 1 - same]);

		if (cause == NULL || strcmp(cause->id, top->id) != 0)
			break;
		same++;
	}
	return same;
}

static bool goes_deeper(const struct diagnosis *before, const struct diagnosis *after)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct comparison comparison;
	bool deeper = false;

	compare_runs(mem, before, after, &comparison);
	for (size_t i = 0; i < comparison.cause_count; i++)
		deeper = deeper || comparison.causes[i].change == CHANGE_DEEPER;
	talloc_free(mem);
	return deeper;
}

static enum loop_status status_of(
	struct diagnosis *const *turns, size_t count, const struct loop *loop)
{
	size_t begin = count > LOOP_WINDOW ? count - LOOP_WINDOW : 0;

	if (loop_is_green(turns[count - 1]))
		return LOOP_GREEN;
	if (count == 1)
		return LOOP_FIRST;
	if (loop->back != NULL)
		return LOOP_OSCILLATING;
	if (loop->same_cause >= LOOP_WINDOW && loop->failing >= loop->before)
		return LOOP_STUCK;
	if (loop->failing < loop->before)
		return LOOP_CONVERGING;
	for (size_t i = begin; i + 1 < count; i++)
		if (goes_deeper(turns[i], turns[i + 1]))
			return LOOP_CONVERGING;
	return loop->failing > loop->before ? LOOP_WORSE : LOOP_UNCHANGED;
}

void loop_judge(struct diagnosis *const *turns, size_t count, struct loop *out)
{
	size_t begin = count > LOOP_WINDOW ? count - LOOP_WINDOW : 0;

	*out = (struct loop){ .cause = loop_top(turns[count - 1]),
		.same_cause = same_cause(turns, count),
		.back = what_is_back(turns, count),
		.failing = loop_failing(turns[count - 1]->run),
		.before = loop_failing(turns[begin]->run),
		.since = turns[begin]->run->id };
	out->status = status_of(turns, count, out);
}
