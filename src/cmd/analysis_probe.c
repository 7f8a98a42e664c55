/*
 * Pushdown: the service looks for what rules need, and only what is around that is read whole. What
 * it finds is looked through again here; the second reading has all of it, in the order of time.
 */
#include "cmd/analysis_live.h"

#include <inttypes.h>
#include <stdlib.h>

#define CONTEXT (120 * WHEN_SECOND) /* around what was found */
#define JOIN (60 * WHEN_SECOND) /* a shorter time between two stretches is read, too */
#define STRETCHES_MAX 32 /* each costs a request at least */

struct probe {
	struct matcher *matcher;
	struct match_pushdown *pushdown;
	struct periods *found;
	TALLOC_CTX *mem;
	uint64_t count;
};

static void add(struct probe *probe, int64_t from, int64_t to)
{
	struct periods *found = probe->found;
	struct period *last = found->count > 0 ? &found->items[found->count - 1] : NULL;

	/* entries come in the order of time, so most of them belong to the last one */
	if (last != NULL && from >= last->from && from <= last->to) {
		last->to = to > last->to ? to : last->to;
		return;
	}
	found->items = mem_grow(probe->mem, found->items, found->count, sizeof(*found->items));
	found->items[found->count++] = (struct period){ from, to };
}

static int take(void *context, struct entry *entry, struct err *err)
{
	struct probe *probe = context;
	size_t hits = matcher_scan(probe->matcher, entry);
	int64_t reach;

	(void)err;
	matcher_forget(probe->matcher);
	if ((hits == 0 && entry->severity < SEVERITY_ERROR) || entry->time == TIME_NONE)
		return 0;
	probe->count++;
	reach = hits > 0 ? match_pushdown_reach(probe->pushdown, entry) : 0;
	reach = reach > CONTEXT ? reach : CONTEXT;
	add(probe, when_difference(entry->time, CONTEXT), when_difference(entry->time, -reach - 1));
	return 0;
}

static void add_tests(struct probe *probe, const struct run *run)
{
	for (size_t i = 0; i < run->source_count; i++)
		for (size_t j = 0; j < run->sources[i]->test_count; j++) {
			const struct test *test = run->sources[i]->tests[j];
			int64_t rest = test->duration > 0 ? test->duration : 0;

			if (test->outcome >= OUTCOME_FAILED && test->start != TIME_NONE)
				add(probe, when_difference(test->start, CONTEXT),
					when_difference(test->start, -rest - CONTEXT));
		}
}

static int by_time(const void *left, const void *right)
{
	const struct period *one = left, *other = right;

	return one->from < other->from ? -1 : one->from > other->from;
}

static void join(struct periods *stretches, int64_t distance)
{
	size_t kept = 0;

	for (size_t i = 0; i < stretches->count; i++) {
		struct period next = stretches->items[i];
		struct period *last = kept > 0 ? &stretches->items[kept - 1] : NULL;

		if (last != NULL && when_difference(next.from, last->to) <= distance)
			last->to = next.to > last->to ? next.to : last->to;
		else
			stretches->items[kept++] = next;
	}
	stretches->count = kept;
}

/* Within WHOLE, in order, and not too many. */
static void tidy(struct periods *stretches, const struct period *whole)
{
	size_t kept = 0;

	for (size_t i = 0; i < stretches->count; i++) {
		struct period next = stretches->items[i];

		next.from = next.from > whole->from ? next.from : whole->from;
		next.to = next.to < whole->to ? next.to : whole->to;
		if (next.from < next.to)
			stretches->items[kept++] = next;
	}
	stretches->count = kept;
	if (kept > 0)
		qsort(stretches->items, kept, sizeof(*stretches->items), by_time);
	join(stretches, JOIN);
	for (int64_t distance = 2 * JOIN; stretches->count > STRETCHES_MAX; distance *= 2)
		join(stretches, distance);
}

static void add_unread(struct run *run, int64_t from, int64_t to)
{
	if (from >= to)
		return;
	run->unread = mem_grow(run, run->unread, run->unread_count, sizeof(*run->unread));
	run->unread[run->unread_count++] = (struct period){ from, to };
}

static void tell(const struct probe *probe, struct pulling *pulling, struct run *run,
	const struct period *whole)
{
	struct source_info *info = source_pages_info(pulling->pages);
	const char *const *notes = match_pushdown_notes(probe->pushdown);
	char total[WHEN_TEXT], read[WHEN_TEXT];
	int64_t at = whole->from, sum = 0;

	for (size_t i = 0; i < probe->found->count; i++) {
		const struct period *stretch = &probe->found->items[i];

		add_unread(run, at, stretch->from);
		at = stretch->to;
		sum += stretch->to - stretch->from;
	}
	add_unread(run, at, whole->to);
	for (; *notes != NULL; notes++)
		source_info_note(info, *notes);
	source_info_note(info,
		mem_printf(info,
			"the service looked for what rules need and for errors, and found %" PRIu64
			" %s: of %s only the %s around were read whole, and absences are asserted "
			"only there",
			probe->count, probe->count == 1 ? "entry" : "entries",
			when_format_duration(
				(whole->to - whole->from) / WHEN_SECOND * WHEN_SECOND, total),
			when_format_duration(sum / WHEN_SECOND * WHEN_SECOND, read)));
}

static int ask(
	struct probe *probe, struct pulling *pulling, const struct period *whole, struct err *err)
{
	struct pages *pages = pulling->pages;
	int result = 0;

	/* what is found only says where to read: it is no part of the source */
	pulling->pages = source_pages_new(probe->mem, pulling->resource, &pulling->source, false);
	pulling->store = NULL;
	pulling->take = take;
	pulling->context = probe;
	for (const char *const *filter = match_pushdown_filters(probe->pushdown);
		*filter != NULL && result == 0; filter++) {
		struct slice slice = pulling_slice(pulling, whole->from, whole->to);

		pulling->more = *filter;
		result = pulling_read(pulling, &slice, false, err);
	}
	pulling->more = NULL;
	pulling->pages = pages;
	return result;
}

int analysis_probe(struct analysis_state *state, struct pulling *pulling, const struct rules *rules,
	const struct period *whole, struct periods *out, struct err *err)
{
	struct periods found = { NULL, 0 };
	struct probe probe = { .found = &found, .mem = state->analysis };
	const char *obstacle;
	int result;

	probe.pushdown = match_pushdown_new(
		state->analysis, rules, pulling_room(pulling, whole->from, whole->to));
	obstacle = match_pushdown_obstacle(probe.pushdown);
	if (obstacle != NULL) {
		source_info_note(source_pages_info(pulling->pages),
			mem_printf(state->analysis, "everything was read, as %s", obstacle));
		return 0;
	}
	if (matcher_new(state->analysis, rules, &probe.matcher, err) < 0)
		return -1;
	result = ask(&probe, pulling, whole, err);
	talloc_free(probe.matcher);
	add_tests(&probe, state->analysis->run);
	tidy(&found, whole);
	tell(&probe, pulling, state->analysis->run, whole);
	*out = found;
	return result < 0 ? -1 : 1;
}
