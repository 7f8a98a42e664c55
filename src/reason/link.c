/* The score of a link: weight x keys x time x specificity. */
#include "reason/link.h"

#include <string.h>

#include "reason/join.h"

#define WALK 128 /* firings of one finding that are tried in a window */
#define HEAD 32 /* and from its beginning, where times do not help */
#define OTHERS 16 /* other firings of the effect that are tried */
#define SPECIFIC 32 /* mandatory literal characters that are quite specific */
#define EAST (14 * 3600 * WHEN_SECOND) /* no clock is further before UTC, */
#define WEST (12 * 3600 * WHEN_SECOND) /* or further behind it */
#define LATE (30 * 60 * WHEN_SECOND) /* no later than that, even as "order not supported" */

static const double key_lacking = 0.7, inconclusive = 0.5, other_firing = 0.9, join_weak = 0.71,
		    less_telling = 0.85, not_telling = 0.6;

struct keys {
	double factor;
	bool differ, missing;
};

struct timing {
	double factor;
	int64_t gap;
	bool possible, order_supported, coarse;
};

struct search {
	const struct graph *graph;
	const struct unit *unit;
	const struct edge *edge;
	struct candidate best;
	bool found;
};

static int64_t add_time(int64_t time, int64_t amount)
{
	int64_t sum;

	if (__builtin_add_overflow(time, amount, &sum))
		return amount > 0 ? INT64_MAX : INT64_MIN + 1;
	return sum;
}

/* 1: agree; 0: one side lacks it; -1: differ; 2: neither has it. */
static int compare_values(const char *left, const char *right)
{
	if (left == NULL && right == NULL)
		return 2;
	if (left == NULL || right == NULL)
		return 0;
	return strcmp(left, right) == 0 ? 1 : -1;
}

static int compare_key(const struct edge *edge, size_t i, const struct spot *effect,
	const struct spot *cause, const char **name)
{
	const char *other;

	if (i < edge->same_count) {
		*name = other = edge->same[i];
	} else {
		*name = edge->where[2 * (i - edge->same_count)];
		other = edge->where[2 * (i - edge->same_count) + 1];
	}
	return compare_values(finding_value(effect->finding, effect->occurrence, *name),
		finding_value(cause->finding, cause->occurrence, other));
}

static struct keys compare_keys(
	const struct edge *edge, const struct spot *effect, const struct spot *cause)
{
	struct keys keys = { 1, false, false };
	const char *name;

	for (size_t i = 0; i < edge->same_count + edge->where_count && !keys.differ; i++) {
		int result = compare_key(edge, i, effect, cause, &name);

		keys.differ = result < 0;
		keys.missing |= result == 0;
		keys.factor *= result == 0 ? key_lacking : 1;
	}
	return keys;
}

static bool comparable(
	const struct graph *graph, const struct spot *effect, const struct spot *cause)
{
	const struct source_info *from = spot_source(effect), *to = spot_source(cause);

	if (effect->first == TIME_NONE || cause->first == TIME_NONE)
		return false;
	return from == to || (graph_clock_known(graph, from) && graph_clock_known(graph, to));
}

static struct timing time_apart(
	const struct edge *edge, const struct spot *effect, const struct spot *cause)
{
	struct timing timing = { 1, when_difference(effect->first, cause->first), true, true,
		false };
	int64_t late = when_difference(cause->first, effect->last);

	if (late > edge->slack) {
		timing.order_supported = false;
		timing.possible = late <= LATE;
		timing.factor = 0.25;
	} else if (timing.gap > edge->within) {
		timing.possible = false;
	} else if (timing.gap > 0 && edge->within > 0) {
		timing.factor = 1 - 0.5 * ((double)timing.gap / (double)edge->within);
	}
	return timing;
}

/* Could both be of one time, wherever the clock of the transcript was? */
static bool zones_allow(
	const struct search *search, const struct spot *effect, const struct spot *cause)
{
	const struct unit *unit = search->unit;
	bool timed = effect->first != TIME_NONE;
	int64_t first = timed ? effect->first : unit->first;
	int64_t last = timed ? effect->last : unit->last;

	if (first == TIME_NONE || cause->first == TIME_NONE ||
		graph_clock_known(search->graph, spot_source(effect)))
		return true;
	return when_difference(first, cause->first) <= add_time(search->edge->within, EAST) &&
	       when_difference(cause->first, last == TIME_NONE ? first : last) <= WEST + LATE;
}

/* Without a time of its own, the effect lies somewhere in the time of its test or session. */
static struct timing time_of_session(
	const struct search *search, const struct spot *effect, const struct spot *cause)
{
	struct timing timing = { 0.5, TIME_NONE, true, true, true };
	const struct unit *unit = search->unit;
	int64_t early, late;

	timing.possible = zones_allow(search, effect, cause);
	if (effect->first != TIME_NONE || cause->first == TIME_NONE || unit->first == TIME_NONE ||
		!graph_clock_known(search->graph, spot_source(effect)))
		return timing;
	early = when_difference(unit->first, cause->first);
	late = when_difference(cause->first, unit->last == TIME_NONE ? unit->first : unit->last);
	timing.possible = late <= LATE && early <= add_time(search->edge->within, LATE);
	timing.factor = late <= search->edge->slack && early <= search->edge->within ? 0.7 : 0.4;
	return timing;
}

