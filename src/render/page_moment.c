/*
 * Which moments a page tells of. A symptom may occur often, and its causes with it: the page tells
 * of the first of its occurrences before which all causes of the chain are seen, and of each cause
 * the last time before its effect. In a crash loop that is one turn of the loop.
 */
#include "render/page.h"

#define SYMPTOMS_MAX 64 /* occurrences of the symptom that are tried */
#define SLACK (2 * WHEN_SECOND) /* what clocks may disagree */

static int64_t occurrence_time(const struct page *page, const struct occurrence *occurrence)
{
	const struct source_info *source =
		occurrence->entry_count > 0 ? occurrence->entries[0]->source : NULL;

	return page_time(page->diagnosis, source, occurrence->first);
}

static int64_t first_time(const struct page *page, const struct why *why)
{
	const struct evidence *evidence = why->evidence_count > 0 ? why->evidence[0] : NULL;

	if (evidence != NULL && evidence->entry->time != TIME_NONE)
		return page_time(page->diagnosis, evidence->entry->source, evidence->entry->time);
	return why->first;
}

/* The last time of WHY until LIMIT, else its first; TIME_NONE: it has none. */
static int64_t last_until(const struct page *page, const struct why *why, int64_t limit)
{
	const struct finding *finding = why->finding;
	int64_t best = TIME_NONE, first = TIME_NONE;

	for (size_t i = 0; finding != NULL && i < finding->occurrence_count; i++) {
		int64_t time = occurrence_time(page, &finding->occurrences[i]);

		if (time == TIME_NONE)
			continue;
		if (first == TIME_NONE)
			first = time;
		if (time <= limit && time >= best)
			best = time;
	}
	if (best == TIME_NONE)
		best = first;
	return best != TIME_NONE ? best : first_time(page, why);
}

/* Fill TIMES from the symptom at TIME downwards; returns how many causes come too late for it. */
static unsigned follow(
	const struct page *page, const struct incident *incident, int64_t time, int64_t *times)
{
	unsigned late = 0;

	times[0] = time;
	for (size_t i = 1; i < incident->why_count; i++) {
		int64_t limit = time > INT64_MAX - SLACK ? time : time + SLACK;

		times[i] = last_until(page, incident->whys[i], limit);
		if (times[i] == TIME_NONE)
			continue;
		if (times[i] <= limit)
			time = times[i];
		else
			late++;
	}
	return late;
}

void page_moments(const struct page *page, const struct incident *incident, int64_t *times)
{
	const struct why *symptom = incident->whys[0];
	const struct finding *finding = symptom->finding;
	int64_t best = first_time(page, symptom);
	unsigned least = UINT32_MAX, tried = 0;

	for (size_t i = 0; finding != NULL && i < finding->occurrence_count && least > 0; i++) {
		int64_t time = occurrence_time(page, &finding->occurrences[i]);
		unsigned late;

		if (time == TIME_NONE || tried++ >= SYMPTOMS_MAX)
			continue;
		late = follow(page, incident, time, times);
		if (late < least) {
			least = late;
			best = time;
		}
	}
	follow(page, incident, best, times);
}

int64_t page_reference(const struct page *page, const struct incident *incident)
{
	int64_t *times, reference;

	if (incident->why_count == 0)
		return TIME_NONE;
	times = mem_array(page->mem, int64_t, incident->why_count);
	page_moments(page, incident, times);
	reference = times[0];
	talloc_free(times);
	return reference;
}
