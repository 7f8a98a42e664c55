/* The states of an incident over runs; see states.h. */
#include "store/states.h"

#include <string.h>

static bool same_commit(const struct sighting *one, const struct sighting *other)
{
	return one->commit != NULL && other->commit != NULL &&
	       strcmp(one->commit, other->commit) == 0;
}

/* Did a test of it pass on the commit of the sighting AT, in an earlier run? */
static bool passed_before(const struct sighting *sightings, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (sightings[i].passed && same_commit(&sightings[i], &sightings[at]))
			return true;
	return false;
}

/* Seen in SIGHTING: what it was before decides what that means. */
static enum incident_state seen_after(enum incident_state before, bool first)
{
	if (first)
		return STATE_NEW;
	return before == STATE_FIXED || before == STATE_REGRESSED ? STATE_REGRESSED
								  : STATE_PERSISTING;
}

void states_replay(const struct sighting *sightings, size_t count, struct history *out)
{
	const struct sighting *last = NULL;
	enum incident_state state = STATE_NEW;
	bool flaky = false;

	*out = (struct history){ .first_run = count > 0 ? sightings[0].run : 0 };
	for (size_t i = 0; i < count; i++) {
		const struct sighting *now = &sightings[i];

		if (now->seen) {
			if (last == NULL || state == STATE_FIXED)
				out->since_run = now->run;
			state = seen_after(state, last == NULL);
			flaky = passed_before(sightings, i);
			last = now;
			out->last_run = now->run;
			out->occurrences++;
		} else if (now->passed && last != NULL && same_commit(now, last)) {
			flaky = true;
		} else if (now->proven && state != STATE_FIXED) {
			state = STATE_FIXED;
			flaky = false;
			out->fixed_run = now->run;
		}
		if (now->seen || now->passed || now->proven || now->resolved)
			out->reached_run = now->run;
		if (now->resolved) {
			state = STATE_FIXED;
			flaky = false;
			out->fixed_run = now->run;
		}
	}
	out->state = flaky ? STATE_FLAKY : state;
}
