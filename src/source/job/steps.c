/* Which step a line belongs to, as the services tell it. */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

#define AFTER_SCRIPT "after the script" /* what a runner does by itself */
#define STEPS_MAX 16384 /* what follows is told as a part of the last one */

struct job_steps {
	struct source *source;
	struct job_outcomes *outcomes;
	struct test *now;
	struct test *of_line; /* whose the line seen last is */
	struct test *before; /* the one before NOW; NULL: it is the first */
	struct test *held; /* ended; what comes now runs whatever became of it */
	size_t count; /* of all steps */
	uint64_t lines; /* seen */
	char columns[JOB_NAME]; /* what gh told of the line seen last */
	size_t job_length; /* of these, the name of the job */
	int64_t time; /* the newest one that was told */
	bool in_script; /* of GitLab or Travis: "$ " is a command */
	bool buildkite; /* "--- " is a step */
	bool in_heading; /* the group that shows what a step will run */
	bool heading_began; /* the line seen last was its title */
	int64_t heading_time; /* when it began */
	bool heading_doubtful; /* it does not look like one */
};

static void begin(struct job_steps *steps, const char *name, size_t length)
{
	struct source_info *info = steps->source->info;
	struct test *test;

	if (steps->count >= STEPS_MAX) {
		source_note(steps->source, "there are more than %d steps", STEPS_MAX);
		return;
	}
	steps->count++;
	test = mem_new(info, struct test);
	test->name = source_clean(test, steps->source, name, utf8_cut(name, length, JOB_NAME - 1));
	test->start = steps->time;
	test->duration = -1;
	test->source = info;
	test->line = steps->lines > 0 ? steps->lines : 1;
	test->step = true;
	steps->before = steps->now;
	steps->now = test;
}

/* The part before the first step is named after the input. */
static void begin_job(struct job_steps *steps)
{
	const char *name = steps->source->info->name;

	begin(steps, name, strlen(name));
	steps->before = steps->held = NULL;
	steps->in_script = steps->buildkite = false;
}

struct job_steps *job_steps_new(TALLOC_CTX *mem, struct source *source)
{
	struct job_steps *steps = mem_new(mem, struct job_steps);

	steps->source = source;
	steps->outcomes = job_outcomes_new(steps, source);
	steps->time = TIME_NONE;
	begin_job(steps);
	steps->of_line = steps->now;
	return steps;
}

struct test *job_steps_now(const struct job_steps *steps)
{
	return steps->of_line;
}

bool job_steps_quoted(const struct job_steps *steps)
{
	return steps->in_heading;
}

/* What follows is done even after a failure of STEP, which is told behind it. */
static void hold_step(struct job_steps *steps, struct test *step)
{
	if (steps->held == NULL)
		steps->held = step;
	steps->in_script = false;
}

static void hold(struct job_steps *steps)
{
	hold_step(steps, steps->now);
}

static bool is_script(const char *name)
{
	return strcmp(name, "step_script") == 0 || strcmp(name, "build_script") == 0;
}

