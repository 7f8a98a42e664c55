/* Shifting a transcript along the log and counting what then agrees. */
#include "reason/clock.h"

#include <stdlib.h>
#include <string.h>

#define QUARTER 900 /* seconds: zones are multiples of it */
#define EARLIEST (-14 * 3600) /* seconds behind UTC of the easternmost zone */
#define LATEST (12 * 3600)
#define NEAR (2 * WHEN_SECOND) /* a request is logged so soon before or after it is printed */
#define SAMPLE 1024 /* requests of the transcripts that are compared */
#define SESSIONS 64 /* transcripts that are compared */

struct comparison {
	struct request *log; /* by status, then by time */
	size_t log_count;
	const struct request *told; /* by the transcripts */
	size_t told_count, usable;
	const struct run *run;
};

static int by_status_and_time(const void *a, const void *b)
{
	const struct request *left = a, *right = b;

	if (left->status != right->status)
		return left->status < right->status ? -1 : 1;
	return left->time < right->time ? -1 : left->time > right->time;
}

/* The first request of STATUS at TIME or later. */
static size_t find_log(const struct comparison *comparison, int status, int64_t time)
{
	const struct request wanted = { .time = time, .status = status };
	size_t low = 0, high = comparison->log_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_status_and_time(&comparison->log[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool same_path(const char *told, const char *logged)
{
	return told == NULL || logged == NULL || strcmp(told, logged) == 0;
}

static bool is_logged(
	const struct comparison *comparison, const struct request *told, int64_t shift)
{
	int64_t time = when_difference(told->time, -shift * WHEN_SECOND);

	for (size_t i = find_log(comparison, told->status, when_difference(time, NEAR));
		i < comparison->log_count; i++) {
		const struct request *logged = &comparison->log[i];

		if (logged->status != told->status || when_difference(logged->time, time) > NEAR)
			return false;
		if (same_path(told->path, logged->path))
			return true;
	}
	return false;
}

static size_t count_requests(const struct comparison *comparison, int64_t shift)
{
	size_t step = comparison->told_count / SAMPLE + 1, count = 0;

	for (size_t i = 0; i < comparison->told_count; i += step)
		if (comparison->told[i].source->zone_unknown)
			count += is_logged(comparison, &comparison->told[i], shift);
	return count;
}

/* Log requests, and all log entries' windows, that fall into the sessions of the transcripts. */
static size_t count_sessions(const struct comparison *comparison, int64_t shift)
{
	const struct run *run = comparison->run;
	size_t count = 0;

	/* half a zone's step is none: sessions are too long to tell quarters of an hour */
	if (shift % 3600 != 0)
		return 0;
	for (size_t i = 0; i < run->source_count && i < SESSIONS; i++) {
		const struct source_info *told = run->sources[i];
		int64_t first = when_difference(told->first, -shift * WHEN_SECOND);
		int64_t last = when_difference(told->last, -shift * WHEN_SECOND);

		if (!told->transcript || !told->zone_unknown || told->first == TIME_NONE)
			continue;
		for (size_t j = 0; j < run->source_count && j < SESSIONS; j++) {
			const struct source_info *log = run->sources[j];

			count += !log->transcript && log->first != TIME_NONE &&
				 log->first <= last && log->last >= first;
		}
	}
	return count;
}

struct best {
	int64_t shift;
	size_t count, second; /* SECOND: of the next best shift */
};

static bool is_rounder(int64_t a, int64_t b)
{
	return (a % 3600 == 0) > (b % 3600 == 0) ||
	       ((a % 3600 == 0) == (b % 3600 == 0) && llabs(a) < llabs(b));
}

static struct best search(const struct comparison *comparison,
	size_t (*count)(const struct comparison *comparison, int64_t shift))
{
	struct best best = { 0, 0, 0 };

	for (int64_t shift = EARLIEST; shift <= LATEST; shift += QUARTER) {
		size_t found = count(comparison, shift);

		if (found > best.count ||
			(found == best.count && found > 0 && is_rounder(shift, best.shift))) {
			best.second = best.count;
			best.count = found;
			best.shift = shift;
		} else if (found > best.second) {
			best.second = found;
		}
	}
	return best;
}

static const char *zone_name(int64_t shift, char text[WHEN_TEXT])
{
	int64_t minutes = llabs(shift) / 60;

	snprintf(text, WHEN_TEXT, "UTC%s%02d:%02d", shift > 0 ? "-" : "+", (int)(minutes / 60),
		(int)(minutes % 60));
	return text;
}

static struct comparison prepare(
	TALLOC_CTX *mem, const struct requests *requests, const struct run *run)
{
	struct comparison comparison = { .run = run };
	const struct request *log = requests_timed(requests, true, &comparison.log_count);

	comparison.log = mem_array(mem, struct request, comparison.log_count + 1);
	if (comparison.log_count > 0)
		memcpy(comparison.log, log, comparison.log_count * sizeof(*log));
	qsort(comparison.log, comparison.log_count, sizeof(*log), by_status_and_time);
	comparison.told = requests_timed(requests, false, &comparison.told_count);
	return comparison;
}

static bool has_both(const struct run *run)
{
	bool unknown = false, log = false;

	for (size_t i = 0; i < run->source_count; i++) {
		unknown |= run->sources[i]->transcript && run->sources[i]->zone_unknown;
		log |= !run->sources[i]->transcript && run->sources[i]->first != TIME_NONE;
	}
	return unknown && log;
}

struct clock clock_find(TALLOC_CTX *mem, const struct requests *requests, const struct run *run)
{
	struct clock clock = { false, 0, NULL };
	struct comparison comparison;
	struct best best;
	char zone[WHEN_TEXT];

	if (!has_both(run))
		return clock;
	comparison = prepare(mem, requests, run);
	best = search(&comparison, count_requests);
	if (best.count > 0 && best.count > best.second) {
		clock.note = mem_printf(mem,
			"in %s %zu of its requests are in the log, in the next best zone %zu",
			zone_name(best.shift, zone), best.count, best.second);
	} else {
		best = search(&comparison, count_sessions);
		if (best.count > 0 && best.count > best.second)
			clock.note = mem_printf(mem,
				"only in %s do the test session and the log overlap",
				zone_name(best.shift, zone));
	}
	clock.found = clock.note != NULL;
	clock.offset = best.shift;
	if (!clock.found)
		clock.note = "the zone of the transcript's clock could not be told from the log";
	return clock;
}