static struct timing time_factor(
	const struct search *search, const struct spot *effect, const struct spot *cause)
{
	struct timing near = { 1, TIME_NONE, true, true, false };

	if (comparable(search->graph, effect, cause))
		return time_apart(search->edge, effect, cause);
	if (spot_source(effect) == spot_source(cause) || (effect->own && cause->own)) {
		/* a traceback prints causes and effects near each other, in either order */
		near.factor = effect->own && cause->own ? 1 : 0.9;
		return near;
	}
	return time_of_session(search, effect, cause);
}

static bool has_line(const struct spot *spot, const struct entry *line)
{
	const struct occurrence *occurrence = spot->occurrence;

	for (size_t i = 0; i < occurrence->entry_count; i++)
		if (occurrence->entries[i]->order == line->order)
			return true;
	return false;
}

/*
 * A step prints its causes and what comes of them within moments, so what is near there is not told
 * by the clock: the more telling of its lines is the nearer one.
 */
static double telling(const struct unit *unit, const struct spot *cause)
{
	double factor = 1;

	for (size_t i = 0; i < unit->culprit.told; i++, factor *= less_telling)
		if (has_line(cause, unit->culprit.lines[i]))
			return factor;
	return unit->culprit.told > 0 ? not_telling : 1;
}

static double specificity(const struct cause *cause)
{
	unsigned characters = cause->specificity < SPECIFIC ? cause->specificity : SPECIFIC;

	return 0.5 + 0.5 * characters / SPECIFIC;
}

static const struct test *step_of(const struct spot *spot)
{
	const struct entry *entry =
		spot->occurrence->entry_count > 0 ? spot->occurrence->entries[0] : NULL;

	return entry != NULL && entry->test != NULL && entry->test->step ? entry->test : NULL;
}

/* What the clean-up behind a failed step complains of is no cause of it, however near it stands. */
static bool is_of_later_step(const struct spot *effect, const struct spot *cause)
{
	const struct test *failed = step_of(effect), *other = step_of(cause);

	return failed != NULL && other != NULL && failed != other &&
	       spot_source(effect) == spot_source(cause) && other->line > failed->line;
}

/* True: none further away in time can be better. */
static bool offer(
	struct search *search, const struct spot *effect, const struct spot *cause, double share)
{
	const struct edge *edge = search->edge;
	struct candidate candidate = { .edge = edge, .spot = *cause };
	struct keys keys = compare_keys(edge, effect, cause);
	struct timing timing;
	double join;

	if (keys.differ || is_of_later_step(effect, cause))
		return false;
	timing = time_factor(search, effect, cause);
	join = join_factor(search->graph, search->unit, effect, cause, &candidate.counts_agree);
	if (!timing.possible || join <= 0)
		return false;
	candidate.key_missing = keys.missing;
	candidate.weak = join < join_weak;
	candidate.coarse = timing.coarse;
	candidate.link.edge = edge;
	candidate.link.weight = edge->weight;
	candidate.link.key_factor = keys.factor * join;
	candidate.link.time_factor = timing.factor * share * telling(search->unit, cause);
	if (cause->finding->verdict == FINDING_INCONCLUSIVE)
		candidate.link.time_factor *= inconclusive;
	candidate.link.specificity_factor = specificity(edge->cause);
	candidate.link.score = edge->weight * candidate.link.key_factor *
			       candidate.link.time_factor * candidate.link.specificity_factor;
	candidate.link.gap = timing.gap;
	candidate.link.order_supported = timing.order_supported;
	if (!search->found || link_better(&candidate, &search->best))
		search->best = candidate;
	search->found = true;
	return !keys.missing && timing.order_supported &&
	       (join >= 1 || search->unit->facts.id_count == 0);
}

/* Those just before the end of the effect, the nearest first, then the one that comes too late. */
static bool try_window(struct search *search, const struct spot *effect, const struct spots *spots,
	int64_t last, double share)
{
	size_t untimed = spot_first_timed(spots);
	size_t from = spot_after(spots, add_time(last, search->edge->slack));

	for (size_t i = from; i > untimed && i + WALK > from; i--)
		if (offer(search, effect, &spots->items[i - 1], share))
			return true;
	if (from < spots->count)
		offer(search, effect, &spots->items[from], share);
	return false;
}

static void try_spots(
	struct search *search, const struct spot *effect, const struct spots *spots, double share)
{
	int64_t last = effect->first != TIME_NONE ? effect->last : search->unit->last;

	if (last != TIME_NONE && try_window(search, effect, spots, last, share))
		return;
	for (size_t i = 0; i < spots->count && i < HEAD; i++)
		if (offer(search, effect, &spots->items[i], share))
			return;
}

static void try_finding(
	struct search *search, const struct spot *effect, size_t index, double share)
{
	struct spots own = graph_own(search->unit, index);

