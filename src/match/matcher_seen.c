/* What a cause expects to be seen with it: looked up among the hits. */
#include "match/matcher.h"

static bool is_within(int64_t time, int64_t from, int64_t to)
{
	if (from == TIME_NONE && to == TIME_NONE)
		return true;
	return time != TIME_NONE && (from == TIME_NONE || time >= from) &&
	       (to == TIME_NONE || time <= to);
}

bool matcher_seen(const struct matcher *matcher, const struct use *use, int64_t from, int64_t to)
{
	size_t count, seen = 0;
	uint64_t total;
	const struct hit *hits = hits_of(matcher->hits, use->term->index, &count, &total);

	for (size_t i = 0; i < count; i++)
		seen += is_within(hits[i].entry->time, from, to);
	return seen >= (use->count > 0 ? use->count : 1) || total > count;
}
