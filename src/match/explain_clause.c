/* Signatures: their steps, windows, counts and negations, by what the evaluators say. */
#include "match/explain.h"

static const char *const kind_names[] = {
	[SIGN_MATCH] = "match",
	[SIGN_ALL] = "all",
	[SIGN_SEQ] = "seq",
	[SIGN_ANY] = "any",
	[SIGN_COUNT] = "count",
	[SIGN_ABSENT] = "absent",
};

/* A signature in the making. */
struct making {
	const struct explaining *explaining;
	const struct signature *signature;
	struct shortfall shortfall;
	const struct firing *frame; /* NULL: there is none */
	struct clause *clause;
};

static const char *wanted_text(TALLOC_CTX *mem, const struct signature *signature)
{
	const char *window = explain_window(mem, &signature->within);

	window = *window != '\0' ? mem_printf(mem, "within %s", window) : "";
	if (signature->kind != SIGN_COUNT)
		return window;
	return mem_printf(mem, "at least %u%s%s%s%s", signature->at_least,
		signature->distinct != NULL ? " different " : "",
		signature->distinct != NULL ? signature->distinct : "", *window != '\0' ? " " : "",
		window);
}

/* The first part of the narrowest frame that lies beyond the window; NULL: that cannot be told. */
static const struct part *late_part(const struct making *making, const char **distance)
{
	const struct window *within = &making->signature->within;
	int64_t far;

	for (size_t i = 1; i < making->frame->count; i++) {
		*distance = explain_distance(making->explaining->scratch, within,
			making->frame->parts[0].event, making->frame->parts[i].event, &far);
		if (*distance != NULL && far > within->amount)
			return &making->frame->parts[i];
	}
	return NULL;
}

static const char *too_late(const struct making *making, const struct part *part)
{
	const struct window *within = &making->signature->within;
	TALLOC_CTX *mem = making->explaining->scratch;
	struct window beyond = *within;
	int64_t far = 0;

	explain_distance(mem, within, making->frame->parts[0].event, part->event, &far);
	beyond.amount = far - within->amount;
	return mem_printf(mem, "window %s: %s too late", explain_window(mem, within),
		explain_window(mem, &beyond));
}

static void explain_within(const struct making *making)
{
	const struct signature *signature = making->signature;
	const struct window *within = &signature->within;
	enum shortfall_kind kind = making->shortfall.kind;
	const char *distance;
	const struct part *late;
	struct clause *part;

	if (within->unit != WINDOW_TIME && within->unit != WINDOW_LINES)
		return;
	part = explain_clause(
		making->explaining, "within", explain_window(making->explaining->scratch, within));
	explain_add(making->clause, part);
	if (kind == SHORTFALL_NONE || kind == SHORTFALL_NOT)
		part->state = CLAUSE_HOLDS;
	if (kind != SHORTFALL_WINDOW)
		return;
	part->state = CLAUSE_FAILS;
	late = making->shortfall.measured ? late_part(making, &distance) : NULL;
	if (late == NULL)
		explain_note(part, "how far they are apart cannot be told: some have no times");
	else
		explain_note(part, "the nearest ones are %s apart, %s", distance,
			too_late(making, late));
}

static void explain_uses(const struct making *making)
{
	for (size_t i = 0; i < making->signature->use_count; i++)
		explain_add(making->clause, explain_term(making->explaining, "term",
						    &making->signature->uses[i], making->frame));
}

/* STEPS is how many of the first steps were taken. */
static void judge_step(const struct making *making, struct clause *part, size_t step, size_t steps)
{
	const struct use *use = &making->signature->uses[step];
	bool window = making->shortfall.kind == SHORTFALL_WINDOW && making->shortfall.measured;
	const char *distance;
	const struct part *late = window ? late_part(making, &distance) : NULL;

	if (late != NULL && late->use == use) {
		part->state = CLAUSE_FAILS;
		explain_note(part, "it came %s after step 1, %s", distance, too_late(making, late));
	} else if (part->state == CLAUSE_HOLDS && step >= steps) {
		part->state = step == steps && !window ? CLAUSE_FAILS : CLAUSE_TOLD;
		if (part->state == CLAUSE_FAILS)
			explain_note(part, "it was seen, but not after step %zu", step);
	}
}

