/* Joining tests with logs. */
#include "reason/join.h"

#include <stdlib.h>
#include <string.h>

#define ZONE_FIRST (-12) /* hours east of UTC */
#define ZONE_LAST 14
#define GAP (60 * WHEN_SECOND) /* from it on a log does not cover the time of a test */
#define INSTANT (2 * WHEN_SECOND / 1000) /* nothing is asked over a network in that time */

static void add_string(const char *texts[FACTS_MAX], size_t *count, const char *text)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(texts[i], text) == 0)
			return;
	if (*count < FACTS_MAX)
		texts[(*count)++] = text;
}

static void merge(struct facts *into, const struct facts *from)
{
	if (from == NULL)
		return;
	into->network |= from->network;
	into->compared |= from->compared;
	for (size_t i = 0; i < from->status_count && into->status_count < FACTS_MAX; i++) {
		bool known = false;

		for (size_t j = 0; j < into->status_count; j++)
			known |= into->statuses[j] == from->statuses[i];
		if (!known)
			into->statuses[into->status_count++] = from->statuses[i];
	}
	for (size_t i = 0; i < from->path_count; i++)
		add_string(into->paths, &into->path_count, from->paths[i]);
	for (size_t i = 0; i < from->id_count; i++)
		add_string(into->ids, &into->id_count, from->ids[i]);
}

/* What all sources tell of the unit: each transcript may hold another part of it. */
static void gather_facts(const struct graph *graph, struct unit *unit)
{
	for (size_t i = 0; i < unit->same_count; i++)
		merge(&unit->facts, requests_facts(graph->requests, unit->same[i], NULL));
	for (size_t i = 0; i < unit->source_count && unit->whole_run; i++)
		merge(&unit->facts, requests_facts(graph->requests, NULL, unit->sources[i]));
}

static bool made_no_request(const struct unit *unit)
{
	const struct test *test = unit->test;

	/* what failed before the test began may compare numbers, too */
	if (!unit->facts.network && !(unit->facts.compared && test->outcome == OUTCOME_FAILED))
		return true;
	return test->duration >= 0 && test->duration < INSTANT && unit->facts.status_count == 0;
}

/* The request that the log and the test both tell of, or only its status. */
static void join_by_content(const struct graph *graph, struct unit *unit)
{
	const struct facts *facts = &unit->facts;
	uint64_t best = 0;

	for (size_t i = 0; i < facts->status_count; i++)
		for (size_t j = 0; j < facts->path_count; j++) {
			uint64_t count = requests_tally(
				graph->requests, facts->statuses[i], facts->paths[j]);

			if (count <= best)
				continue;
			best = count;
			unit->join_text = mem_printf(unit,
				"by content: the test was answered %d for %s, and the log has "
				"%llu such request%s",
				facts->statuses[i], facts->paths[j], (unsigned long long)count,
				count == 1 ? "" : "s");
		}
	for (size_t i = 0; i < facts->status_count && best == 0; i++) {
		best = requests_tally(graph->requests, facts->statuses[i], NULL);
		if (best > 0)
			unit->join_text = mem_printf(unit,
				"by content: the test was answered %d, and the log has %llu "
				"request%s with that status",
				facts->statuses[i], (unsigned long long)best, best == 1 ? "" : "s");
	}
	if (best > 0)
		unit->join = JOIN_CONTENT;
}

static void window_of_logs(const struct graph *graph, int64_t *first, int64_t *last)
{
	*first = *last = TIME_NONE;
	for (size_t i = 0; i < graph->run->source_count; i++) {
		const struct source_info *source = graph->run->sources[i];

		if (source->transcript || source->first == TIME_NONE)
			continue;
		if (*first == TIME_NONE || source->first < *first)
			*first = source->first;
		if (*last == TIME_NONE || source->last > *last)
			*last = source->last;
	}
}

/* The time between two windows: after the first (positive), before it (negative), 0: they meet. */
static int64_t gap_between(int64_t first, int64_t last, int64_t other_first, int64_t other_last)
{
	if (other_first > last)
		return when_difference(other_first, last);
	return first > other_last ? -when_difference(first, other_last) : 0;
}

static const char *gap_words(TALLOC_CTX *mem, int64_t gap)
{
	char text[WHEN_TEXT];

	if (gap < WHEN_SECOND && gap > -WHEN_SECOND)
		return NULL;
	when_format_duration((gap < 0 ? -gap : gap) / WHEN_SECOND * WHEN_SECOND, text);
	return gap > 0 ? mem_printf(mem, "the log begins %s after the test ended", text)
		       : mem_printf(mem, "the log ends %s before the test began", text);
}

