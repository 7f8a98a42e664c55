/* Absences: the wait that tells most, and what came in it. */
#include <string.h>

#include "match/absent.h"
#include "match/explain.h"

enum outcome_of_wait {
	WAIT_ENDED, /* what was waited for came, or it was cancelled */
	WAIT_DOUBTED,
	WAIT_ABSENT,
	WAIT_OUTCOMES,
};

/* Waits as they are looked at: a first time to choose one, a second time to tell of it. */
struct waits {
	const struct explaining *explaining;
	struct clause *clause;
	size_t index, chosen;
	enum outcome_of_wait best;
	size_t outcomes[WAIT_OUTCOMES];
};

static void choose(void *context, const struct wait *wait)
{
	struct waits *waits = context;
	enum outcome_of_wait outcome = WAIT_ENDED;

	if (absent_is(wait))
		outcome = absent_doubt(wait) == NULL ? WAIT_ABSENT : WAIT_DOUBTED;
	waits->outcomes[outcome]++;
	if (waits->index == 0 || outcome > waits->best) {
		waits->best = outcome;
		waits->chosen = waits->index;
	}
	waits->index++;
}

static struct clause *cited(const struct waits *waits, const char *what, const struct use *use,
	const struct event *event)
{
	struct part part = { event, use };
	struct firing frame = { .parts = &part, .count = event != NULL };

	return explain_seen(waits->explaining, what, use, &frame);
}

/* The first event of USE behind the beginning of the wait, whenever it came. */
static const struct event *first_behind(const struct wait *wait, const struct use *use)
{
	for (size_t i = 0; i < wait->scope->count; i++)
		if (evaluate_is(&wait->scope->events[i], use) &&
			wait->scope->events[i].position > wait->after->position)
			return &wait->scope->events[i];
	return NULL;
}

static void tell_distance(const struct waits *waits, const struct wait *wait, struct clause *part,
	const struct event *event, const char *words)
{
	const struct window time = { WINDOW_TIME, 0 };
	int64_t distance;
	const char *text =
		explain_distance(waits->explaining->scratch, &time, wait->after, event, &distance);

	if (text != NULL)
		explain_note(part, "it came %s after the wait began%s", text, words);
	else
		explain_note(part, "it came%s", words);
}

static void explain_expected(
	const struct waits *waits, const struct wait *wait, size_t index, struct clause *to)
{
	const struct use *use = &wait->signature->expected[index];
	const struct event *seen = index < ABSENT_STAGES ? wait->seen[index] : NULL;
	const struct event *late = seen == NULL ? first_behind(wait, use) : NULL;
	const char *what = wait->signature->staged
				   ? mem_printf(waits->explaining->scratch, "stage %zu", index + 1)
				   : "none of";
	struct clause *part;

	if (seen == NULL && late == NULL) {
		part = explain_term(waits->explaining, what, use, NULL);
		part->state = part->state == CLAUSE_OPEN ? CLAUSE_OPEN : CLAUSE_TOLD;
		explain_note(part, "it did not come");
	} else {
		part = cited(waits, what, use, seen != NULL ? seen : late);
		tell_distance(waits, wait, part, seen != NULL ? seen : late,
			seen != NULL ? "" : ", which is too late");
	}
	explain_add(to, part);
}

static void explain_all_expected(const struct waits *waits, const struct wait *wait)
{
	const struct signature *signature = wait->signature;
	struct clause *part =
		explain_clause(waits->explaining, signature->staged ? "stages" : "none of", "");
	size_t missing = absent_missing(wait), count = signature->expected_count;
	bool absent = signature->staged ? missing > 0 : missing == count;

	part->state = absent ? CLAUSE_HOLDS : CLAUSE_FAILS;
	explain_note(part, absent ? "%zu of %zu did not come" : "%zu of %zu did not come, %s",
		missing, count, signature->staged ? "nothing is missing" : "one is enough");
	for (size_t i = 0; i < count; i++)
		explain_expected(waits, wait, i, part);
	explain_add(waits->clause, part);
}

static void explain_end(const struct waits *waits, const struct wait *wait)
{
	const struct signature *signature = wait->signature;
	struct clause *part = explain_clause(waits->explaining, "within",
		explain_window(waits->explaining->scratch, &signature->within));
	char time[WHEN_TEXT];

	if (wait->deadline != INT64_MAX)
		explain_note(part, "the wait lasts until %s", when_format(wait->deadline, time));
	explain_add(waits->clause, part);
	for (size_t i = 0; i < signature->until_count; i++) {
		bool ended = wait->until != NULL && evaluate_is(wait->until, &signature->until[i]);

		part = cited(waits, "until", &signature->until[i], ended ? wait->until : NULL);
		explain_note(part, "%s", ended ? "it ended the wait" : "it did not end the wait");
		explain_add(waits->clause, part);
	}
}

static void explain_unless(const struct waits *waits, const struct wait *wait)
{
	for (size_t i = 0; i < wait->signature->unless_count; i++) {
		const struct event *event = absent_cancelled(wait, i);
		struct clause *part = cited(waits, "unless", &wait->signature->unless[i], event);

		part->state = event != NULL ? CLAUSE_FAILS : CLAUSE_HOLDS;
		if (event != NULL)
			tell_distance(waits, wait, part, event, ", so nothing is waited for");
		explain_add(waits->clause, part);
	}
}

static void tell(void *context, const struct wait *wait)
{
	struct waits *waits = context;
	const char *doubt = absent_is(wait) ? absent_doubt(wait) : NULL;
	struct clause *after;

	if (waits->index++ != waits->chosen)
		return;
	after = cited(waits, "after", &wait->signature->uses[0], wait->after);
	after->state = CLAUSE_HOLDS;
	explain_add(waits->clause, after);
	if (doubt != NULL)
		explain_note(waits->clause, "%s", doubt);
	explain_all_expected(waits, wait);
	explain_end(waits, wait);
	explain_unless(waits, wait);
}

void explain_absent(const struct explaining *explaining, const struct signature *signature,
	struct clause *clause)
{
	struct scope scope = explain_scope(explaining);
	struct waits waits = { .explaining = explaining, .clause = clause };

	absent_each(signature, &scope, choose, &waits);
	if (waits.index == 0) {
		explain_add(clause, explain_term(explaining, "after", &signature->uses[0], NULL));
		return;
	}
	explain_note(clause, "%zu wait%s: in %zu something was absent, in %zu it may have been",
		waits.index, waits.index == 1 ? "" : "s", waits.outcomes[WAIT_ABSENT],
		waits.outcomes[WAIT_DOUBTED]);
	waits.index = 0;
	absent_each(signature, &scope, tell, &waits);
}
