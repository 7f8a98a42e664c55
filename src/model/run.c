/* What may be concluded from a run's entries, and what may not. */
#include "model/run.h"

bool run_was_read(const struct run *run, int64_t from, int64_t to)
{
	for (size_t i = 0; i < run->unread_count; i++) {
		const struct period *stretch = &run->unread[i];

		if ((to == TIME_NONE || stretch->from <= to) &&
			(from == TIME_NONE || stretch->to > from))
			return false;
	}
	return run->complete;
}
