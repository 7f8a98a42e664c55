/* Finding the ways down: a search with memory, so that no firing is walked twice. */
#include "reason/trail.h"

#include <stdlib.h>

#define TRAILS_MAX 20000 /* of one unit */
#define EACH_EDGE 3 /* candidates that are followed */
#define FINDINGS_MAX 64 /* of one cause that are tried for one effect */
#define CLOSE 0.8 /* within 20 % of the best: depth decides */

static int trails_free(struct trails *trails)
{
	HASH_CLEAR(hh, trails->known);
	return 0;
}

struct trails *trail_set(TALLOC_CTX *mem, const struct graph *graph, const struct unit *unit)
{
	struct trails *trails = mem_new(mem, struct trails);

	trails->graph = graph;
	trails->unit = unit;
	talloc_set_destructor(trails, trails_free);
	return trails;
}

static void check_expectations(
	const struct graph *graph, TALLOC_CTX *mem, struct candidate *candidate)
{
	const struct cause *cause = candidate->edge->cause;
	const struct reason_options *options = graph->options;

	if (options->seen == NULL)
		return;
	for (size_t i = 0; i < cause->expect_count; i++) {
		const struct expectation *expect = &cause->expects[i];
		int64_t from = TIME_NONE, to = TIME_NONE;

		if (expect->within.unit == WINDOW_TIME && candidate->spot.first != TIME_NONE) {
			from = when_difference(candidate->spot.first, expect->within.amount);
			to = when_difference(candidate->spot.last, -expect->within.amount);
		}
		/* what was not read may hold what is expected */
		if (!run_was_read(graph->run, from, to) ||
			options->seen(options->seen_context, expect->use.term, from, to))
			continue;
		candidate->unseen = expect->text != NULL ? expect->text : expect->use.name;
		candidate->unseen = mem_printf(mem, "\"%s\" was not seen", candidate->unseen);
		return;
	}
}

/* Of the findings of one cause the best few are enough: rivals are other causes. */
static void keep_best(struct candidate best[EACH_EDGE], size_t *count, const struct candidate *new)
{
	size_t at = *count;

	while (at > 0 && link_better(new, &best[at - 1]))
		at--;
	if (at == EACH_EDGE)
		return;
	*count += *count < EACH_EDGE;
	for (size_t i = *count - 1; i > at; i--)
		best[i] = best[i - 1];
	best[at] = *new;
}

static bool offer(struct trails *trails, const struct trail *trail, const struct edge *edge,
	size_t index, struct candidate best[EACH_EDGE], size_t *kept)
{
	struct candidate candidate;

	if (!link_may(trails->graph, &trail->spot, edge, index))
		return false;
	if (link_find(trails->graph, trails->unit, &trail->spot, edge, index, &candidate))
		keep_best(best, kept, &candidate);
	return true;
}

static void offer_own(struct trails *trails, const struct trail *trail, const struct edge *edge,
	struct candidate best[EACH_EDGE], size_t *kept)
{
	const struct unit *unit = trails->unit;

	for (size_t i = 0; i < unit->finding_count; i++)
		if (trails->graph->findings->items[unit->findings[i]]->cause == edge->cause)
			offer(trails, trail, edge, unit->findings[i], best, kept);
}

/* The first finding that begins after the effect: those just before it are tried first. */
static size_t begins_after(
	const struct graph *graph, const size_t *findings, size_t count, const struct spot *effect)
{
	size_t low = 0, high = effect->first == TIME_NONE ? 0 : count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (graph->free[findings[middle]].items[0].first <= effect->last)
			low = middle + 1;
		else
			high = middle;
	}
	return effect->first == TIME_NONE ? count : low;
}

static void offer_free(struct trails *trails, const struct trail *trail, const struct edge *edge,
	struct candidate best[EACH_EDGE], size_t *kept)
{
	size_t count, from, tried = 0;
	const size_t *findings = graph_findings(trails->graph, edge->cause, &count);

	from = begins_after(trails->graph, findings, count, &trail->spot);
	for (size_t i = from; i > 0 && tried < FINDINGS_MAX; i--)
		if (graph_own(trails->unit, findings[i - 1]).count == 0)
			tried += offer(trails, trail, edge, findings[i - 1], best, kept);
	tried = 0;
	for (size_t i = from; i < count && tried < FINDINGS_MAX / 8; i++)
		if (graph_own(trails->unit, findings[i]).count == 0)
			tried += offer(trails, trail, edge, findings[i], best, kept);
}

