/*
 * Which steps failed.
 *
 * The service's own word decides. Where it says nothing, because the log was cut or is none of a
 * service, a tool's word counts, but only in the last step: the one after which a job goes on went
 * well. A step in which tests failed is explained by them; and one that ran behind a failure and
 * had nothing to work on is told with it.
 */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

#define STEPS_MAX 256 /* steps with a verdict that are remembered, of each input */
#define WORDS_MAX 400 /* bytes of a verdict */

struct step {
	struct test *test;
	enum job_verdict worst;
	bool marked; /* the service marked a line as an error */
	bool fails;
	char *words; /* the verdict */
	char *nothing; /* that it had nothing to work on, in its words; NULL: it did not say so */
	char *behind; /* what failed for want of it; NULL: nothing */
};

struct job_outcomes {
	struct source *source;
	struct step *steps; /* with a verdict or a mark, in order */
	size_t count;
	size_t begin; /* first of the job that is read */
	const struct test *before_of; /* the step that said last, verdicts aside, */
	char before[WORDS_MAX + 1]; /* this */
	bool went_well; /* the service says that the job did */
};

struct job_outcomes *job_outcomes_new(TALLOC_CTX *mem, struct source *source)
{
	struct job_outcomes *outcomes = mem_new(mem, struct job_outcomes);

	outcomes->source = source;
	return outcomes;
}

/* Does it say that a file is missing, which a step before it would have made? */
static bool is_nothing(const char *text, size_t length)
{
	static const char *const words[] = { "No files were found with the provided path",
		"No test report files were found", "No test result files", "No test results found",
		"no test results files found", "No files to upload", "No coverage reports found",
		"No coverage files", "No report files", "Unable to find any artifacts",
		"Artifact not found for name: ", ": No such file or directory",
		"ENOENT: no such file or directory", "Path does not exist",
		"does not match any files", "File does not exist", "file does not exist" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(text, length, words[i], strlen(words[i])) != NULL)
			return true;
	return false;
}

static struct step *step_of(struct job_outcomes *outcomes, struct test *test)
{
	for (size_t i = outcomes->count; i > outcomes->begin; i--)
		if (outcomes->steps[i - 1].test == test)
			return &outcomes->steps[i - 1];
	if (outcomes->count >= STEPS_MAX)
		return NULL;
	outcomes->steps =
		mem_grow(outcomes, outcomes->steps, outcomes->count, sizeof(*outcomes->steps));
	outcomes->steps[outcomes->count] = (struct step){ .test = test };
	return &outcomes->steps[outcomes->count++];
}

static void set(TALLOC_CTX *mem, char **text, const char *value, size_t length)
{
	talloc_free(*text);
	*text = value != NULL ? mem_strndup(mem, value, length) : NULL;
}

static void remember(
	struct job_outcomes *outcomes, const struct test *test, const struct job_said *said)
{
	const char *text = said->text;
	size_t length = said->length;

	line_trim(&text, &length);
	if (length == 0)
		return;
	length = utf8_cut(text, length, WORDS_MAX);
	outcomes->before_of = test;
	memcpy(outcomes->before, text, length);
	outcomes->before[length] = '\0';
}

void job_outcomes_see(struct job_outcomes *outcomes, struct test *test, const struct job_said *said)
{
	const char *text = said->text;
	size_t length = said->length;
	struct step *step;

	if (said->verdict == JOB_NO_VERDICT && !said->marked) {
		remember(outcomes, test, said);
		return;
	}
	step = step_of(outcomes, test);
	if (step == NULL)
		return;
	step->marked |= said->marked;
	if (said->verdict < step->worst && (!said->marked || step->worst == JOB_FAILED))
		return;
	if (said->verdict > step->worst)
		step->worst = said->verdict;
	if (test->start != TIME_NONE)
		test->duration = when_difference(said->time, test->start);
	line_trim(&text, &length);
	set(outcomes, &step->words, text, utf8_cut(text, length, WORDS_MAX));
	if (is_nothing(text, length))
		set(outcomes, &step->nothing, step->words, strlen(step->words));
	else if (outcomes->before_of == test &&
		 is_nothing(outcomes->before, strlen(outcomes->before)))
		set(outcomes, &step->nothing, outcomes->before, strlen(outcomes->before));
	else
		set(outcomes, &step->nothing, NULL, 0);
}

void job_outcomes_succeed(struct job_outcomes *outcomes)
{
	outcomes->went_well = true;
}

static void tell_with(struct job_outcomes *outcomes, struct step *first, const struct step *step)
{
	const char *before = first->behind != NULL ? first->behind : "";

	first->behind = mem_printf(outcomes, "%s; behind it %s failed, too: %s", before,
		step->test->name, step->nothing);
}

/* Which steps of the job failed, by the best word there is; LAST is the one that ran last. */
void job_outcomes_end_job(struct job_outcomes *outcomes, const struct test *last)
{
	struct step *first = NULL;

	for (size_t i = outcomes->begin; i < outcomes->count; i++) {
		struct step *step = &outcomes->steps[i];

		if (first != NULL && step->nothing != NULL &&
			(step->worst == JOB_FAILED || step->marked)) {
			tell_with(outcomes, first, step);
		} else if (step->worst == JOB_FAILED) {
			step->fails = true;
			first = first != NULL ? first : step;
		}
	}
	for (size_t i = outcomes->count; i > outcomes->begin && first == NULL; i--) {
		struct step *step = &outcomes->steps[i - 1];

		step->fails = step->marked || (step->test == last && !outcomes->went_well);
		first = step->fails ? step : NULL;
	}
	outcomes->begin = outcomes->count;
	outcomes->went_well = false;
	outcomes->before_of = NULL;
}

static bool tests_failed(const struct source_info *info, const struct test *step)
{
	for (size_t i = 0; i < info->test_count; i++)
		if (info->tests[i]->within == step && info->tests[i]->outcome >= OUTCOME_FAILED)
			return true;
	return false;
}

static void fail(struct job_outcomes *outcomes, const struct step *step)
{
	struct source_info *info = outcomes->source->info;
	struct test *test = step->test;
	const char *words = step->words;

	if (tests_failed(info, test) || test->outcome != OUTCOME_NONE)
		return;
	if (step->behind != NULL)
		words = mem_printf(outcomes, "%s%s", words, step->behind);
	test->outcome = OUTCOME_FAILED;
	test->message = source_clean(test, outcomes->source, words, strlen(words));
	info->tests = mem_grow(info, info->tests, info->test_count, sizeof(*info->tests));
	info->tests[info->test_count++] = test;
	info->transcript = true;
}

void job_outcomes_finish(struct job_outcomes *outcomes)
{
	for (size_t i = 0; i < outcomes->count; i++)
		if (outcomes->steps[i].fails)
			fail(outcomes, &outcomes->steps[i]);
}
