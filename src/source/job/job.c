/* The log of a job: each of its steps is read by the format of what it shows. */
#include "source/job/job.h"

#include "source/logs.h"
#include "source/transcript/transcript.h"

#define SURE 75 /* a test runner is believed in the middle of other output */

struct job {
	struct job_window *window;
	struct source *part; /* reads the window; NULL: none is open */
};

/* The lines that are left are those of a test runner, or text. */
static const struct format *format_of(struct reader *reader)
{
	const struct format *best = &logs_text;
	int score = SURE - 1;
	size_t length;
	const char *sample = reader_sample(reader, &length);

	for (size_t i = 0; transcript_formats[i] != NULL; i++) {
		int found = transcript_formats[i]->recognise(sample, length);

		if (found > score) {
			best = transcript_formats[i];
			score = found;
		}
	}
	return best;
}

/* A parser for the window: it tells the same source_info, and finds the same tests. */
static int open_part(struct source *source, struct job *job, struct err *err)
{
	struct source *part = mem_new(job, struct source);

	part->reader = job_window_reader(job->window);
	part->info = source->info;
	part->options = source->options;
	part->redactor = source->redactor;
	part->text = source->text;
	source_share_tests(source, part);
	part->format = format_of(part->reader);
	job_window_go_on(job->window, part->format != &logs_text);
	job->part = part;
	return part->format->open != NULL ? part->format->open(part, err) : 0;
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	struct job *job = source->state;
	int got;

	for (;;) {
		if (job->part == NULL) {
			got = job_window_open(job->window, err);
			if (got == 0)
				job_window_finish(job->window);
			if (got <= 0)
				return got;
			if (open_part(source, job, err) < 0)
				return -1;
		}
		got = job->part->format->next(job->part, out, err);
		if (got < 0)
			return got;
		if (got > 0) {
			job_window_dress(job->window, out);
			return 1;
		}
		talloc_free(job->part);
		job->part = NULL;
	}
}

static int open(struct source *source, struct err *err)
{
	struct job *job = mem_new(source, struct job);

	(void)err;
	job->window = job_window_new(job, source);
	source->state = job;
	return 0;
}

const struct format job_format = { "job-log", job_recognise, open, next };