static void add_candidates(struct trails *trails, struct trail *trail, const struct edge *edge,
	const struct candidate *passed)
{
	struct candidate best[EACH_EDGE];
	size_t kept = 0;

	offer_own(trails, trail, edge, best, &kept);
	offer_free(trails, trail, edge, best, &kept);
	for (size_t i = 0; i < kept; i++) {
		for (size_t j = 0; j < passed->via_count; j++)
			best[i].via[j] = passed->via[j];
		best[i].via_count = passed->via_count;
		check_expectations(trails->graph, trail, &best[i]);
		trail->candidates = mem_grow(
			trail, trail->candidates, trail->count, sizeof(*trail->candidates));
		trail->candidates[trail->count++] = best[i];
	}
}

/* From a cause that cannot be seen, a rule may lead on to one that was. */
static void add_through_implied(struct trails *trails, struct trail *trail,
	const struct cause *cause, struct candidate *passed)
{
	for (size_t i = 0; i < cause->because_count; i++) {
		const struct edge *edge = cause->because[i];

		if (!graph_implies(trails->graph, edge) || passed->via_count == LINK_VIA_MAX)
			continue;
		passed->via[passed->via_count++] = edge;
		for (size_t j = 0; j < edge->cause->because_count; j++)
			add_candidates(trails, trail, edge->cause->because[j], passed);
		if (trail->count == 0)
			add_through_implied(trails, trail, edge->cause, passed);
		passed->via_count--;
		if (trail->count > 0)
			return;
	}
}

static int compare(const void *a, const void *b)
{
	return link_better(a, b) ? -1 : link_better(b, a);
}

static bool is_usable(const struct trail *trail, size_t i)
{
	return trail->candidates[i].unseen == NULL && trail->below[i] != NULL;
}

/* Deeper, where it is about as good; else it must lead to the better one itself. */
static bool leads_further(const struct trail *trail, size_t i, size_t best)
{
	const struct candidate *candidate = &trail->candidates[i];
	const struct candidate *other = &trail->candidates[best];

	if (candidate->link.order_supported != other->link.order_supported)
		return false;
	if (candidate->edge->cause != other->edge->cause && trail->below[i]->depth > 0 &&
		trail_passes(trail->below[i], other->edge->cause))
		return !trail_passes(trail->below[best], candidate->edge->cause);
	return candidate->link.score >= CLOSE * other->link.score &&
	       trail->below[i]->depth > trail->below[best]->depth;
}

static void choose(struct trail *trail)
{
	const struct candidate *chosen;

	trail->chosen = trail->count;
	trail->product = 1;
	for (size_t i = 0; i < trail->count; i++) {
		if (!is_usable(trail, i))
			continue;
		if (trail->chosen == trail->count || leads_further(trail, i, trail->chosen))
			trail->chosen = i;
	}
	if (trail->chosen == trail->count)
		return;
	chosen = &trail->candidates[trail->chosen];
	trail->depth = trail->below[trail->chosen]->depth + 1;
	trail->product = chosen->link.score * trail->below[trail->chosen]->product;
}

static struct trail *begin(struct trails *trails, const struct spot *spot)
{
	struct trail *trail = mem_new(trails, struct trail);

	trail->occurrence = spot->occurrence;
	trail->spot = *spot;
	trail->open = true;
	HASH_ADD_PTR(trails->known, occurrence, trail);
	trails->count++;
	return trail;
}

struct trail *trail_from(struct trails *trails, const struct spot *spot, unsigned depth)
{
	const struct cause *cause = spot->finding->cause;
	struct candidate passed = { .via_count = 0 };
	struct trail *trail;

	HASH_FIND_PTR(trails->known, &spot->occurrence, trail);
	if (trail != NULL)
		return trail->open ? NULL : trail;
	if (depth >= TRAIL_DEPTH_MAX || trails->count >= TRAILS_MAX)
		return NULL;
	trail = begin(trails, spot);
	for (size_t i = 0; i < cause->because_count; i++)
		add_candidates(trails, trail, cause->because[i], &passed);
	if (trail->count == 0)
		add_through_implied(trails, trail, cause, &passed);
	if (trail->count > 1)
		qsort(trail->candidates, trail->count, sizeof(*trail->candidates), compare);
	trail->below = mem_array(trail, struct trail *, trail->count + 1);
	for (size_t i = 0; i < trail->count; i++)
		if (trail->candidates[i].unseen == NULL)
			trail->below[i] = trail_from(trails, &trail->candidates[i].spot, depth + 1);
	choose(trail);
	trail->open = false;
	return trail;
}

bool trail_passes(const struct trail *trail, const struct cause *cause)
{
	for (unsigned depth = 0; trail != NULL && depth <= TRAIL_DEPTH_MAX; depth++) {
		if (trail->spot.finding->cause == cause)
			return true;
		if (trail->chosen == trail->count)
			return false;
		trail = trail->below[trail->chosen];
	}
	return false;
}
