/* Which firings belong to which test. */
#include "reason/graph.h"

#include <string.h>
#include <uthash.h>

struct graph_cause {
	const struct cause *cause;
	size_t *findings, count;
	size_t failing; /* failing tests that show it */
	const struct unit *counted; /* the last of these */
	UT_hash_handle hh;
};

struct graph_test {
	const struct test *test; /* of any source */
	struct unit *unit;
	UT_hash_handle hh;
};

static int graph_free(struct graph *graph)
{
	HASH_CLEAR(hh, graph->causes);
	HASH_CLEAR(hh, graph->tests);
	return 0;
}

int64_t graph_time(const struct graph *graph, const struct source_info *source, int64_t time)
{
	if (time == TIME_NONE || !graph->offset_found || source == NULL || !source->transcript ||
		!source->zone_unknown)
		return time;
	return time + graph->offset * WHEN_SECOND;
}

bool graph_clock_known(const struct graph *graph, const struct source_info *source)
{
	return source == NULL || !source->transcript || !source->zone_unknown ||
	       graph->offset_found || graph->options->offset_given;
}

/* A cycle of same_as would be another room's fault; a few steps are enough for honest data. */
static const struct test *canonical(const struct test *test)
{
	for (int steps = 0; test != NULL && test->same_as != NULL && steps < 16; steps++)
		test = test->same_as;
	return test;
}

static struct unit *unit_of(const struct graph *graph, const struct test *test)
{
	const struct test *key = canonical(test);
	struct graph_test *found;

	HASH_FIND_PTR(graph->tests, &key, found);
	return found == NULL ? NULL : found->unit;
}

static void add_source(struct unit *unit, const struct source_info *source)
{
	for (size_t i = 0; i < unit->source_count; i++)
		if (unit->sources[i] == source)
			return;
	unit->sources = mem_grow(unit, unit->sources, unit->source_count, sizeof(*unit->sources));
	unit->sources[unit->source_count++] = source;
}

static void add_same(struct unit *unit, struct test *test)
{
	unit->same = mem_grow(unit, unit->same, unit->same_count, sizeof(*unit->same));
	unit->same[unit->same_count++] = test;
}

static struct unit *add_unit(struct graph *graph, struct test *test)
{
	struct unit *unit = mem_new(graph, struct unit);

	unit->test = test;
	unit->first = unit->last = TIME_NONE;
	add_same(unit, test);
	graph->units = mem_grow(graph, graph->units, graph->unit_count, sizeof(*graph->units));
	graph->units[graph->unit_count++] = unit;
	return unit;
}

static void add_tests(struct graph *graph)
{
	for (size_t i = 0; i < graph->run->test_count; i++) {
		struct test *test = graph->run->tests[i];
		struct graph_test *known;

		if (test->same_as != NULL || test->outcome == OUTCOME_NONE)
			continue;
		known = mem_new(graph, struct graph_test);
		known->test = test;
		known->unit = add_unit(graph, test);
		/* what failed for a part of it alone has no reason of its own */
		known->unit->failing =
			test->part == NULL &&
			(test->outcome == OUTCOME_FAILED || test->outcome == OUTCOME_ERROR);
		if (known->unit->failing && test->step)
			known->unit->culprit = culprits_of(graph->culprits, test);
		HASH_ADD_PTR(graph->tests, test, known);
	}
}

static struct test *stand_in(struct graph *graph, const struct source_info *source)
{
	struct test *test = mem_new(graph, struct test);

	test->name = mem_strdup(test, source->name);
	test->outcome = OUTCOME_NONE;
	test->start = TIME_NONE;
	test->duration = -1;
	test->source = source;
	test->nameless = true;
	return test;
}

static bool nothing_was_decided(const struct run *run)
{
	for (size_t i = 0; i < run->test_count; i++)
		if (run->tests[i]->outcome != OUTCOME_NONE &&
			run->tests[i]->outcome != OUTCOME_SKIPPED)
			return false;
	/* dots have no names: the closing line alone says that all passed */
	for (size_t i = 0; i < run->source_count; i++) {
		const struct counts *stated = &run->sources[i]->stated;

		if (run->sources[i]->has_stated && stated->passed > 0 && stated->failed == 0 &&
			stated->errors == 0)
			return false;
	}
	return true;
}