	try_spots(search, effect, &own, share);
	try_spots(search, effect, &search->graph->free[index], share);
}

static void try_other_firings(struct search *search, const struct spot *effect, size_t index)
{
	struct spots others = effect->own ? graph_own(search->unit, effect->index)
					  : search->graph->free[effect->index];
	size_t step = others.count / OTHERS + 1;

	for (size_t i = 0; i < others.count; i += step)
		if (others.items[i].occurrence != effect->occurrence)
			try_finding(search, &others.items[i], index, other_firing);
}

static const char *group_key(const struct finding *finding, const char *name)
{
	for (size_t i = 0; i < finding->key_count; i++)
		if (strcmp(finding->keys[i].name, name) == 0)
			return finding->keys[i].value;
	return NULL;
}

/* All firings of log lines: could one of the cause's lie in the window of one of the effect's? */
static bool could_meet(const struct graph *graph, const struct spot *effect,
	const struct edge *edge, const struct spots *causes)
{
	const struct spots *effects = &graph->free[effect->index];
	int64_t early, late;

	if (effect->own || !spot_of_log(effect) || !spot_of_log(&causes->items[0]) ||
		effects->items[0].first == TIME_NONE || causes->items[0].first == TIME_NONE)
		return true;
	early = when_difference(effects->items[0].first, causes->items[causes->count - 1].first);
	late = when_difference(causes->items[0].first, effects->items[effects->count - 1].last);
	return early <= edge->within && late <= add_time(edge->slack, LATE);
}

bool link_may(
	const struct graph *graph, const struct spot *effect, const struct edge *edge, size_t index)
{
	const struct finding *cause = graph->findings->items[index];

	for (size_t i = 0; i < edge->same_count; i++)
		if (compare_values(group_key(effect->finding, edge->same[i]),
			    group_key(cause, edge->same[i])) < 0)
			return false;
	return graph->free[index].count == 0 ||
	       could_meet(graph, effect, edge, &graph->free[index]);
}

bool link_find(const struct graph *graph, const struct unit *unit, const struct spot *effect,
	const struct edge *edge, size_t index, struct candidate *out)
{
	struct search search = { .graph = graph, .unit = unit, .edge = edge };

	if (graph->findings->items[index] == effect->finding)
		return false;
	try_finding(&search, effect, index, 1);
	if (!search.found || !search.best.link.order_supported)
		try_other_firings(&search, effect, index);
	if (search.found)
		*out = search.best;
	return search.found;
}

static int by_time(const struct spot *a, const struct spot *b)
{
	if (a->first != TIME_NONE && b->first != TIME_NONE && a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->occurrence->first_order != b->occurrence->first_order)
		return a->occurrence->first_order < b->occurrence->first_order ? -1 : 1;
	return 0;
}

bool link_better(const struct candidate *a, const struct candidate *b)
{
	double difference = a->link.score - b->link.score;
	int order;

	if (a->link.order_supported != b->link.order_supported)
		return a->link.order_supported;
	if (difference > 1e-9 || difference < -1e-9)
		return difference > 0;
	order = by_time(&a->spot, &b->spot);
	return order != 0 ? order < 0 : strcmp(a->edge->cause->id, b->edge->cause->id) < 0;
}

static bool is_listed(const char *list, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = list; at != NULL; at = strstr(at, ", ")) {
		at += at == list ? 0 : 2;
		if (strncmp(at, name, length) == 0 && strchr(",", at[length]) != NULL)
			return true;
	}
	return false;
}

/* LIST with NAME, where it is not in it yet. */
static char *list_once(TALLOC_CTX *mem, char *list, const char *name)
{
	if (is_listed(list, name))
		return list;
	return mem_printf(mem, "%s%s%s", list, *list == '\0' ? "" : ", ", name);
}

void link_describe(TALLOC_CTX *mem, const struct unit *unit, const struct spot *effect,
	struct candidate *candidate)
{
	const struct edge *edge = candidate->edge;
	char *agreed = mem_strdup(mem, ""), *missing = mem_strdup(mem, "");
	const char *name;

	for (size_t i = 0; i < edge->same_count + edge->where_count; i++) {
		int result = compare_key(edge, i, effect, &candidate->spot, &name);
		char **list = result == 1 ? &agreed : &missing;

		if (result == 0 || result == 1)
			*list = list_once(mem, *list, name);
	}
	if (candidate->counts_agree)
		agreed = mem_printf(mem, "%s%snumber of failures (%llu)", agreed,
			*agreed == '\0' ? "" : ", ",
			(unsigned long long)candidate->spot.finding->count);
	if (unit->test != NULL && effect->own && candidate->spot.own)
		agreed = list_once(mem, agreed, "test");
	if (unit->test != NULL && effect->own && !candidate->spot.own &&
		spot_of_log(&candidate->spot) && join_id(unit, &candidate->spot) != NULL)
		agreed = list_once(mem, agreed, "id");
	candidate->link.keys_agreed = agreed;
	candidate->link.keys_missing = missing;
}
