#include "unit/turn_world.h"

#include <string.h>

struct diagnosis *turn_world_run(TALLOC_CTX *mem, const char *tests)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);
	struct run *run = mem_new(diagnosis, struct run);
	char *rest = mem_strdup(diagnosis, tests), *word;

	diagnosis->run = run;
	run->complete = true;
	while ((word = strsep(&rest, " ")) != NULL && word[0] != '\0') {
		struct test *test = mem_new(run, struct test);
		char *outcome = word;

		test->name = strsep(&outcome, "=");
		while (strcmp(outcome_name(test->outcome), outcome) != 0)
			test->outcome++;
		run->tests = mem_grow(run, run->tests, run->test_count, sizeof(*run->tests));
		run->tests[run->test_count++] = test;
	}
	return diagnosis;
}

struct incident *turn_world_break(struct diagnosis *diagnosis, const char *test, const char *causes)
{
	struct incident *incident = mem_new(diagnosis, struct incident);
	char *rest = mem_strdup(incident, causes), *id;

	snprintf(incident->fingerprint, sizeof(incident->fingerprint), "f1:%s", causes);
	while ((id = strsep(&rest, " ")) != NULL) {
		struct why *why = mem_new(incident, struct why);
		struct cause *cause = mem_new(why, struct cause);

		cause->id = id;
		why->cause = incident->root = cause;
		incident->whys = mem_grow(
			incident, incident->whys, incident->why_count, sizeof(*incident->whys));
		incident->whys[incident->why_count++] = why;
	}
	for (size_t i = 0; i < diagnosis->run->test_count; i++)
		if (strcmp(diagnosis->run->tests[i]->name, test) == 0) {
			incident->tests = mem_array(incident, struct test *, 1);
			incident->tests[incident->test_count++] = diagnosis->run->tests[i];
		}
	diagnosis->incidents = mem_grow(diagnosis, diagnosis->incidents, diagnosis->incident_count,
		sizeof(*diagnosis->incidents));
	diagnosis->incidents[diagnosis->incident_count++] = incident;
	return incident;
}