/* A run in which no test passed or failed is itself what failed. */
static void add_whole_run(struct graph *graph)
{
	struct unit *unit = NULL;

	for (size_t i = 0; i < graph->run->source_count; i++) {
		const struct source_info *source = graph->run->sources[i];

		if (!source->transcript)
			continue;
		if (unit == NULL)
			unit = add_unit(graph, stand_in(graph, source));
		unit->whole_run = unit->failing = true;
		add_source(unit, source);
		for (size_t j = 0; j < source->test_count; j++)
			add_same(unit, source->tests[j]);
	}
}

static void widen(int64_t *first, int64_t *last, int64_t from, int64_t to)
{
	if (from == TIME_NONE)
		return;
	if (*first == TIME_NONE || from < *first)
		*first = from;
	if (to != TIME_NONE && (*last == TIME_NONE || to > *last))
		*last = to;
}

static void add_test_time(const struct graph *graph, struct unit *unit, const struct test *test)
{
	int64_t start = graph_time(graph, test->source, test->start);
	int64_t end = start;

	if (start != TIME_NONE && test->duration > 0 &&
		__builtin_add_overflow(start, test->duration, &end))
		end = start;
	widen(&unit->first, &unit->last, start, end);
}

/* The sources that tell of each test, and when it ran: it itself, else its session. */
static void add_sources(struct graph *graph)
{
	for (size_t i = 0; i < graph->run->source_count; i++) {
		const struct source_info *source = graph->run->sources[i];

		graph->has_logs |= !source->transcript;
		graph->has_transcripts |= source->transcript;
		for (size_t j = 0; j < source->test_count; j++) {
			struct unit *unit = unit_of(graph, source->tests[j]);

			if (unit == NULL)
				continue;
			add_source(unit, source);
			if (source->tests[j] != unit->test)
				add_same(unit, source->tests[j]);
			add_test_time(graph, unit, source->tests[j]);
		}
	}
}

static void add_session_times(const struct graph *graph)
{
	for (size_t i = 0; i < graph->unit_count; i++) {
		struct unit *unit = graph->units[i];
		bool timed = unit->first != TIME_NONE;

		if (unit->test->source != NULL && unit->source_count == 0)
			add_source(unit, unit->test->source);
		for (size_t j = 0; j < unit->source_count && !timed; j++) {
			const struct source_info *source = unit->sources[j];

			widen(&unit->first, &unit->last, graph_time(graph, source, source->first),
				graph_time(graph, source, source->last));
		}
	}
}

static struct graph_cause *cause_of(struct graph *graph, const struct cause *cause)
{
	struct graph_cause *found;

	HASH_FIND_PTR(graph->causes, &cause, found);
	if (found == NULL) {
		found = mem_new(graph, struct graph_cause);
		found->cause = cause;
		HASH_ADD_PTR(graph->causes, cause, found);
	}
	return found;
}

static bool has_spot(const struct spots *spots, const struct occurrence *occurrence)
{
	return spots->count > 0 && spots->items[spots->count - 1].occurrence == occurrence;
}

/* Give the firing to the tests whose output it is seen in; true: there is one. */
static bool add_to_tests(struct graph *graph, struct spot *spot)
{
	bool tested = false;

	spot->own = true;
	for (size_t i = 0; i < spot->occurrence->entry_count; i++) {
		struct unit *unit = unit_of(graph, spot->occurrence->entries[i]->test);

		if (unit == NULL)
			continue;
		tested = true;
		if (!has_spot(&unit->own, spot->occurrence))
			spot_add(unit, &unit->own, spot);
	}
	return tested;
}

static void add_spot(struct graph *graph, const struct finding *finding, size_t index,
	const struct occurrence *occurrence)
{
	struct spot spot = { finding, occurrence, index, TIME_NONE, TIME_NONE, true };
	const struct source_info *source = spot_source(&spot);
	struct unit *whole =
		graph->unit_count > 0 && graph->units[0]->whole_run ? graph->units[0] : NULL;

	spot.first = graph_time(graph, source, occurrence->first);
	spot.last = graph_time(graph, source, occurrence->last);
	if (spot.last == TIME_NONE)
		spot.last = spot.first;
	if (whole != NULL && !spot_of_log(&spot)) {
		spot_add(whole, &whole->own, &spot);
		return;
	}
	if (add_to_tests(graph, &spot))
		return;
	spot.own = false;
	spot_add(graph->free, &graph->free[index], &spot);
}

