/* Lines of one step at a time, and what the service told of each. */
#include <string.h>

#include "source/job/job.h"
#include "source/reader.h"

#define TOLD 4096 /* lines of which it is remembered; a parser holds back fewer */

struct row {
	size_t begin, length;
	uint64_t number;
};

/* What the service told of a line. */
struct told {
	uint64_t number;
	int64_t time;
	struct test *step;
	enum severity severity;
	bool quoted; /* it shows what will run */
};

struct job_window {
	struct source *source;
	struct job_lines *lines;
	struct job_steps *steps;
	struct reader_feed feed;
	struct reader *reader;
	char *bytes; /* the lines, each with a newline */
	size_t used, room;
	struct row *rows;
	size_t count, at;
	const struct job_line *next; /* was read, and belongs to the step to come; NULL: none */
	bool on; /* a parser goes on behind the window */
	bool closed; /* the step is over */
	bool ended;
	struct told told[TOLD]; /* a ring */
	uint64_t told_count;
	int64_t time; /* the newest one that was told: lines without one are of that time */
};

static const char *sample(void *context, size_t *length)
{
	const struct job_window *window = context;

	*length = window->used < FORMAT_SAMPLE ? window->used : FORMAT_SAMPLE;
	return window->bytes;
}

static enum severity severity_of(enum job_kind kind)
{
	if (kind == JOB_ERROR)
		return SEVERITY_ERROR;
	return kind == JOB_WARNING ? SEVERITY_WARNING : SEVERITY_DEFAULT;
}

static void tell(struct job_window *window, const struct job_line *line)
{
	if (line->prefix.time != TIME_NONE)
		window->time = line->prefix.time;
	window->told[window->told_count++ % TOLD] =
		(struct told){ line->number, window->time, job_steps_now(window->steps),
			severity_of(line->kind), job_steps_quoted(window->steps) };
}

/* 1: *OUT is a line of the step. 0: the step is over, or the input. */
static int take(struct job_window *window, const struct job_line **out, struct err *err)
{
	struct job_line *line;
	int got;

	if (window->next != NULL) {
		*out = window->next;
		window->next = NULL;
		tell(window, *out);
		return 1;
	}
	got = job_lines_next(window->lines, &line, err);
	window->ended = got == 0;
	if (got <= 0)
		return got;
	if (job_steps_see(window->steps, line) && window->used > 0) {
		window->next = line;
		window->closed = true;
		return 0;
	}
	tell(window, line);
	*out = line;
	return 1;
}

static void add(struct job_window *window, const struct job_line *line)
{
	size_t length = line->text.length;

	if (window->used + length + 1 > window->room) {
		window->room = 2 * (window->used + length + 1);
		window->bytes =
			mem_check(talloc_realloc(window, window->bytes, char, window->room));
	}
	if (length > 0)
		memcpy(window->bytes + window->used, line->text.text, length);
	window->bytes[window->used + length] = '\n';
	window->rows = mem_grow(window, window->rows, window->count, sizeof(*window->rows));
	window->rows[window->count++] = (struct row){ window->used, length, line->number };
	window->used += length + 1;
}

int job_window_open(struct job_window *window, struct err *err)
{
	const struct job_line *line;
	int got = 1;

	window->used = window->count = window->at = 0;
	window->on = window->closed = false;
	while (window->used < FORMAT_SAMPLE && window->count < TOLD / 2 &&
		(got = take(window, &line, err)) > 0)
		add(window, line);
	return got < 0 ? -1 : window->used > 0;
}

static int give(void *context, char **line, size_t *length, uint64_t *number, struct err *err)
{
	struct job_window *window = context;
	const struct job_line *next;
	int got;

	if (window->at < window->count) {
		const struct row *row = &window->rows[window->at++];

		*line = window->bytes + row->begin;
		*length = row->length;
		*number = row->number;
		(*line)[*length] = '\0';
		return 1;
	}
	if (!window->on || window->closed || window->ended)
		return 0;
	got = take(window, &next, err);
	if (got <= 0)
		return got;
	window->used = window->count = window->at = 0;
	add(window, next);
	return give(context, line, length, number, err);
}

struct job_window *job_window_new(TALLOC_CTX *mem, struct source *source)
{
	struct job_window *window = mem_new(mem, struct job_window);

	window->source = source;
	window->time = TIME_NONE;
	window->lines = job_lines_new(window, source);
	window->steps = job_steps_new(window, source);
	window->feed = (struct reader_feed){ sample, give, window };
	return window;
}

struct reader *job_window_reader(struct job_window *window)
{
	talloc_free(window->reader);
	window->reader = reader_over(window, &window->feed, window->source->info);
	return window->reader;
}

void job_window_go_on(struct job_window *window, bool on)
{
	window->on = on;
}

void job_window_dress(const struct job_window *window, struct entry *entry)
{
	uint64_t from = window->told_count < TOLD ? 0 : window->told_count - TOLD;
	uint64_t low = from, high = window->told_count;
	const struct told *told;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (window->told[middle % TOLD].number <= entry->line)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == from)
		return;
	told = &window->told[(low - 1) % TOLD];
	if (told->time != TIME_NONE)
		entry->time = told->time;
	if (entry->test == NULL)
		entry->test = told->step;
	else if (!entry->test->step)
		entry->test->within = told->step;
	entry->quoted |= told->quoted;
	if (entry->severity < told->severity)
		entry->severity = told->severity;
}

void job_window_finish(struct job_window *window)
{
	job_steps_finish(window->steps);
}
