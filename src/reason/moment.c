#include "reason/moment.h"

#define SYMPTOMS_MAX 64 /* occurrences of the symptom that are tried */
#define SLACK (2 * WHEN_SECOND) /* what clocks may disagree */

static int64_t occurrence_time(const struct graph *graph, const struct occurrence *occurrence)
{
	const struct source_info *source =
		occurrence->entry_count > 0 ? occurrence->entries[0]->source : NULL;

	return graph_time(graph, source, occurrence->first);
}

static int64_t first_time(const struct graph *graph, const struct why *why)
{
	const struct evidence *evidence = why->evidence_count > 0 ? why->evidence[0] : NULL;

	if (evidence != NULL && evidence->entry->time != TIME_NONE)
		return graph_time(graph, evidence->entry->source, evidence->entry->time);
	return why->first;
}

/* The last time of WHY until LIMIT, else its first; TIME_NONE: it has none. */
static int64_t last_until(const struct graph *graph, const struct why *why, int64_t limit)
{
	const struct finding *finding = why->finding;
	int64_t best = TIME_NONE, first = TIME_NONE;

	for (size_t i = 0; finding != NULL && i < finding->occurrence_count; i++) {
		int64_t time = occurrence_time(graph, &finding->occurrences[i]);

		if (time == TIME_NONE)
			continue;
		if (first == TIME_NONE)
			first = time;
		if (time <= limit && time >= best)
			best = time;
	}
	if (best == TIME_NONE)
		best = first;
	return best != TIME_NONE ? best : first_time(graph, why);
}

/* Set all moments, the symptom being at TIME; returns how many causes come too late for it. */
static unsigned follow(const struct graph *graph, struct incident *incident, int64_t time)
{
	unsigned late = 0;

	incident->whys[0]->moment = time;
	for (size_t i = 1; i < incident->why_count; i++) {
		int64_t limit = time > INT64_MAX - SLACK ? time : time + SLACK;
		int64_t moment = last_until(graph, incident->whys[i], limit);

		incident->whys[i]->moment = moment;
		if (moment == TIME_NONE)
			continue;
		if (moment <= limit)
			time = moment;
		else
			late++;
	}
	return late;
}

void moments_choose(const struct graph *graph, struct incident *incident)
{
	const struct finding *finding;
	unsigned least = UINT32_MAX, tried = 0;
	int64_t best;

	if (incident->why_count == 0)
		return;
	finding = incident->whys[0]->finding;
	best = first_time(graph, incident->whys[0]);
	for (size_t i = 0; finding != NULL && i < finding->occurrence_count && least > 0; i++) {
		int64_t time = occurrence_time(graph, &finding->occurrences[i]);
		unsigned late;

		if (time == TIME_NONE || tried++ >= SYMPTOMS_MAX)
			continue;
		late = follow(graph, incident, time);
		if (late < least) {
			least = late;
			best = time;
		}
	}
	follow(graph, incident, best);
}