static bool is_aftermath(const char *name)
{
	static const char *const names[] = { "after_script", "archive_cache_on_failure",
		"upload_artifacts_on_failure", "cleanup_file_variables", "after_failure" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(name, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

/* Sections of GitLab and folds of Travis; those that a script makes itself are inside a step. */
static bool see_fold(struct job_steps *steps, const struct job_line *line)
{
	const char *name = line->prefix.name;

	if (line->kind == JOB_FOLD_END) {
		if (!is_script(name))
			return false;
		hold(steps);
		begin(steps, AFTER_SCRIPT, sizeof(AFTER_SCRIPT) - 1);
		steps->in_script = false;
		return true;
	}
	if (is_aftermath(name))
		hold(steps);
	else if (steps->in_script)
		return false;
	begin(steps, name, strlen(name));
	steps->in_script = is_script(name);
	if (steps->in_script)
		steps->held = NULL;
	return true;
}

/* The same where the marks of the sections were lost. */
static bool see_runner(struct job_steps *steps, const char *text, size_t length)
{
	static const char *const aftermath[] = { "Running after_script", "Running after script",
		"Cleaning up project directory", "Cleaning up file based variables",
		"Uploading artifacts for failed job" };

	if (line_begins(text, length, "Executing \"step_script\" stage") ||
		line_begins(text, length, "Executing \"build_script\" stage"))
		steps->in_script = true;
	for (size_t i = 0; i < sizeof(aftermath) / sizeof(aftermath[0]); i++)
		if (line_begins(text, length, aftermath[i]) && steps->in_script) {
			hold(steps);
			begin(steps, text, length);
			return true;
		}
	return false;
}

/* Stages and shells of a pipeline of Jenkins. */
static bool see_pipeline(struct job_steps *steps, const char *text, size_t length)
{
	static const char *const shells[] = { "sh", "bat", "powershell", "pwsh" };
	const char *end;

	/* the stage that is skipped has begun; the one before it failed */
	if (memmem(text, length, "skipped due to earlier failure", 30) != NULL)
		hold_step(steps, steps->before != NULL ? steps->before : steps->now);
	if (!line_begins(text, length, "[Pipeline] "))
		return false;
	text += 11;
	length -= 11;
	if (line_begins(text, length, "{ (Declarative: Post Actions)"))
		hold(steps);
	end = memchr(text, ')', length);
	if (line_begins(text, length, "{ (") && end != NULL) {
		begin(steps, text + 3, (size_t)(end - text) - 3);
		return true;
	}
	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (length == strlen(shells[i]) && memcmp(text, shells[i], length) == 0) {
			const char *name = steps->now->name;

			begin(steps, name, strlen(name));
			return true;
		}
	return false;
}

/* "$ npm ci": the commands of a script, one after the other. */
static bool see_command(
	struct job_steps *steps, const struct job_line *line, const char *text, size_t length)
{
	const char *more = memmem(text, length, " # collapsed multi-line command", 31);

	if (length < 3 || !line_begins(text, length, "$ ") ||
		!(steps->in_script || line->prefix.service))
		return false;
	if (more != NULL)
		length = (size_t)(more - text);
	begin(steps, text + 2, length - 2);
	return true;
}

static bool see_heading(struct job_steps *steps, const char *text, size_t length)
{
	if (line_begins(text, length, "~~~ Preparing working directory"))
		steps->buildkite = true;
	if (!steps->buildkite ||
		!(line_begins(text, length, "--- ") || line_begins(text, length, "+++ ") ||
			line_begins(text, length, "~~~ ")))
		return false;
	begin(steps, text + 4, length - 4);
	return true;
}

/* Logs of several jobs may stand behind each other: what is known of one tells nothing of the next. */
static bool see_job(struct job_steps *steps, const struct job_line *line)
{
	size_t length = line->prefix.job_length;
	bool found = false;

	if (line->prefix.columns) {
		found = steps->job_length > 0 &&
			(length != steps->job_length ||
				memcmp(line->prefix.name, steps->columns, length) != 0);
		steps->job_length = length;
	} else {
		found = job_is_first_line(line->text.text, line->text.length);
	}
	if (!found || steps->lines == 1)
		return false;
	job_outcomes_end_job(steps->outcomes, steps->held != NULL ? steps->held : steps->now);
	begin_job(steps);
	return true;
}

/* What gh tells of each line: its step, or at least its job. */
static bool see_columns(struct job_steps *steps, const struct job_line *line)
{
	const struct job_prefix *prefix = &line->prefix;

	if (!prefix->columns || strcmp(steps->columns, prefix->name) == 0)
		return false;
	memcpy(steps->columns, prefix->name, sizeof(steps->columns));
	begin(steps, prefix->name, prefix->step_known ? strlen(prefix->name) : prefix->job_length);
	return true;
}

static bool see_begin(struct job_steps *steps, const struct job_line *line)
{
	const char *text = line->text.text;
	size_t length = line->text.length;

	if (line->kind == JOB_FOLD || line->kind == JOB_FOLD_END) {
		bool began = see_fold(steps, line);

		return see_command(steps, line, text, length) || began;
	}
	if ((line->kind == JOB_GROUP && line_begins(text, length, "Run ")) ||
		(line->kind == JOB_GROUP && line_begins(text, length, "Post Run ")) ||
		(length == 17 && line_begins(text, length, "Post job cleanup."))) {
		begin(steps, text, length);
		steps->in_heading = line->kind == JOB_GROUP;
		steps->heading_began = steps->in_heading;
		steps->heading_time = steps->time;
		return true;
	}
	if (line->kind == JOB_SECTION && line_begins(text, length, "Starting: ")) {
		begin(steps, text + 10, length - 10);
		return true;
	}
	return see_runner(steps, text, length) || see_pipeline(steps, text, length) ||
	       see_command(steps, line, text, length) || see_heading(steps, text, length);
}

/* The service's last word on a job that went well. */
static bool is_success(const char *text, size_t length)
{
	static const char *const words[] = { "Job succeeded", "Finished: SUCCESS",
		"Finished: UNSTABLE", "Done. Your build exited with 0.",
		"Cleaning up orphan processes" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (length == strlen(words[i]) && memcmp(text, words[i], length) == 0)
			return true;
	return false;
}

/*
 * Below its title the heading repeats the command, or tells what the action is given. Where it
 * does not, the mark of its end may be lost, or the log was put together by hand: then a heading is
 * over with the first line that tells of a failure.
 */
static bool looks_like_heading(const struct job_steps *steps, const char *text, size_t length)
{
	static const char *const words[] = { "with:", "env:", "shell: " };
	const char *name = steps->now->name;
	const char *command = strncmp(name, "Run ", 4) == 0 ? name + 4 : name;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (line_begins(text, length, words[i]))
			return true;
	if (strncmp(name, "Post Run ", 9) == 0)
		return true;
	return length > 0 && strncmp(command, text, length < 12 ? length : 12) == 0;
}

static void see_heading_line(struct job_steps *steps, const struct job_line *line)
{
	const char *text = line->text.text;
	size_t length = line->text.length;

	if (text == NULL || !steps->in_heading)
		return;
	/* a heading is written at once: what comes later is said by what it tells of */
	if (steps->time != TIME_NONE && steps->heading_time != TIME_NONE &&
		when_difference(steps->time, steps->heading_time) > WHEN_SECOND / 2) {
		steps->in_heading = false;
		return;
	}
	if (steps->heading_began)
		steps->heading_doubtful = !looks_like_heading(steps, text, length);
	steps->heading_began = false;
	if (steps->heading_doubtful &&
		(line->kind == JOB_ERROR ||
			job_verdict(text, length, line->kind) != JOB_NO_VERDICT))
		steps->in_heading = false;
}

/* What LINE says of its step, or of the one that is held. */
static void judge(struct job_steps *steps, const struct job_line *line)
{
	const char *text = line->text.text;
	size_t length = line->text.length;
	struct job_said said = { job_verdict(text, length, line->kind), line->kind == JOB_ERROR,
		text, length, steps->time };

	steps->of_line =
		said.verdict == JOB_FAILED && steps->held != NULL ? steps->held : steps->now;
	if (is_success(text, length))
		job_outcomes_succeed(steps->outcomes);
	job_outcomes_see(steps->outcomes, steps->of_line, &said);
}

bool job_steps_see(struct job_steps *steps, const struct job_line *line)
{
	bool began;

	steps->lines++;
	steps->of_line = steps->now;
	if (line->prefix.time != TIME_NONE)
		steps->time = line->prefix.time;
	if (line->kind == JOB_GROUP_END || line->kind == JOB_GROUP)
		steps->in_heading = false;
	see_heading_line(steps, line);
	if (line->text.text == NULL || line->kind == JOB_GROUP_END || steps->in_heading)
		return false;
	began = see_job(steps, line);
	began |= see_columns(steps, line);
	if (!line->prefix.step_known)
		began |= see_begin(steps, line);
	judge(steps, line);
	return began;
}

void job_steps_finish(struct job_steps *steps)
{
	job_outcomes_end_job(steps->outcomes, steps->held != NULL ? steps->held : steps->now);
	job_outcomes_finish(steps->outcomes);
}
