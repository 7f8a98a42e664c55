/* What may be concluded from a run's entries, and what may not. */
#include "model/run.h"

#include <string.h>

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

void run_add_redacted(struct run *run, const char *kind, uint64_t count)
{
	size_t at = 0;

	while (at < run->redacted_count && strcmp(run->redacted[at].kind, kind) < 0)
		at++;
	if (at < run->redacted_count && strcmp(run->redacted[at].kind, kind) == 0) {
		run->redacted[at].count += count;
		return;
	}
	run->redacted = mem_grow(run, run->redacted, run->redacted_count, sizeof(*run->redacted));
	memmove(run->redacted + at + 1, run->redacted + at,
		(run->redacted_count - at) * sizeof(*run->redacted));
	run->redacted[at] = (struct redacted){ mem_strdup(run, kind), count };
	run->redacted_count++;
}
