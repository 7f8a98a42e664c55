/* A comparison of two runs, narrowed down to what somebody asked for. */
#include <string.h>

#include "reason/compare.h"
#include "reason/loop.h"

static bool is_given(const char *wanted, const char *value)
{
	return wanted == NULL || (value != NULL && strcmp(wanted, value) == 0);
}

static bool broke(const struct incident *incident, const char *test)
{
	for (size_t i = 0; i < incident->test_count; i++)
		if (strcmp(incident->tests[i]->name, test) == 0)
			return true;
	return false;
}

static bool fits(const struct incident *incident, const struct compare_filter *filter)
{
	const struct cause *end = incident != NULL ? loop_end(incident) : NULL;

	return end != NULL && is_given(filter->cause, end->id) &&
	       is_given(filter->layer, end->layer) &&
	       is_given(filter->state, incident_state_name(incident->history.state)) &&
	       is_given(filter->service, compare_service(incident)) &&
	       (filter->test == NULL || broke(incident, filter->test));
}

/* Was TEST broken by a cause that is left? */
static bool is_of_causes(const struct comparison *comparison, const char *test)
{
	for (size_t i = 0; i < comparison->cause_count; i++) {
		const struct cause_change *change = &comparison->causes[i];

		if ((change->before != NULL && broke(change->before, test)) ||
			(change->after != NULL && broke(change->after, test)))
			return true;
	}
	return false;
}

static void keep_causes(struct comparison *comparison, const struct compare_filter *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < comparison->cause_count; i++) {
		const struct cause_change *change = &comparison->causes[i];

		if (fits(change->before, filter) || fits(change->after, filter))
			comparison->causes[kept++] = *change;
	}
	comparison->cause_count = kept;
}

void compare_only(struct comparison *comparison, const struct diagnosis *before,
	const struct diagnosis *after, const struct compare_filter *filter)
{
	bool of_causes = filter->state != NULL || filter->service != NULL ||
			 filter->layer != NULL || filter->cause != NULL;
	size_t kept = 0;

	if (!of_causes && filter->test == NULL)
		return;
	keep_causes(comparison, filter);
	comparison->fixed = comparison->broken = 0;
	comparison->still_failing = comparison->not_reached = 0;
	for (size_t i = 0; i < comparison->test_count; i++) {
		const struct test_change test = comparison->tests[i];

		if (!is_given(filter->test, test.name) ||
			(of_causes && !is_of_causes(comparison, test.name)))
			continue;
		comparison->tests[kept++] = test;
		compare_count(comparison, &test);
	}
	comparison->test_count = kept;
	comparison->passed_both = !of_causes &&
				  loop_outcome(before->run, filter->test) == OUTCOME_PASSED &&
				  loop_outcome(after->run, filter->test) == OUTCOME_PASSED;
}