static void explain_steps(const struct making *making)
{
	struct scope scope = explain_scope(making->explaining);
	size_t steps = shortfall_steps(making->signature, &scope);

	for (size_t i = 0; i < making->signature->use_count; i++) {
		const char *what = mem_printf(making->explaining->scratch, "step %zu", i + 1);
		struct clause *part = explain_term(
			making->explaining, what, &making->signature->uses[i], making->frame);

		judge_step(making, part, i, steps);
		explain_add(making->clause, part);
	}
}

static void explain_count(const struct making *making)
{
	const struct signature *signature = making->signature;
	const char *window = explain_window(making->explaining->scratch, &signature->within);

	explain_uses(making);
	if (making->shortfall.kind == SHORTFALL_COUNT)
		explain_note(making->clause, "%zu of %u needed%s%s", making->shortfall.have,
			signature->at_least, *window != '\0' ? " within " : "", window);
	if (making->shortfall.kind == SHORTFALL_WINDOW)
		explain_note(making->clause, "there are %u, but not within %s", signature->at_least,
			window);
}

static void explain_any(const struct making *making)
{
	for (size_t i = 0; i < making->signature->any_count; i++)
		explain_add(making->clause,
			explain_signature(making->explaining, making->signature->any[i]));
}

static void explain_waits(const struct making *making)
{
	explain_absent(making->explaining, making->signature, making->clause);
}

static const char *negation_text(TALLOC_CTX *mem, const struct negation *negation)
{
	char slide[WHEN_TEXT], window[WHEN_TEXT];

	return mem_printf(mem, "not (anchor %u, slide %s, window %s%s)", negation->anchor,
		when_format_duration(negation->slide, slide),
		when_format_duration(negation->window, window),
		negation->absolute ? ", absolute" : "");
}

static void tell_forbidden(struct clause *part, const struct forbidden *forbidden)
{
	const struct hit *hit = forbidden->event->hit;
	char from[WHEN_TEXT], to[WHEN_TEXT], at[WHEN_TEXT];

	part->state = CLAUSE_FAILS;
	part->citation_count = 0;
	explain_cite(part, hit->entry, "it forbids", false);
	if (hit->clock == TIME_NONE || hit->clock != forbidden->event->tick)
		explain_note(part, "an entry lies in the forbidden interval");
	else
		explain_note(part, "an entry at %s lies in the forbidden interval [%s .. %s]",
			when_format(hit->clock, at), when_format(forbidden->from, from),
			when_format(forbidden->to, to));
}

static void explain_nots(const struct making *making)
{
	for (size_t i = 0; i < making->signature->not_count; i++) {
		const struct negation *negation = &making->signature->nots[i];
		struct clause *part = explain_seen(making->explaining,
			negation_text(making->explaining->scratch, negation), &negation->use, NULL);

		if (making->shortfall.kind == SHORTFALL_NOT &&
			making->shortfall.forbidden.negation == negation)
			tell_forbidden(part, &making->shortfall.forbidden);
		else if (part->seen == 0 || making->shortfall.kind == SHORTFALL_NONE)
			part->state = CLAUSE_HOLDS;
		explain_add(making->clause, part);
	}
}

struct clause *explain_signature(
	const struct explaining *explaining, const struct signature *signature)
{
	static void (*const explain[])(const struct making *) = {
		[SIGN_MATCH] = explain_uses,
		[SIGN_ALL] = explain_uses,
		[SIGN_SEQ] = explain_steps,
		[SIGN_ANY] = explain_any,
		[SIGN_COUNT] = explain_count,
		[SIGN_ABSENT] = explain_waits,
	};
	struct making making = { .explaining = explaining, .signature = signature };
	struct scope scope = explain_scope(explaining);

	making.clause = explain_clause(explaining, kind_names[signature->kind],
		wanted_text(explaining->scratch, signature));
	shortfall_find(explaining->scratch, signature, &scope, &making.shortfall);
	making.frame = making.shortfall.frame.count > 0 ? &making.shortfall.frame : NULL;
	making.clause->state = CLAUSE_FAILS;
	if (making.shortfall.kind == SHORTFALL_NONE)
		making.clause->state = making.frame->reason == NULL ? CLAUSE_HOLDS : CLAUSE_OPEN;
	explain[signature->kind](&making);
	if (signature->kind != SIGN_ABSENT)
		explain_within(&making);
	explain_nots(&making);
	return making.clause;
}
