/* Joining tests with logs. */
#include "reason/join.h"

#include <string.h>

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

	if (!unit->facts.network)
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
				"%llu such requests",
				facts->statuses[i], facts->paths[j], (unsigned long long)count);
		}
	for (size_t i = 0; i < facts->status_count && best == 0; i++) {
		best = requests_tally(graph->requests, facts->statuses[i], NULL);
		if (best > 0)
			unit->join_text = mem_printf(unit,
				"by content: the test was answered %d, and the log has %llu "
				"requests with that status",
				facts->statuses[i], (unsigned long long)best);
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

static void add_gap(struct unit *unit, int64_t gap, const char *before, const char *after)
{
	char text[WHEN_TEXT];

	if (gap >= WHEN_SECOND)
		unit->join_text = mem_printf(unit, "%s; the log %s %s %s", unit->join_text, before,
			when_format_duration(gap / WHEN_SECOND * WHEN_SECOND, text), after);
}

/* A log that begins after the test ended may still tell why, but the gap is named. */
static void name_the_gap(const struct graph *graph, struct unit *unit)
{
	int64_t first, last;

	window_of_logs(graph, &first, &last);
	if (unit->first == TIME_NONE || first == TIME_NONE)
		return;
	if (!graph_clock_known(graph, unit->sources[0])) {
		unit->join_text = mem_printf(unit,
			"%s; the zone of the test's clock is not known, so no times were compared",
			unit->join_text);
		return;
	}
	add_gap(unit, when_difference(first, unit->last == TIME_NONE ? unit->first : unit->last),
		"begins", "after the test ended");
	add_gap(unit, when_difference(unit->first, last), "ends", "before the test began");
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

static bool shares_id(const struct unit *unit, const struct spot *cause)
{
	for (size_t i = 0; i < cause->occurrence->entry_count; i++) {
		const struct entry *entry = cause->occurrence->entries[i];

		for (size_t j = 0; j < unit->facts.id_count; j++)
			if ((entry->trace != NULL && ends_with(entry->trace, unit->facts.ids[j])) ||
				memmem(entry->text, entry->text_len, unit->facts.ids[j],
					strlen(unit->facts.ids[j])) != NULL)
				return true;
	}
	return false;
}

double join_factor(const struct graph *graph, const struct unit *unit, const struct spot *effect,
	const struct spot *cause, bool *counts_agree)
{
	size_t failing;
	double factor;

	if (unit->test == NULL || cause->own || !spot_of_log(cause))
		return 1;
	if (unit->join == JOIN_NONE)
		return 0;
	if (!effect->own && spot_of_log(effect))
		return 1;
	if (unit->facts.id_count > 0 && shares_id(unit, cause))
		return 1;
	factor = unit->join == JOIN_CONTENT ? 0.9 : 0.7;
	failing = graph_failing_with(graph, effect->finding->cause);
	*counts_agree = failing > 1 && (cause->finding->count == failing ||
					       cause->finding->count == graph->failing);
	if (*counts_agree)
		return 0.95;
	return failing > 1 ? factor * 0.9 : factor;
}