static void sort_own(struct unit *unit)
{
	for (size_t from = 0, to; from < unit->own.count; from = to) {
		struct spots part = { unit->own.items + from, 0 };

		for (to = from; to < unit->own.count &&
				unit->own.items[to].index == unit->own.items[from].index;
			to++)
			part.count++;
		spot_sort(&part);
		unit->findings = mem_grow(
			unit, unit->findings, unit->finding_count, sizeof(*unit->findings));
		unit->findings[unit->finding_count++] = unit->own.items[from].index;
	}
}

static void count_failing(struct graph *graph, const struct unit *unit)
{
	for (size_t i = 0; i < unit->own.count && unit->failing; i++) {
		struct graph_cause *cause = cause_of(graph, unit->own.items[i].finding->cause);

		cause->failing += cause->counted != unit;
		cause->counted = unit;
	}
}

/* Session lines of FINDING: one firing for each transcript, as they come in order. */
static void add_session_spots(struct graph *graph, const struct spots *spots)
{
	const struct source_info *last = NULL;

	for (size_t i = 0; i < spots->count; i++) {
		const struct source_info *source = spot_source(&spots->items[i]);

		const struct occurrence *occurrence = spots->items[i].occurrence;

		/* what a step of a job says is told of that step alone */
		if (occurrence->entry_count > 0 && occurrence->entries[0]->test != NULL &&
			occurrence->entries[0]->test->step)
			continue;
		if (!spot_of_log(&spots->items[i]) && source != last)
			spot_add(graph, &graph->sessions, &spots->items[i]);
		last = source;
	}
}

static void add_finding(struct graph *graph, const struct finding *finding, size_t index)
{
	struct graph_cause *cause = cause_of(graph, finding->cause);

	for (size_t i = 0; i < finding->occurrence_count; i++)
		add_spot(graph, finding, index, &finding->occurrences[i]);
	spot_sort(&graph->free[index]);
	add_session_spots(graph, &graph->free[index]);
	if (graph->free[index].count == 0)
		return;
	cause->findings = mem_grow(cause, cause->findings, cause->count, sizeof(*cause->findings));
	cause->findings[cause->count++] = index;
}

static void add_findings(struct graph *graph)
{
	graph->free = mem_array(graph, struct spots, graph->findings->count + 1);
	for (size_t i = 0; i < graph->findings->count; i++)
		add_finding(graph, graph->findings->items[i], i);
	for (size_t i = 0; i < graph->unit_count; i++) {
		sort_own(graph->units[i]);
		graph->failing += graph->units[i]->failing;
		count_failing(graph, graph->units[i]);
	}
}

struct graph *graph_new(TALLOC_CTX *mem, struct graph seed)
{
	struct graph *graph = mem_new(mem, struct graph);

	*graph = seed;
	talloc_set_destructor(graph, graph_free);
	if (nothing_was_decided(graph->run))
		add_whole_run(graph);
	else
		add_tests(graph);
	add_sources(graph);
	add_session_times(graph);
	add_findings(graph);
	return graph;
}

const size_t *graph_findings(const struct graph *graph, const struct cause *cause, size_t *count)
{
	struct graph_cause *found;

	HASH_FIND_PTR(graph->causes, &cause, found);
	*count = found == NULL ? 0 : found->count;
	return found == NULL ? NULL : found->findings;
}

struct spots graph_own(const struct unit *unit, size_t index)
{
	size_t low = 0, high = unit->own.count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (unit->own.items[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < unit->own.count && unit->own.items[end].index == index;)
		end++;
	return (struct spots){ unit->own.items + low, end - low };
}

size_t graph_failing_with(const struct graph *graph, const struct cause *cause)
{
	struct graph_cause *found;

	HASH_FIND_PTR(graph->causes, &cause, found);
	return found == NULL ? 0 : found->failing;
}

bool graph_implies(const struct graph *graph, const struct edge *edge)
{
	return edge->implied &&
	       (edge->tests == 0 || graph_failing_with(graph, edge->effect) >= edge->tests);
}

struct test_errors graph_errors(const struct graph *graph, const struct unit *unit)
{
	struct test_errors all = { NULL, NULL, 0 };

	for (size_t i = 0; i < unit->same_count; i++) {
		const struct test_errors *some = errors_of(graph->errors, unit->same[i]);

		if (some == NULL)
			continue;
		if (all.first == NULL || some->first->order < all.first->order)
			all.first = some->first;
		if (all.newest == NULL || some->newest->order > all.newest->order)
			all.newest = some->newest;
		all.count += some->count;
	}
	return all;
}
