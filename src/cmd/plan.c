/* Two watermarks: one of event time, that moves on, and one of receipt, for what comes late. */
#include "cmd/plan.h"

static bool is_main(const struct slice *slice)
{
	return slice->received == TIME_NONE;
}

static int64_t later(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

static int64_t earlier(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

/* The end of the newest stretch that was begun; TIME_NONE: none was. */
static int64_t newest_end(const struct slices *known)
{
	int64_t end = TIME_NONE;

	for (size_t i = 0; i < known->count; i++)
		if (is_main(known->items[i]))
			end = later(end, known->items[i]->to);
	return end;
}

static void add_unfinished(
	TALLOC_CTX *mem, const struct slices *known, const struct plan_wish *wish, struct plan *out)
{
	for (size_t i = 0; i < known->count; i++) {
		struct slice *slice = known->items[i];

		if (slice->done ||
			(!wish->resume && (slice->to <= wish->from || slice->from >= wish->to)))
			continue;
		out->unfinished = mem_grow(
			mem, out->unfinished, out->unfinished_count, sizeof(*out->unfinished));
		out->unfinished[out->unfinished_count++] = slice;
	}
}

/* From FROM on, without a hole: where what was read, or will have been, ends. */
static int64_t known_until(const struct slices *known, int64_t from)
{
	int64_t end = from;
	bool moved = true;

	while (moved) {
		moved = false;
		for (size_t i = 0; i < known->count; i++) {
			const struct slice *slice = known->items[i];

			if (is_main(slice) && slice->from <= end && slice->to > end) {
				end = slice->to;
				moved = true;
			}
		}
	}
	return end;
}

/* Since when entries of SLICE between FROM and TO may have been received that were not read. */
static int64_t received_since(
	const struct slices *known, const struct slice *slice, int64_t from, int64_t to)
{
	int64_t since = slice->began;

	for (size_t i = 0; i < known->count; i++) {
		const struct slice *late = known->items[i];

		if (!is_main(late) && late->from <= later(slice->from, from) &&
			late->to >= earlier(slice->to, to))
			since = later(since, late->began);
	}
	return since;
}

static void add_late(const struct slices *known, int64_t from, int64_t to, struct plan *out)
{
	int64_t since = INT64_MAX;

	from = later(from, to - PLAN_LATE);
	for (size_t i = 0; i < known->count; i++) {
		const struct slice *slice = known->items[i];

		if (is_main(slice) && slice->from < to && slice->to > from)
			since = earlier(since, received_since(known, slice, from, to));
	}
	out->news[out->new_count++] =
		(struct slice){ .from = from, .to = to, .received = since - PLAN_RECEIVED };
}

int plan_make(TALLOC_CTX *mem, const struct slices *known, const struct plan_wish *wish,
	struct plan *out, struct err *err)
{
	int64_t from = wish->from, until;

	*out = (struct plan){ .unfinished = NULL };
	if (from == TIME_NONE)
		from = newest_end(known);
	if (from == TIME_NONE)
		return err_set(err, ERR_EMPTY,
			"nothing was pulled with this question: there is nothing to resume");
	add_unfinished(mem, known, wish, out);
	/* with --resume alone all that was read without a hole before its newest end counts */
	until = known_until(known, from);
	if (wish->from == TIME_NONE)
		for (size_t i = 0; i < known->count; i++)
			if (is_main(known->items[i]))
				from = earlier(from, known->items[i]->from);
	if (until < wish->to)
		out->news[out->new_count++] = (struct slice){
			.from = until > from ? later(from, until - PLAN_OVERLAP) : from,
			.to = wish->to,
			.received = TIME_NONE,
		};
	until = earlier(until, wish->to);
	if (until > from)
		add_late(known, from, until, out);
	return 0;
}