/* A quiet log may well end a few seconds early. */
static bool matters(int64_t gap)
{
	return gap >= GAP || gap <= -GAP;
}

/* Where no zone makes the test and the log meet, the one in which they are nearest tells it. */
static void name_least_gap(struct unit *unit, int64_t last, int64_t log_first, int64_t log_last)
{
	const char *words;
	int64_t least = INT64_MAX;
	int zone = 0;

	for (int hours = ZONE_FIRST; hours <= ZONE_LAST; hours++) {
		int64_t shift = hours * 3600 * WHEN_SECOND;
		int64_t gap = gap_between(when_difference(unit->first, shift),
			when_difference(last, shift), log_first, log_last);

		if (llabs(gap) >= llabs(least))
			continue;
		least = gap;
		zone = hours;
	}
	words = gap_words(unit, least);
	unit->gap = matters(least) ? words : NULL;
	if (words == NULL)
		words = "no times were compared";
	else
		words = mem_printf(unit, "even in the nearest one, UTC%+03d:00, %s", zone, words);
	unit->join_text = mem_printf(
		unit, "%s; the zone of the test's clock is not known: %s", unit->join_text, words);
}

/* A log that begins after the test ended may still tell why, but the gap is named. */
static void name_the_gap(const struct graph *graph, struct unit *unit)
{
	int64_t last = unit->last == TIME_NONE ? unit->first : unit->last;
	int64_t log_first, log_last, gap;
	const char *words;

	window_of_logs(graph, &log_first, &log_last);
	if (unit->first == TIME_NONE || log_first == TIME_NONE)
		return;
	if (!graph_clock_known(graph, unit->sources[0])) {
		name_least_gap(unit, last, log_first, log_last);
		return;
	}
	gap = gap_between(unit->first, last, log_first, log_last);
	words = gap_words(unit, gap);
	unit->gap = matters(gap) ? words : NULL;
	if (words != NULL)
		unit->join_text = mem_printf(unit, "%s; %s", unit->join_text, words);
}

void join_unit(const struct graph *graph, struct unit *unit)
{
	if (!graph->has_logs || unit->test == NULL)
		return;
	gather_facts(graph, unit);
	if (made_no_request(unit)) {
		unit->join = JOIN_NONE;
		unit->join_text = "with nothing: the test made no request";
		return;
	}
	unit->join = JOIN_TIME;
	unit->join_text = "by service and time alone: weak";
	join_by_content(graph, unit);
	name_the_gap(graph, unit);
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool is_traced(const struct entry *entry, const char *id)
{
	return entry->trace != NULL && ends_with(entry->trace, id);
}

const char *join_id(const struct unit *unit, const struct spot *cause)
{
	for (size_t i = 0; i < cause->occurrence->entry_count; i++) {
		const struct entry *entry = cause->occurrence->entries[i];

		for (size_t j = 0; j < unit->facts.id_count; j++) {
			const char *id = unit->facts.ids[j];

			if (is_traced(entry, id) ||
				memmem(entry->text, entry->text_len, id, strlen(id)) != NULL)
				return id;
		}
	}
	return NULL;
}

const char *join_words(TALLOC_CTX *mem, const char *id, const struct spot *cause)
{
	bool traced = false;

	for (size_t i = 0; i < cause->occurrence->entry_count; i++)
		traced |= is_traced(cause->occurrence->entries[i], id);
	return mem_printf(mem, "by id: the test's output and the log share the %s %s",
		traced ? "trace" : "id", id);
}

double join_factor(const struct graph *graph, const struct unit *unit, const struct spot *effect,
	const struct spot *cause, bool *counts_agree)
{
	size_t failing;
	double factor;

	if (unit->test == NULL || cause->own || !spot_of_log(cause))
		return 1;
	if (!effect->own && spot_of_log(effect))
		return 1;
	if (join_id(unit, cause) != NULL)
		return 1;
	if (unit->join == JOIN_NONE)
		return 0;
	factor = unit->join == JOIN_CONTENT ? 0.9 : 0.7;
	failing = graph_failing_with(graph, effect->finding->cause);
	*counts_agree = failing > 1 && (cause->finding->count == failing ||
					       cause->finding->count == graph->failing);
	if (*counts_agree)
		return 0.95;
	return failing > 1 ? factor * 0.9 : factor;
}
