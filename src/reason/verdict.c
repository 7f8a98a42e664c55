/* The table of criteria; the first that holds decides. */
#include "reason/verdict.h"

static bool is_inconclusive(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->inconclusive;
}

/* What is missing might be in the part that was not read. */
static bool is_unread(const struct draft *draft, const struct run *run)
{
	return !run->complete && (draft->absent || draft->root == NULL);
}

static bool has_hypotheses_only(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->root == NULL && draft->hypotheses > 0;
}

static bool has_nothing_below(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->root == NULL;
}

static bool is_disordered(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->disordered;
}

/* What the log tells need not be of the time of the test. */
static bool has_gap(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->joined && draft->shared_id == NULL && draft->unit->gap != NULL;
}

static bool is_joined_by_time(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->weak;
}

static bool is_asserted(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->asserted;
}

static bool has_rival(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->rival;
}

static bool lacks_a_key(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->key_missing;
}

static bool is_coarse(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->coarse;
}

static bool is_incomplete(const struct draft *draft, const struct run *run)
{
	(void)draft;
	return !run->complete;
}

static bool stands_alone(const struct draft *draft, const struct run *run)
{
	(void)run;
	return draft->rung_count - draft->hypotheses == 1;
}

static bool always(const struct draft *draft, const struct run *run)
{
	(void)draft;
	(void)run;
	return true;
}

static const struct {
	bool (*holds)(const struct draft *draft, const struct run *run);
	enum verdict verdict;
	const char *reason;
} criteria[] = {
	{ is_inconclusive, VERDICT_INCONCLUSIVE,
		"the data end before a deadline, or were not read whole, where it matters" },
	{ is_unread, VERDICT_INCONCLUSIVE,
		"the scan is incomplete, and what is missing may be in what was not read" },
	{ has_hypotheses_only, VERDICT_POSSIBLE,
		"the symptom was observed, but no cause below it: hypotheses only" },
	{ has_nothing_below, VERDICT_UNDIAGNOSED,
		"the symptom was observed, and no rule says what may be below it" },
	{ is_disordered, VERDICT_POSSIBLE,
		"a cause was seen only after its effect: the order is not supported" },
	{ has_gap, VERDICT_LIKELY, "the log does not cover the time of the test" },
	{ is_asserted, VERDICT_LIKELY, "a rule asserts a cause that these logs do not show" },
	{ has_rival, VERDICT_LIKELY, "another cause explains it about as well" },
	{ is_joined_by_time, VERDICT_LIKELY,
		"the test and the log agree in service and time alone: no id, no request" },
	{ lacks_a_key, VERDICT_LIKELY, "one side of a link lacks a key that should agree" },
	{ is_coarse, VERDICT_LIKELY,
		"the times of a cause and its effect could not be compared closely" },
	{ is_incomplete, VERDICT_LIKELY, "every link was observed, but the scan is incomplete" },
	{ stands_alone, VERDICT_CONFIRMED, "the cause itself was observed, with nothing above it" },
	{ always, VERDICT_CONFIRMED,
		"every link was observed, in order, the keys agree, and no rival is close" },
};

void verdict_judge(struct draft *draft, const struct run *run)
{
	size_t i = 0;

	while (!criteria[i].holds(draft, run))
		i++;
	draft->verdict = criteria[i].verdict;
	draft->verdict_reason = criteria[i].reason;
	if (criteria[i].holds == has_gap)
		draft->verdict_reason =
			mem_printf(draft, "%s: %s", criteria[i].reason, draft->unit->gap);
}
