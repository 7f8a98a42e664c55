/* Progress: one line that is written over on a terminal, one line a phase in CI, else nothing. */
#include "base/base.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define INTERVAL INT64_C(100000000) /* nanoseconds between two pictures of the line */
#define EVERY 1024 /* calls between two looks at the clock */

struct progress {
	FILE *stream;
	enum progress_kind kind;
	const char *phase;
	uint64_t bytes, entries;
	unsigned calls;
	int64_t shown; /* when, on the monotonic clock */
	bool on_line; /* the terminal's line has something that must go */
};

enum progress_kind progress_kind_of(FILE *stream)
{
	const char *term = getenv("TERM"), *ci = getenv("CI");

	if (ci != NULL && ci[0] != '\0' && strcmp(ci, "false") != 0)
		return PROGRESS_PHASES;
	if (!isatty(fileno(stream)) || term == NULL || strcmp(term, "dumb") == 0)
		return PROGRESS_NONE;
	return PROGRESS_LINE;
}

static int progress_free(struct progress *progress)
{
	if (progress->on_line)
		fputs("\r\033[K", progress->stream);
	fflush(progress->stream);
	return 0;
}

struct progress *progress_new(TALLOC_CTX *mem, FILE *stream, enum progress_kind kind)
{
	struct progress *progress = mem_new(mem, struct progress);

	progress->stream = stream;
	progress->kind = kind;
	talloc_set_destructor(progress, progress_free);
	return progress;
}

static void show_line(struct progress *progress)
{
	fprintf(progress->stream, "\r%s: %.1f MB, %" PRIu64 " entries\033[K", progress->phase,
		(double)progress->bytes / 1e6, progress->entries);
	fflush(progress->stream);
	progress->on_line = true;
}

void progress_phase(struct progress *progress, const char *phase)
{
	progress->phase = phase;
	if (progress->kind == PROGRESS_PHASES)
		fprintf(progress->stream, "fivewhys: %s\n", phase);
	else if (progress->kind == PROGRESS_LINE)
		show_line(progress);
}

void progress_show(struct progress *progress, uint64_t bytes, uint64_t entries)
{
	struct timespec now;
	int64_t time;

	if (progress->kind != PROGRESS_LINE || progress->calls++ % EVERY != 0)
		return;
	progress->bytes = bytes;
	progress->entries = entries;
	clock_gettime(CLOCK_MONOTONIC, &now);
	time = (int64_t)now.tv_sec * WHEN_SECOND + now.tv_nsec;
	if (progress->shown != 0 && time - progress->shown < INTERVAL)
		return;
	progress->shown = time;
	show_line(progress);
}

void progress_text(struct progress *progress, const char *text)
{
	if (progress->kind != PROGRESS_LINE)
		return;
	fprintf(progress->stream, "\r%s: %s\033[K", progress->phase, text);
	fflush(progress->stream);
	progress->on_line = true;
}
